"""What plugins can do, and what becomes of one that fails."""

import re

import pytest
from django.test import override_settings

from response.core.models import Incident
from response.plugins.testing import Clock, Company, LoadPlugin, Message, Room, reactions, wait_for
from response.slack.models import Delivery, Handling

IMPORTS = """
import time
from datetime import timedelta

from response.core import actions
from response.core.errors import PermanentError, TemporaryError, UserError
from response.core.models import Incident, Person
from response.plugins import *
from response.slack.models import CommsChannel
"""


def said(company: Company, channel: Room, words: str) -> list[Message]:
    return [message for message in company.bo.sees(channel) if message.get("bot_id") and words in message.all_text]


def reference_in(text: str) -> str:
    """Return the reference number that a person was told."""
    match = re.search(r"`([0-9a-f]{8})`", text)
    assert match, text
    return match[1]


# -- failures


def test_a_handler_that_raises_leaves_no_half_change(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["halfway"])
def halfway(incident: Incident, user: Person, comms_channel: CommsChannel) -> str:
    actions.edit(incident, by=user, summary="half")
    comms_channel.post_in_channel("half said")
    raise ValueError("and then this")
"""
    )
    entries = incident.events.count()
    assert reactions(company.asks(company.bo, channel, "halfway")) == ["question"]
    told = company.bo.waits_for(channel, "Something went wrong on our side, and nothing was changed.")
    assert told.is_ephemeral
    company.settled()
    incident.refresh_from_db()
    assert (incident.summary, incident.events.count()) == (None, entries)
    assert said(company, channel, "half said") == []
    reference = reference_in(told.text)
    assert f"reference={reference}" in caplog.text
    assert "ValueError: and then this" in caplog.text
    assert Handling.objects.get(reference=reference).done_at


def test_one_failing_handler_does_not_stop_another(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    plugin(
        IMPORTS
        + """
@keyword_handler(["deploy"])
def fails(text: str) -> str:
    raise RuntimeError("no")

@keyword_handler(["deploy"])
def works(text: str) -> str:
    return "The deploy log is on the wiki."

@event_handler("message")
def fails_too(event: dict) -> None:
    raise RuntimeError("no")
"""
    )
    company.bo.says(channel, "Was it the deploy?")
    company.bo.waits_for(channel, "The deploy log is on the wiki.")
    company.settled()
    assert Handling.objects.filter(error__contains="see the log").count() == 2
    assert reactions(company.asks(company.bo, channel, "severity minor")) == ["white_check_mark"]


@pytest.mark.parametrize(
    "forever", ["while True: pass", "while True:\n        try: 1 / 0\n        except Exception: pass"]
)
def test_a_handler_that_never_ends_is_stopped_and_reported(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin, forever: str
) -> None:
    plugin(
        IMPORTS
        + f"""
@incident_command(["forever"])
def forever(incident: Incident, user: Person) -> None:
    actions.edit(incident, by=user, summary="never")
    {forever}
"""
    )
    with override_settings(HANDLER_TIMEOUT=0.5):
        company.asks(company.bo, channel, "forever")
    told = company.bo.waits_for(channel, "It took longer than 0.5 s and was stopped, and nothing was changed.")
    assert reference_in(told.text)
    company.settled()
    incident.refresh_from_db()
    assert incident.summary is None


def test_a_handler_that_sleeps_too_long_can_store_nothing_when_it_wakes(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    woken = plugin(
        IMPORTS
        + """
woken = []

@incident_command(["sleep"])
def sleep(incident: Incident, user: Person) -> None:
    actions.edit(incident, by=user, summary="asleep")
    try:
        time.sleep(1.5)
    finally:
        woken.append(True)
"""
    ).woken
    with override_settings(HANDLER_TIMEOUT=0.3):
        company.asks(company.bo, channel, "sleep")
    company.bo.waits_for(channel, "It took longer than 0.3 s")
    assert reactions(company.asks(company.bo, channel, "severity minor")) == ["white_check_mark"]
    wait_for(lambda: woken)
    company.settled()
    incident.refresh_from_db()
    assert (incident.summary, incident.severity) == (None, "3")


def test_a_temporary_error_is_tried_again_until_it_works(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    tries = plugin(
        IMPORTS
        + """
tries = []

@incident_command(["stubborn"])
def stubborn(incident: Incident, user: Person) -> str:
    tries.append(1)
    actions.add_to_timeline(incident, f"try {len(tries)}", by=user)
    if len(tries) < 3:
        raise TemporaryError("not yet", retry_after=0.1)
    return "Done at last."
