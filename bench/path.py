"""The whole path, from `/incident` to the document, in seven steps that the people of a company walk from outside.

A step that does not go as it should raises `Unmet`. Each begins with what the ones before left in Slack, so that the
later ones can be tried when one has failed.
"""

import contextlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TypeVar

import httpx

from bench.company import Company, number_of, press
from slack_sandbox.actors import Actor, Room
from slack_sandbox.control import Refused
from slack_sandbox.seen import Message

REPORT = "Payments are failing"
CARD = "Card payments fail since the 14:00 deploy."
PINNED = "The deploy changed the timeout of the payment gateway."
BUTTONS = ("Create Comms Channel", "Edit", "Close")
LINK = re.compile(r"<(https?://[^|>]+)\|Incident \d+>")

Found = TypeVar("Found")
Step = Callable[[Company], None]


class Unmet(Exception):
    """A step did not go as it should. The message is one sentence: what was expected, and what was seen."""


def form(company: Company) -> None:
    """`/incident` opens the form with the report in it, and an empty report is refused at its field"""
    shown = company.rae.runs("/incident", REPORT, company.general)
    require(len(shown.modals) == 1, "one form", shown.text or shown.failure or "none")
    opened = shown.modals[0]
    require(opened.value("Report") == REPORT, f"the report {REPORT!r} filled in", repr(opened.value("Report")))
    labels = ["Report", "Summary", "Impact", "Lead", "Severity", "Channel"]
    require(opened.labels == labels, f"the fields {labels}", str(opened.labels))
    errors = company.rae.submits({"Report": "   "})
    require(list(errors) == ["Report"], "an error at the field Report", str(errors))


def headline(company: Company) -> None:
    """The headline stands in the incidents channel, and the reporter alone is thanked"""
    known = len(company.headlines())
    if not company.rae.modals():
        company.rae.runs("/incident", REPORT, company.general)
    errors = company.rae.submits({"Report": REPORT, "Lead": company.lee.id, "Severity": "Major"})
    require(not errors, "the form to be taken", str(errors))
    wait(company, lambda: len(company.headlines()) > known, "a headline in #incidents", lambda: "none")
    post = company.headlines()[-1]
    lead, reporter = company.lee.mention, company.rae.mention
    for words in (REPORT, f"Reporter: {reporter}", f"Lead: {lead}", "Status: Live", "Severity: Major"):
        require(words in post.all_text, f"{words!r} on the headline", post.all_text)
    require(LINK.search(post.all_text), "a link to the document on the headline", post.all_text)
    found = [words for words in BUTTONS if any(words in button for button in post.buttons)]
    require(found == list(BUTTONS), f"the buttons {BUTTONS}", str(post.buttons))
    sees(company, company.rae, company.general, "Thank you for reporting")
    others = [message.text for message in company.oz.sees(company.general)]
    require(not others, "nothing in #general for others", str(others))


def channel(company: Company) -> None:
    """Create Comms Channel makes the channel, with people, topic and pinned card, and the headline links to it"""
    post = latest(company)
    name = f"inc-{100 + number_of(post)}"
    press(company.bo, "Create Comms Channel", post)
    room = room_of(company)
    people = {str(person) for person in (company.rae, company.lee, company.bo)}

    def shown() -> dict[str, object]:
        found: dict[str, object] = company.sandbox.show_channel(name)
        return found

    wait(company, lambda: people <= set(company.sandbox.show_channel(name)["members"]), "Rae, Lee and Bo in it", shown)
    wait(company, lambda: REPORT in company.sandbox.show_channel(name)["topic"], "the report in its topic", shown)
    wait(company, lambda: company.sandbox.show_channel(name)["pins"], "a pinned card", shown)
    sees(company, company.bo, company.incidents, f"Comms Channel: <#{room.id}")


def edit(company: Company) -> None:
    """Edit opens the form filled in, and commands are done, marked and answered"""
    room = room_of(company)
    press(company.lee, "Edit", latest(company))
    opened = company.lee.modal()
    filled = [opened.value(label) for label in ("Report", "Lead", "Severity")]
    require(filled == [REPORT, company.lee.id, "Major"], "the form filled in", str(filled))
    errors = company.lee.submits({"Summary": CARD})
    require(not errors, "the form to be taken", str(errors))
    sees(company, company.bo, room, CARD)
    asks(company, company.bo, room, "severity critical", mark="white_check_mark", reply="Severity is now Critical")
    asks(company, company.bo, room, "impact No card payments", mark="white_check_mark", reply="The impact is now")
    asks(company, company.bo, room, "sevrity minor", mark="question", reply="Did you mean `severity`?")
    asks(company, company.bo, room, "help", mark="white_check_mark", reply="`summary`")
    sees(company, company.bo, company.incidents, "Severity: Critical")


