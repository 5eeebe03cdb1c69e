"""The incident's own channel."""

from response.core.models import Incident
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


def test_the_channel_has_people_topic_card_and_a_link_on_the_headline(
    company: Company, incident: Incident, channel: Room
) -> None:
    shown = company.sandbox.show_channel(channel.name)
    assert {"URAE", "UBO", company.bot} <= set(shown["members"])
    assert "UOZ" not in shown["members"]
    assert "Payments are failing" in shown["topic"]
    assert f"{company.url}/incident/{incident.pk}/" in shown["topic"]
    (pinned,) = shown["pins"]
    card = next(message for message in company.bo.sees(channel) if message.ts == pinned)
    assert "Payments are failing" in card.all_text
    headline = company.headline()
    assert channel.id in headline.all_text
    assert not any("Create Comms Channel" in button for button in headline.buttons)


def test_it_takes_at_most_six_calls_until_the_channel_is_usable(company: Company, incident: Incident) -> None:
    since = company.sandbox.seq()
    company.open_channel(incident)
    methods = [
        call["method"]
        for call in company.sandbox.calls(since=since)
        if call["method"] not in ("users.info", "response_url")
    ]
    assert sorted(methods) == sorted(
        [
            "conversations.create",
            "conversations.invite",
            "conversations.setTopic",
            "chat.postMessage",
            "pins.add",
            "chat.update",
        ]
    )


def test_pressing_twice_makes_one_channel(company: Company, incident: Incident) -> None:
    headline = company.headline()
    for person in (company.bo, company.lee, company.bo):
        person.presses("create-comms-channel-button", in_message=headline)
    company.settled()
    assert [c["name"] for c in company.sandbox.channels() if c["name"].startswith("inc-")] == ["inc-101"]
    assert company.lee.waits_for(company.incidents, "already has its channel").is_ephemeral


def test_a_name_that_is_taken_gets_a_number(company: Company, incident: Incident) -> None:
    taken = company.oz.makes_channel("inc-101")
    company.oz.archives(taken)
    company.bo.presses("create-comms-channel-button", in_message=company.headline())
    assert company.workspace.find_channel("inc-101-2")


def test_a_new_lead_is_invited(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "lead <@ULEE>")
    company.workspace.wait_for(lambda: "ULEE" in company.sandbox.show_channel(channel.name)["members"])


def test_the_topic_and_the_card_follow_the_record(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "severity critical")
    company.asks(company.bo, channel, "summary The <https://example.org|queue> is full")
    company.workspace.wait_for(lambda: "Critical" in company.sandbox.show_channel(channel.name)["topic"])
    company.bo.waits_for(channel, lambda m: m.ts in pins(company, channel) and "queue" in m.all_text)


def pins(company: Company, channel: Room) -> list[str]:
    found: list[str] = company.sandbox.show_channel(channel.name)["pins"]
    return found
