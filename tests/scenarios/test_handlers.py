"""What handlers get, and what becomes of what they say."""

from typing import Any

import pytest

from response.core.models import Incident, Person
from response.plugins.contexts import NAMES
from response.plugins.testing import Clock, Company, LoadPlugin, Message, Room, wait_for
from response.slack.models import Delivery

IMPORTS = """
from response.core.errors import UserError
from response.core.models import Incident, Person
from response.plugins import *
"""


def buttons_of(message: Message) -> list[dict[str, Any]]:
    return [element for block in message.blocks for element in block.get("elements", ()) if "action_id" in element]


# -- everything that the reference promises is there

EVERYTHING = (
    IMPORTS
    + """
got = {}

def note(kind, values):
    got[kind] = values

@incident_command(["everything"])
def command(COMMAND):
    note("command", dict(locals()))
    return Message("Here:", [Button("Press", "every-button", str(incident.pk)), Button("Open", "every-opener")])

@keyword_handler(["magic"])
def keyword(KEYWORD):
    note("keyword", dict(locals()))

@event_handler("pin_added")
def event(EVENT):
    note("event", dict(locals()))

@action_handler("every-button")
def action(ACTION):
    note("action", dict(locals()))

@form_opener("every-opener")
def form(FORM):
    note("form", dict(locals()))
    return Form("every-form", "Everything", [TextInput("why", "Why")], state="mine")

def check(CHECK):
    note("check", dict(locals()))
    return {}

@dialog_handler("every-form", check=check)
def dialog(DIALOG):
    note("dialog", dict(locals()))

@headline_post_action(order=110)
def headline(HEADLINE):
    note("headline", dict(locals()))

@recurring_notification(1, 1)
def reminder(REMINDER):
    note("reminder", dict(locals()))

@lifecycle_handler("changed")
def hook(HOOK):
    note("hook", dict(locals()))
"""
)


def naming_everything() -> str:
    source = EVERYTHING
    for kind, names in NAMES.items():
        source = source.replace(f"({kind.upper()})", f"({', '.join(names)})")
    return source


def test_a_handler_gets_everything_that_it_may_name(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin, clock: Clock
) -> None:
    got = plugin(naming_everything()).got
    company.bo.says(channel, "It is magic")
    company.bo.pins(company.bo.says(channel, "Keep this"))
    company.asks(company.bo, channel, "everything and more")
    here = company.bo.waits_for(channel, "Here:")
    company.bo.presses("Press", in_message=here)
    company.bo.presses("Open", in_message=here)
    assert company.bo.submits({"Why": "because"}) == {}
    company.asks(company.bo, channel, "severity minor")
    clock.passes(minutes=2)
    assert {kind: set(values) for kind, values in got.items()} == {kind: set(NAMES[kind]) for kind in got}
    assert set(got) == set(NAMES)
    assert {values["incident"].pk for values in got.values()} == {incident.pk}
    assert {str(values["user"]) for values in got.values() if "user" in values} == {"Bo Watcher"}
    assert got["command"]["message"] == "and more"
    assert (got["keyword"]["keyword"], got["keyword"]["text"]) == ("magic", "It is magic")
    assert (got["dialog"]["submission"], got["dialog"]["state"]) == ({"why": "because"}, "mine")
    assert got["hook"]["changes"] == [{"field": "severity", "old": None, "new": "3"}]


def test_a_slash_command_gives_its_handler_the_same_names(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    got = plugin(naming_everything()).got
    company.bo.runs("/incident", "everything and more", channel)
    company.bo.waits_for(channel, "Here:")
    assert set(got["command"]) == set(NAMES["command"])
    assert (got["command"]["message"], got["command"]["event"], got["command"]["ts"]) == ("and more", {}, "")


# -- where it is said, and to whom


def test_telling_one_person_is_seen_by_no_other(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["whisper"])
def whisper(message: str, chat: Chat) -> str:
    for person in people_in(message):
        chat.tell(person, "A word with you.")
    return "Told."
"""
    )
    company.lee.joins(channel)
    company.bo.runs("/incident", f"whisper {company.lee.mention} {company.oz.mention}", channel)
    assert company.lee.waits_for(channel, "A word with you.").is_ephemeral
    company.oz.waits_for(company.oz.direct_messages(company.bot), "A word with you.")
    company.settled()
    assert not [message for message in company.bo.sees(channel) if "A word with you." in message.text]


def test_somebody_who_is_not_in_slack_is_told_nothing(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["write"])
def write(chat: Chat) -> None:
    chat.tell(Person.objects.known_as("7", app_id="web", name="An account"), "Hello.")
"""
    )
    company.asks(company.bo, channel, "write")
    company.settled()
    assert not Delivery.objects.filter(payload__text="Hello.").exists()


