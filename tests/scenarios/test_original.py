"""What the original did, and what its users found wrong with it, where no other test holds it.

docs/reference/original.md goes through all of it.
"""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from slack_sdk import WebClient

from response import plugins
from response.core.models import Incident, Person
from response.plugins.arguments import TAKES
from response.plugins.testing import Clock, Company, LoadPlugin, Message, Room, reactions, wait_for
from response.slack import reminding
from response.slack.kinds.base import channels_named
from tests import signed
from tests.unit.test_cli import response


def said(company: Company, channel: Room, words: str) -> list[Message]:
    return [message for message in company.bo.sees(channel) if message.get("bot_id") and words in message.all_text]


def sends(company: Company, path: str, body: bytes, kind: str = "application/json") -> int:
    """Send something as Slack would; returns the status of the answer."""
    headers = signed.headers(body) | {"Content-Type": kind}
    return httpx.post(f"{company.url}{path}", content=body, headers=headers).status_code


# -- the headline


def sent_headline(company: Company) -> list[dict[str, Any]]:
    """Return the blocks of the headline as they were sent last: Slack writes emoji in its own way."""
    company.settled()
    sent = [call for call in company.sandbox.calls() if call["method"] in {"chat.postMessage", "chat.update"}]
    here = [call["args"] for call in sent if call["args"].get("channel") in {"#incidents", company.incidents.id}]
    blocks: list[dict[str, Any]] = here[-1]["blocks"]
    return blocks


def test_the_headline_has_the_originals_blocks_in_their_order(
    company: Company, incident: Incident, channel: Room
) -> None:
    Incident.objects.filter(pk=incident.pk).update(severity="4")
    blocks = [block for block in sent_headline(company) if block["type"] != "divider"]
    assert [block["type"] for block in sent_headline(company)].index("divider") == 3
    assert [block.get("block_id") for block in blocks] == [
        *("report", "reporter", "lead", "status", "severity", "incident_doc", "comms_channel", None, "actions")
    ]
    assert [block["text"]["text"] for block in blocks[:-1]] == [
        "*Payments are failing*",
        f"🙋🏻‍♂️ Reporter: {company.rae.mention}",
        "👩‍🚒 Incident Lead: -",
        ":fire: Status: Live",
        "🌤️ Severity: Trivial",
        f"📄 Document: <{company.url}/incident/1/|Incident 1>",
        f"🗣 Comms Channel: <#{channel.id}>",
        "Need something else?",
    ]
    assert [(button["action_id"], button["value"]) for button in blocks[-1]["elements"]] == [
        ("edit-incident-button", "1"),
        ("close-incident-button", "1"),
    ]
    company.asks(company.bo, channel, "close")
    company.bo.waits_for(company.incidents, "Status: Resolved")
    closed = sent_headline(company)
    assert closed[4]["text"]["text"] == ":droplet: Status: Resolved"
    assert [block.get("block_id") for block in closed[-2:]] == ["incident_doc", "comms_channel"]


@pytest.mark.parametrize(("severity", "sign"), [(None, "☁️"), ("1", "⛈️"), ("2", "🌧️"), ("3", "🌦️"), ("4", "🌤️")])
def test_a_severity_has_the_originals_sign(db: None, severity: str | None, sign: str) -> None:
    assert Incident(severity=severity).severity_emoji() == sign


