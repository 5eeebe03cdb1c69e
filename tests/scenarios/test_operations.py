"""Operators see what Slack did not take, mend it, press, and it is done; others learn nothing of it."""

import re

import pytest
from django.test import Client
from procrastinate.contrib.django import app

from response.core.models import Incident
from response.slack import outbox
from response.slack.models import Delivery, Gate, HookCall
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company


@pytest.fixture
def operator(company: Company) -> Client:
    """Bo, who may operate."""
    return company.browser(company.bo, is_staff=True)


def words(browser: Client, path: str) -> str:
    """A page's words, in one line."""
    answer = browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def refuse(company: Company, channel: Room, *texts: str) -> list[int]:
    """Have Slack refuse messages, because their channel is archived."""
    company.bo.archives(channel)
    for text in texts:
        outbox.post(Incident.objects.get(), text)
    company.settled()
    return list(Delivery.objects.filter(state="refused").order_by("pk").values_list("pk", flat=True))


def said(company: Company, channel: Room) -> list[str]:
    return [message.text for message in company.bo.sees(channel) if message.text.startswith("Is anybody")]


def test_what_slack_refused_is_on_the_document_and_a_press_says_it_once_it_is_mended(
    company: Company, incident: Incident, channel: Room, operator: Client
) -> None:
    document = f"/incident/{incident.pk}/"
    assert "Not in Slack" not in words(operator, document)
    [number] = refuse(company, channel, "Is anybody there?")
    page = words(operator, document)
    assert "Not in Slack chat.postMessage: is_archived The channel is archived. Somebody has to unarchive it." in page
    assert "A message in the channel" in page
    assert "Is anybody there?" not in page
    company.bo.does("unarchive", channel=channel.id)
    company.settled()
    for _ in range(2):
        pressed = operator.post(f"/operations/deliveries/{number}/again/", {"from": "document"})
        assert (pressed.status_code, pressed.headers["Location"]) == (303, f"{document}#not-in-slack")
    company.settled()
    page = words(operator, document)
    assert "Slack is asked again: a message in the channel." in page
    assert "That was settled already" in page
    assert "Not in Slack" not in page
    assert said(company, channel) == ["Is anybody there?"]
    assert "Tried again in Slack: a message in the channel" in words(operator, f"{document}?show=everything")


def test_members_see_what_to_mend_and_get_no_button(
    company: Company, incident: Incident, channel: Room, lee: object
) -> None:
    refuse(company, channel, "Is anybody there?")
    member = company.browser(company.lee)
    answer = member.get(f"/incident/{incident.pk}/").content.decode()
    assert "Somebody has to unarchive it." in answer
    assert "an operator can have it tried again" in answer
    assert "/operations/" not in answer


def test_the_operators_page_gathers_refusals_by_what_has_to_be_mended(
    company: Company, incident: Incident, channel: Room, operator: Client
) -> None:
    numbers = refuse(company, channel, "Is anybody there?", "Is anybody here?")
    page = operator.get("/operations/").content.decode()
    assert page.count("chat.postMessage: is_archived") == 1
    assert "Try all 2 again" in page
    assert "Is anybody" not in page
    company.bo.does("unarchive", channel=channel.id)
    company.settled()
    pressed = operator.post("/operations/deliveries/again/", {"delivery": [*numbers, "x", "9" * 40, 10**17]})
    assert pressed.headers["Location"] == "/operations/"
    company.settled()
    assert "Slack is asked again for 2 of 3." in words(operator, "/operations/")
    assert said(company, channel) == ["Is anybody there?", "Is anybody here?"]


def test_what_is_left_undone_is_not_shown_again(
    company: Company, incident: Incident, channel: Room, operator: Client
) -> None:
    [number] = refuse(company, channel, "Is anybody there?")
    operator.post(f"/operations/deliveries/{number}/leave/")
    page = words(operator, "/operations/")
    assert "Left undone: a message in the channel." in page
    assert "Slack has taken everything, or what it refused is settled." in page


def test_what_waits_is_shown_with_why_and_limits_with_until_when(
    company: Company, incident: Incident, channel: Room, operator: Client
) -> None:
    company.sandbox.fault("error", "chat.postMessage", status=503)
    outbox.post(incident, "Is anybody there?")
    company.workspace.wait_for(lambda: Delivery.objects.filter(error__gt="").exists())
    page = words(operator, "/operations/")
    assert "On the way to Slack 1" in page
    assert "chat.postMessage: HTTP 503" in page
    company.sandbox.clear_faults()
    company.settled()
    company.sandbox.fault("ratelimit", "chat.postMessage", retry_after=5, times=1)
    outbox.post(incident, "Is anybody here?")
    company.workspace.wait_for(lambda: Gate.objects.filter(name="method:chat.postMessage").exists())
    assert "Slack limits chat.postMessage : it is left alone until" in words(operator, "/operations/")
    Gate.objects.all().delete()


def test_failures_are_found_by_their_references(company: Company, incident: Incident, operator: Client) -> None:
    HookCall.objects.create(
        handler="status_page.opened",
        incident=incident,
        done_at=incident.report_time,
        error="ValueError, reference 1a2b",
    )
    app.configure_task("a task that is gone", allow_unknown=True).defer()
    company.settled()
    page = words(operator, "/operations/")
    assert "1a2b status_page.opened lifecycle 1" in page
    assert "a task that is gone failed 1" in page


def test_the_worker_is_there_and_all_is_well(company: Company, operator: Client) -> None:
    company.settled()
    page = words(operator, "/operations/")
    assert "At work 0 refused by Slack 0 on the way to Slack" in page
    assert "Nothing waits." in page


@pytest.mark.parametrize("number", ["0", "999", "9" * 18])
@pytest.mark.parametrize("press", ["again", "leave"])
def test_a_delivery_that_there_is_not_is_a_404(company: Company, operator: Client, number: str, press: str) -> None:
    assert operator.post(f"/operations/deliveries/{number}/{press}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["deliveries/x/again/", "deliveries/1/burn/", f"deliveries/{'9' * 19}/again/", "deliveries/-1/leave/"]
)
def test_addresses_that_are_none_are_404s(company: Company, operator: Client, path: str) -> None:
    assert operator.post(f"/operations/{path}").status_code == 404


def test_pressing_is_no_link(company: Company, incident: Incident, channel: Room, operator: Client) -> None:
    [number] = refuse(company, channel, "Is anybody there?")
    assert operator.get(f"/operations/deliveries/{number}/again/").status_code == 405
    assert Delivery.objects.get(pk=number).state == "refused"