def test_a_handler_speaks_in_threads_under_the_headline_and_elsewhere(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["spread"])
def spread(incident: Incident, chat: Chat, ts: str) -> None:
    chat.post(incident, "In the thread.", thread_ts=ts)
    chat.post_under_headline(incident, "Under the headline.")
    chat.announce(incident, "#general", f"Look at <{document_url(incident)}|incident {incident.number}>.")
"""
    )
    asked = company.asks(company.bo, channel, "spread")
    assert company.bo.waits_for(channel, "In the thread.")["thread_ts"] == asked.ts
    headline = company.headline()
    assert company.bo.waits_for(company.incidents, "Under the headline.")["thread_ts"] == headline.ts
    company.oz.waits_for(company.general, f"/incident/{incident.pk}/|incident 1>.")


def test_an_announcement_whose_answer_is_lost_is_made_once(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["spread"])
def spread(incident: Incident, chat: Chat) -> None:
    chat.announce(incident, "#general", "Look at this.")
"""
    )
    company.settled()
    company.sandbox.fault("lost", "chat.postMessage", times=1)
    company.bo.says(channel, f"<@{company.bot}> spread")
    company.oz.waits_for(company.general, "Look at this.")
    wait_for(lambda: Delivery.objects.filter(kind="announce", state="sent").exists(), timeout=20)
    assert len([m for m in company.oz.sees(company.general) if m.text == "Look at this."]) == 1