def test_a_change_by_any_way_updates_the_headline(company: Company, incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(severity="1")
    company.bo.waits_for(company.incidents, "Severity: Critical")


# -- commands


def test_commands_work_on_a_closed_incident_too(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "close")
    assert reactions(company.asks(company.bo, channel, "summary It was the deploy")) == ["white_check_mark"]
    incident.refresh_from_db()
    assert (incident.summary, incident.is_closed()) == ("It was the deploy", True)


def test_duration_says_how_long(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "duration")
    company.bo.waits_for(channel, "The incident has been running for")
    company.asks(company.bo, channel, "close")
    company.asks(company.bo, channel, "duration")
    company.bo.waits_for(channel, "The incident lasted")


def test_help_is_grouped_with_an_example_for_each(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "help")
    help_text = company.bo.waits_for(channel, "`severity, sev`").text
    for group in ("About", "Life", "People", "Record"):
        assert f"*{group}*" in help_text
    assert help_text.count("_e.g._ `@incident ") == help_text.count("• ")


@pytest.mark.parametrize("who", ["<@ULEE>", "<@ULEE|lee>", "please <@ULEE>, take it", "@lee", "Lee Leader", "leader"])
def test_a_lead_is_understood_as_people_say_it(company: Company, incident: Incident, channel: Room, who: str) -> None:
    company.asks(company.bo, channel, "lead <@ULEE>")
    company.asks(company.bo, channel, "lead me")
    company.settled()  # names are known now
    assert reactions(company.asks(company.bo, channel, f"lead {who}")) == ["white_check_mark"]
    incident.refresh_from_db()
    assert str(incident.lead) == "Lee Leader"


def test_somebody_of_another_workspace_can_lead(company: Company, incident: Incident, channel: Room) -> None:
    company.workspace.person("Wanda", id="W0WANDA")
    company.asks(company.bo, channel, "lead <@W0WANDA>")
    incident.refresh_from_db()
    assert incident.lead is not None
    assert incident.lead.external_id == "W0WANDA"


# -- reminders


def test_reminders_of_one_name_in_two_plugins_are_counted_apart(
    company: Company, channel: Room, plugin: LoadPlugin, clock: Clock
) -> None:
    for words in ("From one plugin.", "From another."):
        plugin(f"""
            from response.plugins import single_notification

            @single_notification(1)
            def remind_people_of_what_they_have_forgotten() -> str:
                return "{words}"
        """)
    for _ in range(3):
        clock.passes(minutes=2)
    assert [len(said(company, channel, words)) for words in ("From one plugin.", "From another.")] == [1, 1]


def test_looking_for_reminders_costs_the_same_however_many_incidents_there_are(
    company: Company, incident: Incident, channel: Room
) -> None:
    def queries() -> int:
        reminding.look()  # begins those of new incidents
        with CaptureQueriesContext(connection) as captured:
            reminding.look()
        return len(captured)

    few = queries()
    for number in range(5):
        company.open_channel(company.declare(f"Number {number}"))
    assert queries() == few


# -- keywords, events, pins, participants


@pytest.fixture
def runbooks(plugin: LoadPlugin) -> None:
    """A keyword handler."""
    plugin("""
        from response.plugins import keyword_handler

        @keyword_handler(["runbook", "run book"])
        def point() -> str:
            return "It is on the wiki."
    """)


@pytest.mark.usefixtures("runbooks")
def test_keywords_are_heard_in_what_people_say_to_us_and_not_from_bots(company: Company, channel: Room) -> None:
    other = company.sandbox.app("Deploys", bot_name="deploys")
    speaker = WebClient(token=other["bot_token"], base_url=company.sandbox.api_url)
    speaker.conversations_join(channel=channel.id)
    speaker.chat_postMessage(channel=channel.id, text="The runbook was deployed.")
    company.settled()
    assert said(company, channel, "It is on the wiki.") == []
    company.asks(company.bo, channel, "timeline The runbook was wrong, and so was the run book")
    company.bo.waits_for(channel, "It is on the wiki.")
    company.settled()
    assert len(said(company, channel, "It is on the wiki.")) == 1


def test_an_event_that_nobody_handles_is_a_line_that_names_the_decorator(
    company: Company, channel: Room, caplog: pytest.LogCaptureFixture
) -> None:
    body = signed.event({"type": "emoji_changed", "subtype": "add", "name": "tada"}, "EvEmoji")
    assert sends(company, "/slack/event", body) == 200
    wait_for(lambda: 'event_unhandled type=emoji_changed decorator=@event_handler("emoji_changed")' in caplog.text)


def test_a_pinned_file_stands_on_the_timeline(company: Company, incident: Incident, channel: Room) -> None:
    file = {"id": "F0GRAPH", "name": "graph.png", "title": "The graph", "timestamp": 1_700_000_000, "user": "UBO"}
    item = {"type": "file", "file": file, "created": 1_700_000_100}
    event = {"type": "pin_added", "user": "ULEE", "channel_id": channel.id, "item": item}
    assert sends(company, "/slack/event", signed.event(event, "EvFile")) == 200
    wait_for(incident.events.filter(event_type="slack_pin").exists)
    entry = incident.events.get(event_type="slack_pin")
    assert "graph" in entry.text
    assert (str(entry.author), entry.timestamp.timestamp()) == ("Bo Watcher", 1_700_000_000)
    gone = {**event, "type": "pin_removed"}
    assert sends(company, "/slack/event", signed.event(gone, "EvFileGone")) == 200
    wait_for(lambda: not incident.events.filter(event_type="slack_pin").exists())


def test_a_message_that_is_pinned_twice_stands_once(company: Company, incident: Incident, channel: Room) -> None:
    message = company.bo.says(channel, "It was the deploy")
    item = {
        "type": "message",
        "channel": channel.id,
        "message": {"ts": message.ts, "user": "UBO", "text": message.text},
    }
    for number in range(3):
        event = {"type": "pin_added", "user": "ULEE", "channel_id": channel.id, "item": item}
        assert sends(company, "/slack/event", signed.event(event, f"EvPin{number}")) == 200
    company.settled()
    assert incident.events.filter(event_type="slack_pin").count() == 1


# -- when Slack is slow, limits or fails


def test_closing_waits_for_nobody(company: Company, incident: Incident, channel: Room) -> None:
    company.sandbox.person("lee", deleted=True)
    Incident.objects.filter(pk=incident.pk).update(lead=Person.objects.known_as("ULEE"))
    company.settled()
    headline = company.headline()
    company.sandbox.fault("error", "*", status=503)
    company.bo.presses("close-incident-button", in_message=headline)
    wait_for(Incident.objects.exclude(end_time=None).exists)
    company.sandbox.clear_faults()
    company.bo.waits_for(company.incidents, "Status: Resolved", timeout=20)
    company.bo.waits_for(channel, "This incident is resolved", timeout=20)


def test_a_method_that_slack_limits_is_left_alone_for_as_long_as_it_asks(company: Company) -> None:
    company.sandbox.fault("ratelimit", "chat.postMessage", retry_after=2, times=1)
    since = company.sandbox.seq()
    for report in ("First", "Second"):
        company.rae.runs("/incident", report, company.general)
        assert company.rae.submits() == {}
    company.headline(1)
    company.headline(2)
    limited, *later = company.sandbox.calls("chat.postMessage", since=since)
    assert limited["status"] == 429
    assert [call["status"] for call in later] == [200, 200]
    assert min(call["time"] for call in later) - limited["time"] >= 1.9


def test_a_channel_beyond_the_first_page_is_found(company: Company) -> None:
    since = company.sandbox.seq()
    for number in range(205):
        company.sandbox.channel(f"channel-{number:03}", creator=company.rae.id)
    company.sandbox.channel("zz-the-last", creator=company.rae.id)
    found = channels_named({"channel-000", "zz-the-last", "there-is-no-such-channel"})
    assert {channel["name"] for channel in found} == {"channel-000", "zz-the-last"}
    pages = company.sandbox.calls("conversations.list", since=since)
    assert len(pages) == 2


def test_everything_that_is_said_has_a_text_for_notifications(
    company: Company, incident: Incident, channel: Room, clock: Clock
) -> None:
    company.asks(company.bo, channel, "action tell support")
    company.asks(company.bo, channel, "help")
    company.asks(company.bo, channel, "nonsense")
    clock.passes(minutes=6)
    company.asks(company.bo, channel, "close")
    company.settled()
    spoken = [call for call in company.sandbox.calls() if call["method"].startswith("chat.") and call["status"] == 200]
    assert len({call["method"] for call in spoken}) == 3  # postMessage, postEphemeral, update
    assert [call["args"] for call in spoken if not call["args"].get("text")] == []


# -- correctness


@pytest.mark.parametrize("value", ["99", "9" * 30, "x", ""])
def test_a_button_of_no_incident_tells_the_person(company: Company, incident: Incident, value: str) -> None:
    press = {
        "type": "block_actions",
        "user": {"id": company.bo.id},
        "channel": {"id": company.incidents.id},
        "trigger_id": f"stale-{value}",
        "actions": [{"action_id": "close-incident-button", "value": value, "type": "button"}],
    }
    form = "application/x-www-form-urlencoded"
    assert sends(company, "/slack/action", signed.interaction(press), form) == 200
    told = company.bo.direct_messages(company.bot)
    company.bo.waits_for(told, "I cannot find the incident that this belongs to.")
    incident.refresh_from_db()
    assert not incident.is_closed()


def test_a_severity_that_is_no_longer_known_breaks_no_page_and_no_headline(
    company: Company, incident: Incident, channel: Room
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE response_incident SET severity = '9'")
    company.asks(company.bo, channel, "summary Still here")
    company.bo.waits_for(company.incidents, "Severity: 9")
    browser = company.browser(company.lee)
    for address in ("/", f"/incident/{incident.pk}/"):
        assert browser.get(address).status_code == 200


def test_the_document_asks_slack_for_nothing(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, f"summary {company.lee.mention} and {company.oz.mention} look into it")
    company.settled()
    browser, since = company.browser(company.lee), company.sandbox.seq()
    assert "Lee Leader" in browser.get(f"/incident/{incident.pk}/").content.decode()
    assert company.sandbox.calls(since=since) == []


@pytest.mark.parametrize("decorator", TAKES)
def test_a_decorator_returns_the_function_as_it_was(decorator: str, plugin: LoadPlugin) -> None:
    _, example = TAKES[decorator]
    module = plugin(f"from response.plugins import *\n\n@{decorator}({example})\ndef handle(): ...\n")
    handle: Callable[[], Any] = module.handle
    assert (handle.__name__, handle.__module__) == ("handle", module.__name__)
    assert hasattr(plugins, decorator)


# -- operating it


def test_settings_and_plugins_are_imported_without_asking_slack(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("from django.conf import settings\nCLIENT = settings.SLACK_CLIENT\n")
    with socket.create_server(("127.0.0.1", 0)) as slack:
        slack.setblocking(False)
        address = f"http://127.0.0.1:{slack.getsockname()[1]}/api/"
        done = response("check", SLACK_API_URL=address, SLACK_TOKEN="xoxb-1", PLUGIN_DIR=str(tmp_path))
        assert done.returncode == 0, done.stderr
        with pytest.raises(BlockingIOError):
            slack.accept()


@pytest.mark.parametrize("path", ["/slack/cron_minute", "/slack/cron_daily"])
def test_there_is_no_address_that_does_something_for_whoever_asks(company: Company, path: str) -> None:
    assert httpx.get(f"{company.url}{path}").status_code == 404
    assert httpx.post(f"{company.url}{path}").status_code in {403, 404}