def pins(company: Company) -> None:
    """A pinned message stands on the document's timeline with its author, until it is unpinned"""
    room = room_of(company)
    said = company.lee.says(room, PINNED)
    company.bo.pins(said)
    wait(company, lambda: PINNED in document(company), "the pinned message on the document", lambda: "it is not there")
    before = document(company).partition(PINNED)[0][-80:]
    require("lee" in before.lower(), "its author before it", before)
    kept = company.rae.says(room, "Rolling back now.")
    company.bo.pins(kept)
    wait(company, lambda: kept.text in document(company), "a second message there", lambda: "it is not there")
    company.bo.unpins(said)
    wait(company, lambda: PINNED not in document(company), "the message gone once unpinned", lambda: "it is there")
    require(kept.text in document(company), "the other message to stay", "it is gone too")


def close(company: Company) -> None:
    """Close closes once, the headline says Resolved, and the channel is told"""
    post = latest(company)
    press(company.bo, "Close", post)
    with contextlib.suppress(Refused):  # the headline may be quicker, and its button gone
        press(company.lee, "Close", post)
    sees(company, company.rae, company.incidents, "Status: Resolved")
    room = room_of(company)
    sees(company, company.rae, room, "This incident is resolved")
    asks(company, company.bo, room, "close", mark="white_check_mark", reply="was closed already")
    told = [message.text for message in company.rae.sees(room) if "This incident is resolved" in message.text]
    require(len(told) == 1, "the channel to be told once", str(told))
    require(not latest(company).buttons, "no button on the headline any more", str(latest(company).buttons))


def page(company: Company) -> None:
    """The document page shows all of it"""
    shown = document(company)
    names = ("Rae", "Lee", "Bo")
    parts = ("Summary", CARD, "Impact", "No card payments", "Participants", "Timeline", "Duration", "UTC")
    missing = [words for words in (REPORT, "Resolved", "Critical", *names, *parts) if words not in shown]
    require(not missing, "the report, status, severity, people, summary, impact and timeline", f"no {missing}")


STEPS: tuple[Step, ...] = (form, headline, channel, edit, pins, close, page)


def require(holds: object, expected: str, saw: str) -> None:
    """Raise Unmet unless it holds."""
    if not holds:
        raise Unmet(f"expected {expected}, saw {' / '.join(saw.split(chr(10)))}")


def wait(company: Company, look: Callable[[], Found | None], expected: str, saw: Callable[[], object]) -> Found:
    """Wait until there is something true, and return it."""
    try:
        return company.workspace.wait_for(look)
    except TimeoutError:
        raise Unmet(f"expected {expected}, saw {saw()}") from None


def sees(company: Company, who: Actor, room: Room, words: str) -> Message:
    """Wait until somebody sees these words in a channel; return the message."""

    def found() -> Message | None:
        return next((each for each in reversed(who.sees(room)) if words in each.all_text), None)

    return wait(company, found, f"{words!r} in #{room.name}", lambda: [message.text for message in who.sees(room)])


def asks(company: Company, who: Actor, room: Room, command: str, *, mark: str, reply: str) -> None:
    """Mention the bot with a command, and wait for its reaction and its reply."""
    said = who.says(room, f"<@{company.bot}> {command}")

    def marks() -> list[str]:
        return [reaction["name"] for reaction in who.again(said).get("reactions", ())]

    wait(company, lambda: mark in marks(), f"the reaction {mark} to {command!r}", marks)
    sees(company, who, room, reply)


def latest(company: Company) -> Message:
    """The newest headline."""
    found = company.headlines()
    require(found, "a headline in #incidents", "none")
    return found[-1]


def room_of(company: Company) -> Room:
    """The channel of the newest headline's incident, waited for."""
    name = f"inc-{100 + number_of(latest(company))}"
    try:
        return company.workspace.find_channel(name)
    except TimeoutError:
        there = ", ".join(channel["name"] for channel in company.sandbox.channels() if channel["name"])
        raise Unmet(f"expected the channel #{name}, saw {there}") from None


def document(company: Company) -> str:
    """What there is to read on the page that the headline links to."""
    link = LINK.search(latest(company).all_text)
    require(link, "a link to the document on the headline", latest(company).all_text)
    assert link is not None
    answer = company.pages.get(link[1])
    require(answer.status_code == httpx.codes.OK, f"the page {link[1]}", f"HTTP {answer.status_code}")
    reader = Reader()
    reader.feed(answer.text)
    return " ".join(" ".join(reader.words).split())


class Reader(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep what is between the tags."""
        self.words.append(data)