def test_a_keyword_in_a_thread_is_answered_there(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    plugin(
        IMPORTS
        + """
@keyword_handler(["runbook"])
def point(text: str) -> str:
    return "It is on the wiki."
"""
    )
    first = company.bo.says(channel, "What now?")
    company.bo.says(channel, "Is there a runbook?", thread=first)
    assert company.bo.waits_for(channel, "It is on the wiki.")["thread_ts"] == first.ts


def test_a_keyword_handler_may_look_its_words_up(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    phrases = plugin(
        IMPORTS
        + """
phrases = []

def known() -> list[str]:
    return phrases

@keyword_handler(lookup=known)
def point(keyword: str) -> str:
    return f"About {keyword}, see the wiki."
"""
    ).phrases
    company.bo.says(channel, "The card gateway is slow")
    company.settled()
    phrases.append("card gateway")
    company.bo.says(channel, "Again the Card  Gateway!")
    company.bo.waits_for(channel, "About card gateway, see the wiki.")
    company.settled()
    assert len([m for m in company.bo.sees(channel) if "see the wiki" in m.text]) == 1


def test_what_is_private_is_told_to_who_caused_it(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    plugin(
        IMPORTS
        + """
@keyword_handler(["password"])
def warn(text: str) -> Message:
    return Message("Is that a password? Change it.", is_private=True)

@lifecycle_handler("closed")
def remind(incident: Incident) -> Message:
    return Message("Write the report, please.", is_private=True)
"""
    )
    company.lee.joins(channel)
    company.bo.says(channel, "The password is 1234")
    assert company.bo.waits_for(channel, "Is that a password?").is_ephemeral
    company.asks(company.bo, channel, "close")
    company.bo.waits_for(company.bo.direct_messages(company.bot), "Write the report, please.")
    company.settled()
    assert not [m for m in company.lee.sees(channel) if "password?" in m.text or "report, please" in m.text]


def test_a_private_reminder_is_said_to_nobody_and_logged(
    company: Company, channel: Room, plugin: LoadPlugin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@recurring_notification(1, 3)
def whisper(incident: Incident) -> Message:
    return Message("Between us", is_private=True)
"""
    )
    clock.passes(minutes=2)
    assert "there is nobody to tell it in private" in caplog.text
    assert not [m for m in company.bo.sees(channel) if "Between us" in m.text]


def test_a_result_that_says_nothing_is_noted_in_the_log(
    company: Company, channel: Room, plugin: LoadPlugin, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@keyword_handler(["runbook"])
def point(text: str) -> dict:
    return {"text": "It is on the wiki."}
"""
    )
    company.bo.says(channel, "Where is the runbook?")
    wait_for(lambda: "handler_result_ignored" in caplog.text)
    assert "point type=dict" in caplog.text


# -- buttons and forms


def test_a_button_that_depends_on_a_plugin_follows_when_the_headline_is_refreshed(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    plugin(
        IMPORTS
        + """
wanted = []

@headline_post_action(order=110)
def offer(incident: Incident) -> Button | None:
    return Button("Page", "page-button") if wanted else None

@incident_command(["want"])
def want(incident: Incident, chat: Chat) -> None:
    wanted.append(True)
    chat.refresh_headline(incident)
"""
    )
    company.asks(company.bo, channel, "want")
    company.bo.waits_for(company.incidents, lambda message: "Page" in message.buttons)


def test_a_button_with_an_address_opens_it_and_asks_nothing_of_anybody(
    company: Company, channel: Room, plugin: LoadPlugin, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["call"])
def call() -> Message:
    return Message("Join:", [Button("Meet", url="https://meet.example.org/1"), Button("Phone", url="https://phone.example.org")])
"""
    )
    company.asks(company.bo, channel, "call")
    joining = company.bo.waits_for(channel, "Join:")
    assert [button["url"] for button in buttons_of(joining)] == [
        "https://meet.example.org/1",
        "https://phone.example.org",
    ]
    assert company.bo.presses("Meet", in_message=joining) is None
    company.settled()
    assert "action_unknown" not in caplog.text


FORM = (
    IMPORTS
    + """
@headline_post_action(order=110)
def offer(incident: Incident) -> Button:
    return Button("Page", "page-button", "the network team")

@form_opener("page-button")
def page_form(incident: Incident, value: str) -> Form:
    fields = [PersonInput("who", "Who"), TextInput("why", "Why")]
    return Form("page-form", f"Page {incident.number}", fields, state=value)

def check(submission: dict, incident: Incident, user: Person) -> dict:
    if submission["who"] == user:
        return {"who": f"You know of incident {incident.number} already."}
    if submission["why"] == "?":
        raise UserError("Say why.")
    if submission["why"] == "!":
        return {"reason": "There is no such input."}
    return {}

@dialog_handler("page-form", check=check)
def page(incident: Incident, submission: dict, state: str) -> str:
    return f"Paged {submission['who']} of {state} for incident {incident.number}: {submission['why']}"
"""
)


@pytest.fixture
def page_form(company: Company, incident: Incident, plugin: LoadPlugin) -> None:
    """A form of a plugin's, opened by Bo from the headline."""
    plugin(FORM)
    Person.objects.known_as(company.lee.id).learn(full_name="Lee Leader")
    Incident.objects.filter(pk=incident.pk).update(severity="2")
    company.bo.waits_for(company.incidents, lambda message: "Page" in message.buttons)
    company.bo.presses("Page", in_message=company.headline())


@pytest.mark.usefixtures("page_form")
def test_a_form_knows_its_incident_and_keeps_the_plugins_state(company: Company) -> None:
    assert company.bo.modal().title == "Page 1"
    assert company.bo.submits({"Who": company.lee.id, "Why": "Cards are down"}) == {}
    company.bo.waits_for(company.incidents, "Paged Lee Leader of the network team for incident 1: Cards are down")


@pytest.mark.usefixtures("page_form")
def test_a_check_names_what_it_needs_and_says_what_is_wrong_at_its_input(company: Company) -> None:
    assert company.bo.submits({"Who": company.bo.id, "Why": "x"}) == {"Who": "You know of incident 1 already."}
    assert company.bo.submits({"Who": company.lee.id, "Why": "?"}) == {"Who": "Say why."}


@pytest.mark.usefixtures("page_form")
def test_a_check_of_an_input_that_is_not_asked_for_is_a_mistake_with_a_reference(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    errors = company.bo.submits({"Who": company.lee.id, "Why": "!"})
    assert "Something went wrong on our side" in errors["Who"]
    assert "check() says what is wrong with ['reason']; the form asks for ['who', 'why']" in caplog.text


def test_a_button_on_the_headline_knows_its_incident_whatever_its_value(
    company: Company, incident: Incident, plugin: LoadPlugin
) -> None:
    plugin(
        IMPORTS
        + """
@headline_post_action(order=110)
def offer(incident: Incident) -> Button:
    return Button("Page", "page-now", "2")

@action_handler("page-now")
def page(incident: Incident, value: str) -> str:
    return f"Incident {incident.number}, team {value}."
"""
    )
    other = company.declare("Something else")
    Incident.objects.filter(pk=other.pk).update(severity="2")
    company.bo.waits_for(company.incidents, lambda m: "Incident 2 is" in m.text and "Page" in m.buttons)
    Incident.objects.filter(pk=incident.pk).update(severity="2")
    headline = company.bo.waits_for(company.incidents, lambda m: "Incident 1 is" in m.text and "Page" in m.buttons)
    company.bo.presses("Page", in_message=headline)
    company.bo.waits_for(company.incidents, "Incident 1, team 2.")
