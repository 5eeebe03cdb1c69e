"""The operators' page and what Slack refused of an incident, on a desk, on a phone, in the dark; and pressed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from procrastinate.contrib.django import app

from response.core.models import Incident
from response.slack import again, outbox
from response.slack.models import Delivery, Gate, HookCall
from slack_sandbox.testing import Room
from tests.browser.conftest import PHONE, OpensWindow, is_usable, signs_in
from tests.company import Company

pytestmark = pytest.mark.browser


def trouble(company: Company) -> tuple[Incident, Room]:
    """An incident and its channel, with something of all that the page can show."""
    incident = company.declare()
    channel = company.open_channel(incident)
    company.bo.archives(channel)
    for text in ("Is anybody there?", "Is anybody here?"):
        outbox.post(incident, text)
    company.settled()
    Delivery.objects.create(
        kind="headline",
        incident=incident,
        lane="out:1:incidents",
        state="refused",
        attempts=1,
        error="chat.update: missing_scope (needs chat:write)",
        advice="Add the scope to the Slack app and install it again.",
    )
    Delivery.objects.create(kind="old_invite", lane="out:-:C1", channel="C1", attempts=3, error="invite: HTTP 503")
    Gate.objects.create(name="method:conversations.invite", opens_at=timezone.now() + timedelta(seconds=50))
    turn = {"incident": incident, "done_at": timezone.now()}
    HookCall.objects.create(handler="plugins.status_page.opened", error="ValueError, reference 1a2b3c4d", **turn)
    app.configure_task("a task that is gone", allow_unknown=True).defer()
    company.settled()
    return incident, channel


def test_operators_see_what_needs_them_and_press(company: Company, window: OpensWindow) -> None:
    _, channel = trouble(company)
    page = window()
    signs_in(page, company, company.bo, is_staff=True)
    page.goto(company.url)
    page.get_by_role("link", name="Operations").click()
    expect(page.get_by_role("heading", level=1, name="Operations")).to_be_visible()
    is_usable(page, "operations")
    company.bo.does("unarchive", channel=channel.id)
    page.get_by_role("button", name="Try all 2 again").click()
    expect(page.get_by_text("Slack is asked again for 2 of 2.")).to_be_visible()
    company.bo.waits_for(channel, lambda message: message.text == "Is anybody here?")


def test_operators_have_the_doctor_look(company: Company, window: OpensWindow) -> None:
    page = window()
    signs_in(page, company, company.bo, is_staff=True)
    page.goto(f"{company.url}/operations/")
    page.get_by_role("link", name="Have the doctor look").click()
    expect(page.get_by_role("heading", name="The app is not in #incidents.")).to_be_visible()
    expect(page.get_by_text("say /invite @incident in #incidents.")).to_be_visible()
    is_usable(page, "doctor")
    company.sandbox.app("Response", channels=["incidents"])
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("cell", name="the app is in #incidents")).to_be_visible()


def test_without_scripts_a_press_on_the_document_does_it(company: Company, window: OpensWindow) -> None:
    incident, channel = trouble(company)
    page = window({**PHONE, "java_script_enabled": False})
    signs_in(page, company, company.bo, is_staff=True)
    page.goto(f"{company.url}/incident/{incident.pk}/")
    company.bo.does("unarchive", channel=channel.id)
    page.get_by_role("button", name="Try again a message in the channel").first.click()
    expect(page.get_by_text("Slack is asked again: a message in the channel.")).to_be_visible()
    company.bo.waits_for(channel, lambda message: message.text == "Is anybody there?")


def test_the_document_shows_what_slack_refused(company: Company, window: OpensWindow) -> None:
    incident, _ = trouble(company)
    page = window()
    signs_in(page, company, company.bo, is_staff=True)
    page.goto(f"{company.url}/incident/{incident.pk}/")
    expect(page.get_by_role("heading", name="Not in Slack")).to_be_visible()
    is_usable(page, "not-in-slack")


def test_an_open_document_shows_at_once_what_slack_refuses_and_that_it_is_settled(
    company: Company, window: OpensWindow
) -> None:
    incident = company.declare()
    channel = company.open_channel(incident)
    page = window()
    signs_in(page, company, company.lee)
    page.goto(f"{company.url}/incident/{incident.pk}/")
    company.bo.archives(channel)
    company.settled()
    outbox.post(incident, "Is anybody there?")
    expect(page.get_by_role("heading", name="Not in Slack")).to_be_visible()
    again.leave(Delivery.objects.get(state="refused").pk, by=incident.reporter)
    expect(page.get_by_role("heading", name="Not in Slack")).to_be_hidden()
