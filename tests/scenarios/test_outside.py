"""Guests, partners of another workspace, and people who have left: answered kindly and alone, and nothing is done."""

import pytest

from response.core.models import Incident, Person
from response.plugins.testing import LoadPlugin
from response.slack.admission import KINDLY, NOT_KNOWN
from slack_sandbox.testing import Actor, Room
from tests.scenarios.conftest import Company, reactions

OUTSIDERS = {
    "a guest": {"is_restricted": True},
    "a guest of one channel": {"is_ultra_restricted": True},
    "a partner": {"is_restricted": False, "team_id": "T0PARTNER1"},
    "a stranger": {"is_restricted": False, "team_id": "T0PARTNER1", "is_stranger": True},
    "somebody who left": {"is_restricted": False, "deleted": True},
}


@pytest.fixture(params=OUTSIDERS)
def outsider(company: Company, request: pytest.FixtureRequest) -> Actor:
    """Oz, in each way that somebody can be outside."""
    company.sandbox.person("oz", **OUTSIDERS[request.param])
    return company.oz


def record(incident: Incident) -> list[object]:
    """All that is known of an incident."""
    incident.refresh_from_db()
    return [incident.__dict__["summary"], incident.end_time, incident.lead_id, *incident.events.values_list("text")]


def test_nothing_can_be_reported_from_outside(company: Company, outsider: Actor) -> None:
    shown = outsider.runs("/incident", "Payments are failing", company.general)
    assert (shown.text, shown.modals) == (KINDLY, [])
    company.settled()
    assert not Incident.objects.exists()


def test_a_mention_from_outside_is_answered_alone(
    company: Company, incident: Incident, channel: Room, outsider: Actor
) -> None:
    company.bo.invites(outsider, channel)
    company.settled()
    before = record(incident)
    said = company.asks(outsider, channel, "summary It was me")
    assert reactions(said) == ["question"]
    answer = outsider.waits_for(channel, KINDLY)
    assert (answer.is_ephemeral, answer.text) == (True, KINDLY)
    assert record(incident) == before


@pytest.mark.parametrize("command", ["", "help", "summary", "severity critical", "close", "nonsense"])
def test_slash_commands_from_outside_say_the_same_everywhere(
    company: Company, incident: Incident, channel: Room, command: str
) -> None:
    company.bo.invites(company.oz, channel)
    company.settled()
    before = record(incident)
    shown = [company.oz.runs("/incident", command, room).text for room in (channel, company.general)]
    assert shown == [KINDLY, KINDLY]
    company.settled()
    assert record(incident) == before


@pytest.mark.parametrize("button", ["close-incident-button", "edit-incident-button", "create-comms-channel-button"])
def test_buttons_from_outside_do_nothing(company: Company, incident: Incident, outsider: Actor, button: str) -> None:
    company.bo.invites(outsider, company.incidents)
    company.settled()
    before = record(incident)
    outsider.presses(button, in_message=company.headline())
    assert outsider.waits_for(company.incidents, KINDLY).is_ephemeral
    company.settled()
    assert outsider.modals() == []
    assert record(incident) == before
    assert not hasattr(incident, "commschannel")


def test_a_form_of_somebody_who_became_a_guest_meanwhile_is_not_taken(company: Company, incident: Incident) -> None:
    company.lee.presses("edit-incident-button", in_message=company.headline())
    assert company.lee.modals()
    company.sandbox.person("lee", is_restricted=True)
    company.workspace.wait_for(lambda: Person.objects.filter(external_id=company.lee.id, is_outside=True).exists())
    assert company.lee.submits({"Summary": "It was me"}) == {"Report": KINDLY}
    company.settled()
    incident.refresh_from_db()
    assert incident.summary is None


def test_what_a_guest_says_and_pins_moves_nothing(
    company: Company, incident: Incident, channel: Room, plugin: LoadPlugin
) -> None:
    plugin(
        """
        from response.plugins import keyword_handler

        @keyword_handler(["deploy"])
        def remind(): return "Deploys are frozen."
        """
    )
    company.bo.invites(company.oz, channel)
    said = company.oz.says(channel, "Was it the deploy?")
    company.oz.pins(said)
    company.oz.reacts(company.bo.says(channel, "One moment"), "pushpin")
    company.sandbox.settle()
    company.settled()
    assert [m.text for m in company.bo.sees(channel) if "frozen" in m.text] == []
    assert not incident.events.filter(event_type="slack_pin").exists()
    company.bo.reacts(said, "pushpin")
    company.workspace.wait_for(lambda: incident.events.filter(event_type="slack_pin").exists())


def test_somebody_who_stops_being_a_guest_is_welcome_at_once(company: Company) -> None:
    assert company.oz.runs("/incident", "x", company.general).text == KINDLY
    company.sandbox.person("oz", is_restricted=False)
    company.workspace.wait_for(lambda: Person.objects.filter(external_id=company.oz.id, is_outside=False).exists())
    assert company.oz.runs("/incident", "x", company.general).modals


def test_while_slack_does_not_say_who_somebody_is_a_report_waits(company: Company) -> None:
    company.sandbox.fault("error", "users.info", status=500)
    company.rae.runs("/incident", "Payments are failing", company.general)
    assert company.rae.submits({}) == {}
    company.oz.runs("/incident", "Payments are failing too", company.general)
    assert company.oz.submits({}) == {}
    company.workspace.wait_for(lambda: len(company.sandbox.calls("users.info")) > 4)
    assert not Incident.objects.exists()
    company.sandbox.clear_faults()
    company.workspace.wait_for(lambda: Incident.objects.filter(reporter__external_id=company.rae.id).exists())
    assert company.oz.waits_for(company.general, KINDLY).is_ephemeral
    assert Incident.objects.count() == 1


def test_while_slack_does_not_say_who_somebody_is_nothing_is_shown(
    company: Company, incident: Incident, channel: Room
) -> None:
    company.bo.invites(company.lee, channel)
    company.settled()
    Person.objects.filter(external_id=company.lee.id).update(is_outside=None)
    company.sandbox.fault("error", "users.info", status=500)
    assert company.lee.runs("/incident", "", channel).text == NOT_KNOWN
    company.sandbox.clear_faults()
    assert "*Incident 1*" in company.lee.runs("/incident", "", channel).messages[-1].all_text