"""
    ).tries
    company.asks(company.bo, channel, "stubborn")
    company.bo.waits_for(channel, "Done at last.")
    assert len(tries) == 3
    assert [entry.text for entry in incident.timeline_events()][1:] == ["try 3"]


def test_a_user_error_is_told_to_the_person(company: Company, channel: Room, plugin: LoadPlugin) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["page"])
def page(message: str) -> str:
    if not message:
        raise UserError("Whom? Say `@incident page <team>`.")
    return f"Paged {message}."
"""
    )
    assert reactions(company.asks(company.bo, channel, "page")) == ["question"]
    assert company.bo.waits_for(channel, "Whom? Say").is_ephemeral
    company.asks(company.bo, channel, "page network")
    company.bo.waits_for(channel, "Paged network.")


def test_a_failing_reminder_is_logged_and_stops_no_other(
    company: Company, channel: Room, plugin: LoadPlugin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@recurring_notification(1, 3)
def fails(incident: Incident) -> str:
    raise RuntimeError("no reminder today")

@recurring_notification(1, 3)
def hangs(incident: Incident) -> str:
    while True: pass

@recurring_notification(1, 3)
def works(incident: Incident) -> str:
    return "Look at the graphs."
"""
    )
    with override_settings(HANDLER_TIMEOUT=0.5):
        clock.passes(minutes=1.5)
        clock.passes(minutes=1.5)
    assert len(said(company, channel, "Look at the graphs.")) == 2
    assert "RuntimeError: no reminder today" in caplog.text
    assert re.search(r"handler_failed handler=response_plugins\.\w+\.hangs incident=1 reference=\w{8}", caplog.text)


def test_a_failing_lifecycle_handler_is_told_to_who_caused_it(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@lifecycle_handler("closed")
def fails(incident: Incident) -> None:
    raise RuntimeError("no")

@lifecycle_handler("closed")
def works(incident: Incident) -> str:
    return "Please write down five whys."
"""
    )
    company.asks(company.bo, channel, "close")
    company.bo.waits_for(channel, "Please write down five whys.")
    told = company.bo.waits_for(company.bo.direct_messages(company.bot), "A plugin that follows incident 1")
    assert reference_in(told.text) in caplog.text
    incident.refresh_from_db()
    assert incident.is_closed()


def test_a_failing_headline_button_is_left_out(company: Company, plugin: LoadPlugin) -> None:
    plugin(
        IMPORTS
        + """
@headline_post_action(order=110)
def fails(incident: Incident) -> Button:
    raise RuntimeError("no button")

@headline_post_action(order=120)
def hangs(incident: Incident) -> Button:
    while True: pass

@headline_post_action(order=130)
def works(incident: Incident) -> Button:
    return Button("Page somebody", "page-button", str(incident.pk))
"""
    )
    with override_settings(HANDLER_TIMEOUT=0.5):
        company.declare()
        company.settled()
    texts = [element["text"]["text"] for block in company.headline().blocks for element in block.get("elements", [])]
    assert "Page somebody" in texts
    assert len(texts) == 4


def test_a_form_that_cannot_be_made_is_told_with_a_reference(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@headline_post_action(order=110)
def offer(incident: Incident) -> Button:
    return Button("Page somebody", "page-button", str(incident.pk))

@form_opener("page-button")
def page_form(incident: Incident) -> Form:
    raise RuntimeError("no form")
"""
    )
    company.asks(company.bo, channel, "severity minor")
    company.settled()
    company.bo.presses("Page somebody", in_message=company.headline())
    told = company.bo.waits_for(company.incidents, "Something went wrong on our side")
    assert told.is_ephemeral
    assert reference_in(told.text) in caplog.text


def test_a_check_that_fails_keeps_the_form_open(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin, caplog: pytest.LogCaptureFixture
) -> None:
    plugin(
        IMPORTS
        + """
@incident_command(["form"])
def offer(incident: Incident) -> Message:
    return Message("Here:", [Button("Open it", "open-button", str(incident.pk))])

@form_opener("open-button")
def form(incident: Incident) -> Form:
    return Form("the-form", "A form", [TextInput("team", "Team")], state=str(incident.pk))

def check(submission: dict) -> dict:
    raise RuntimeError("no check")

@dialog_handler("the-form", check=check)
def take(submission: dict) -> str:
    return "Taken."
"""
    )
    company.asks(company.bo, channel, "form")
    company.bo.presses("Open it", in_message=company.bo.waits_for(channel, "Here:"))
    errors = company.bo.submits({"Team": "network"})
    assert reference_in(errors["Team"]) in caplog.text
    assert not Delivery.objects.filter(kind="tell", payload__text="Taken.").exists()
