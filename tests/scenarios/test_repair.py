"""`response repair`: what somebody deleted in Slack comes back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from response.core.models import Incident
from response.slack import client
from response.slack.models import CommsChannel, Delivery
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


def repaired(company: Company, incident: Incident) -> str:
    """Run the command, and wait until the worker has done what it asked for."""
    out = StringIO()
    call_command("repair", str(incident.pk), stdout=out)
    company.settled()
    return out.getvalue()


def methods(company: Company, since: int) -> list[str]:
    """Return what was written to Slack meanwhile."""
    called = [call["method"] for call in company.sandbox.calls(since=since)]
    return sorted(method for method in called if method.rpartition(".")[2] not in client.READS)


def test_nothing_is_missing(company: Company, incident: Incident, channel: Room) -> None:
    since = company.sandbox.seq()
    said = repaired(company, incident)
    assert methods(company, since) == ["chat.update", "chat.update"]  # headline and card, as they are
    assert "members:" not in said
    assert "pin:" not in said
    assert not Delivery.objects.exclude(state="sent").exists()


def test_a_deleted_headline_is_posted_again(company: Company, incident: Incident) -> None:
    post = company.headline()
    client.call("chat.delete", channel=company.incidents.id, ts=post.ts)
    assert "headline:" in repaired(company, incident)
    assert company.headline().ts != post.ts
    repaired(company, incident)
    posts = [message for message in company.bo.sees(company.incidents) if "Incident 1 is" in message.text]
    assert len(posts) == 1


def test_an_incident_without_a_channel_gets_none(company: Company, incident: Incident) -> None:
    assert "nobody has opened one, so none is missing" in repaired(company, incident)
    assert not CommsChannel.objects.exists()


def test_a_deleted_channel_is_made_anew_with_its_people(company: Company, incident: Incident, channel: Room) -> None:
    company.lee.joins(channel)
    company.workspace.wait_for(lambda: incident.participants.filter(user__external_id="ULEE").exists())
    CommsChannel.objects.update(channel_id="C0DELETED")  # as Slack has no call that deletes one
    assert "channel: #inc-101 is made anew" in repaired(company, incident)
    again = company.sandbox.show_channel("inc-101-2")
    assert {"URAE", "ULEE"} <= set(again["members"])
    assert again["topic"]
    assert len(again["pins"]) == 1
    assert again["id"] in company.headline().all_text


def test_an_archived_channel_is_told(company: Company, incident: Incident, channel: Room) -> None:
    company.bo.archives(channel)
    company.settled()
    assert "#inc-101 is archived: somebody has to unarchive it" in repaired(company, incident)
    assert not Delivery.objects.filter(state="refused").exists()


def test_topic_pin_card_and_people_come_back(company: Company, incident: Incident, channel: Room) -> None:
    shown = company.sandbox.show_channel(channel.name)
    client.call("conversations.setTopic", channel=channel.id, topic="lunch")
    card = next(message for message in company.bo.sees(channel) if message.ts == shown["pins"][0])
    company.bo.unpins(card)
    company.rae.leaves(channel)
    company.settled()
    said = repaired(company, incident)
    assert "topic: set" in said
    assert "pin: the card is pinned again" in said
    assert "members: Rae Reporter invited" in said
    after = company.sandbox.show_channel(channel.name)
    assert (after["topic"], after["pins"]) == (shown["topic"], shown["pins"])
    assert "URAE" in after["members"]


def test_a_deleted_card_is_posted_and_pinned(company: Company, incident: Incident, channel: Room) -> None:
    [card] = company.sandbox.show_channel(channel.name)["pins"]
    client.call("chat.delete", channel=channel.id, ts=card)
    assert "pin:" not in repaired(company, incident)
    [again] = company.sandbox.show_channel(channel.name)["pins"]
    assert again != card


def test_the_app_comes_back(company: Company, incident: Incident, channel: Room) -> None:
    client.call("conversations.leave", channel=channel.id)
    assert "channel: the app joins it again" in repaired(company, incident)
    assert company.bot in company.sandbox.show_channel(channel.name)["members"]


def test_an_unknown_number_is_a_sentence(company: Company) -> None:
    with pytest.raises(CommandError, match="There is no incident 7"):
        call_command("repair", "7")


def test_when_slack_cannot_be_looked_at_that_is_told(company: Company, incident: Incident, channel: Room) -> None:
    company.sandbox.fault("error", "conversations.info", times=1)
    with pytest.raises(CommandError, match=r"Slack could not be looked at .*Try again in a minute\."):
        call_command("repair", str(incident.pk), stdout=StringIO())
