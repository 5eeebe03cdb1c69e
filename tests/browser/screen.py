"""The sandbox's client as a person sees it and uses it: by the words on it, by its roles, never by its insides."""

import re

from playwright.sync_api import Locator, Page, expect

from slack_sandbox.testing import Actor, Room
from tests.browser.chat import Chat
from tests.company import Company


class Screen:
    """A window in which one person has the chat open."""

    def __init__(self, page: Page, company: Company | Chat, who: Actor) -> None:
        self.page = page
        self.company = company
        self.who = who

    # -- where one is

    @property
    def is_narrow(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] < 600

    def enters(self, channel: Room) -> None:
        """Open the address of a channel."""
        self.page.goto(f"{self.company.sandbox.url}/#/as/{self.who.id}/{channel.id}")
        self.is_in(channel.name)

    def goes_to(self, channel: str) -> None:
        """Choose a channel from the list; on a phone that list is behind a button."""
        if self.is_narrow:
            self.press("Show channels")
        self.touch(self.in_list(channel))
        self.is_in(channel)

    def in_list(self, channel: str) -> Locator:
        """A channel in the list of channels."""
        channels = self.page.get_by_role("navigation", name="Channels and people")
        return channels.get_by_role("link", name=re.compile(rf"^{channel}\b"))

    def is_in(self, channel: str) -> None:
        """Wait until a channel is shown."""
        expect(self.page.get_by_role("heading", level=1, name=channel, exact=True)).to_be_visible()

    # -- the conversation

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message #"))

    def writes(self, text: str) -> None:
        """Type a message or a command, and send it."""
        self.composer.click()
        self.composer.press_sequentially(text)
        if self.page.get_by_role("listbox", name="Suggestions").is_visible():
            self.page.keyboard.press("Escape")
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def mentions(self, command: str) -> None:
        """Mention the bot, chosen from the suggestions, and say the rest."""
        self.composer.click()
        self.composer.press_sequentially("@inciden")
        suggestions = self.page.get_by_role("listbox", name="Suggestions")
        self.touch(suggestions.get_by_role("option").first)
        self.composer.press_sequentially(command)
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def message(self, *words: str) -> Locator:
        """The newest message with all these words in it."""
        found = self.page.get_by_role("log").get_by_role("article")
        for each in words:
            found = found.filter(has_text=each)
        return found.last

    def sees(self, *words: str) -> Locator:
        """Wait for a message with these words."""
        message = self.message(*words)
        expect(message).to_be_visible()
        return message

    def sees_reaction(self, name: str, *words: str) -> None:
        """Wait for a reaction on a message."""
        reaction = self.message(*words).get_by_role("button", name=re.compile(rf"^:{name}: \d"))
        expect(reaction).to_be_visible()

    def pointed(self, message: Locator) -> Locator:
        """A message with what can be done about it beside it."""
        if self.is_narrow:
            message.tap(position={"x": 300, "y": 10})
        else:
            message.hover()
        return message

    def chooses(self, item: str, message: Locator) -> None:
        """Choose something from what can be done with a message."""
        self.press("More actions", self.pointed(message))
        self.touch(self.page.get_by_role("menuitem", name=item))

    def press(self, words: str, within: Locator | None = None) -> None:
        """Press a button."""
        self.touch((within or self.page).get_by_role("button", name=words))

    def touch(self, target: Locator) -> None:
        """Click with the mouse, or tap where there is none."""
        if self.is_narrow:
            target.tap()
        else:
            target.click()

    # -- forms

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    def field(self, label: str) -> Locator:
        """The text box with this label."""
        return self.form.get_by_role("textbox", name=label)

    def picks(self, label: str, option: str) -> None:
        """Choose from a list of the form."""
        self.touch(self.form.get_by_role("combobox", name=label))
        self.touch(self.page.get_by_role("option", name=re.compile(rf"^{option}")))

    def submits(self, button: str) -> None:
        """Send the form, and wait until it is gone."""
        self.press(button, self.form)
        expect(self.form).to_be_hidden()

    # -- Response's pages

    def opens_document(self, headline: Locator) -> Page:
        """Follow the link on a headline; it opens in a window of its own."""
        with self.page.expect_popup() as opened:
            self.touch(headline.get_by_role("link", name=re.compile(r"^Incident \d+")))
        expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
        return opened.value
