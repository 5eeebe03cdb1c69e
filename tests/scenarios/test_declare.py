"""From `/incident` to the headline."""

import pytest

from response.core.models import Incident
from tests.scenarios.conftest import Company


def test_the_command_opens_a_form_with_the_report_filled_in(company: Company) -> None:
    shown = company.rae.runs("/incident", "Payments are failing", company.general)
    (form,) = shown.modals
    assert form.title == "Report an Incident"
    assert form.labels == ["Report", "Summary", "Impact", "Lead", "Severity", "Channel"]
    assert form.value("Report") == "Payments are failing"


@pytest.mark.parametrize("report", ["", "   "])
def test_an_empty_report_is_refused_at_its_field(company: Company, report: str) -> None:
    company.rae.runs("/incident", "", company.general)
    assert "Report" in company.rae.submits({"Report": report})
    assert company.rae.modals()
    assert not Incident.objects.exists()


def test_the_headline_says_what_is_known(company: Company) -> None:
    incident = company.declare(Lead="ULEE", Severity="Major", Summary="Since 14:00", Impact="No card payments")
    headline = company.headline()
    assert [block.get("block_id") for block in headline.blocks][:3] == ["report", "reporter", "lead"]
    assert headline.field("🙋🏻‍♂️ Reporter") or "<@URAE>" in headline.all_text
    assert "<@ULEE>" in headline.all_text
    assert "Status: Live" in headline.all_text
    assert "Severity: Major" in headline.all_text
    assert f"{company.url}/incident/{incident.pk}/" in headline.all_text
    assert headline.text == "Incident 1 is live, major: Payments are failing"
    assert [button.split(":")[-1].strip() for button in headline.buttons] == ["Create Comms Channel", "Edit", "Close"]
    assert (incident.summary, incident.impact) == ("Since 14:00", "No card payments")


def test_the_reporter_alone_is_thanked(company: Company) -> None:
    company.declare()
    thanks = company.rae.waits_for(company.general, "Thank you for reporting")
    assert thanks.is_ephemeral
    assert company.oz.sees(company.general) == []


def test_the_reporter_is_thanked_where_the_app_is_no_member(company: Company) -> None:
    den = company.rae.makes_channel("raes-den", is_private=True)
    company.rae.runs("/incident", "Payments are failing", den)
    company.rae.submits()
    assert company.rae.waits_for(den, "Thank you for reporting").is_ephemeral


def test_the_channel_can_be_opened_straight_away(company: Company) -> None:
    company.declare(Channel=["yes"])
    channel = company.workspace.find_channel("inc-101")
    company.workspace.wait_for(lambda: "URAE" in company.sandbox.show_channel(channel.name)["members"])


def test_declaring_takes_two_calls_of_slack_until_the_headline(company: Company) -> None:
    since = company.sandbox.seq()
    company.declare()
    calls = [call["method"] for call in company.sandbox.calls(since=since)]
    in_sequence = calls[: calls.index("chat.postMessage") + 1]
    assert [call for call in in_sequence if call not in ("response_url", "users.info")] == [
        "views.open",
        "chat.postMessage",
    ]


@pytest.mark.parametrize(
    "report",
    [
        "<!channel> everything is down",
        "<script>alert(1)</script>",
        "*bold* `code` ~gone~ & < > \" '",
        "תשלומים נכשלים 🔥",
        "one\ntwo",
        "x" * 3000,
    ],
)
def test_a_report_is_stored_as_it_came_and_pages_nobody(company: Company, report: str) -> None:
    company.rae.runs("/incident", "", company.general)
    assert company.rae.submits({"Report": report}) == {}
    headline = company.headline()
    assert Incident.objects.get().report == report
    assert "<!" not in headline.text + headline.all_text
    assert "<script>" not in headline.all_text


def test_a_command_of_40000_characters_opens_a_form_that_says_it_was_cut(company: Company) -> None:
    shown = company.rae.runs("/incident", "long " * 8000, company.general)
    assert len(shown.modals[0].value("Report")) == 3000
    assert "cut" in shown.modals[0].all_text


def test_when_slack_does_not_open_the_form_the_person_is_told(company: Company) -> None:
    company.sandbox.fault("error", "views.open", status=500)
    shown = company.rae.runs("/incident", "Payments are failing", company.general)
    assert "Slack did not open the form" in shown.text
    assert shown.failure is None


def test_a_slow_slack_does_not_make_the_command_time_out(company: Company) -> None:
    company.sandbox.fault("latency", "views.open", ms=2500)
    shown = company.rae.runs("/incident", "Payments are failing", company.general)
    assert shown.failure is None
