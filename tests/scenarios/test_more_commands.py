"""Renaming, actions, reopening, asking before words are replaced, and the same by slash."""

import pytest

from response.core.models import Action, Incident
from response.slack.channels import slug
from slack_sandbox.testing import Room
from tests.scenarios.conftest import Company, reactions


def test_somebody_elses_summary_is_replaced_after_a_question(
    company: Company, incident: Incident, channel: Room
) -> None:
    company.asks(company.bo, channel, "summary Bo's words")
    company.lee.joins(channel)
    company.asks(company.lee, channel, "summary Lee's words")
    question = company.lee.waits_for(channel, "Yours would replace it")
    assert question.is_ephemeral
    incident.refresh_from_db()
    assert incident.summary == "Bo's words"
    company.lee.presses("Replace the summary", in_message=question)
    company.workspace.wait_for(lambda: Incident.objects.filter(summary="Lee's words").exists())
    assert incident.events.latest("id").author.external_id == company.lee.id


def test_ones_own_summary_is_replaced_at_once(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "summary first")
    company.asks(company.bo, channel, "summary second")
    incident.refresh_from_db()
    assert incident.summary == "second"


def test_a_summary_without_words_shows_what_it_says(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, "summary the queue is full")
    company.asks(company.bo, channel, "summary")
    company.bo.waits_for(channel, "The summary is: the queue is full")


def test_an_action_is_nobodys_until_somebody_takes_it(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "action tell support")
    noted = company.bo.waits_for(channel, "for nobody yet: tell support")
    action = Action.objects.get()
    assert (action.user, str(action.created_by)) == (None, "Bo Watcher")
    company.lee.joins(channel)
    company.lee.presses("I'll take it", in_message=noted)
    company.workspace.wait_for(lambda: Action.objects.filter(user__external_id=company.lee.id).exists())
    company.bo.presses("Done", in_message=noted)
    company.workspace.wait_for(lambda: Action.objects.filter(done=True, done_date__isnull=False).exists())
    company.asks(company.bo, channel, "actions")
    assert company.bo.waits_for(channel, ":white_check_mark: tell support (").is_ephemeral


def test_an_action_can_be_given_to_somebody(company: Company, channel: Room) -> None:
    company.asks(company.bo, channel, f"action <@{company.lee.id}> restart the queue\nand watch it")
    action = Action.objects.get()
    assert (action.details, action.user.external_id) == ("restart the queue\nand watch it", company.lee.id)


def test_reopening(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "close")
    company.asks(company.bo, channel, "reopen")
    company.bo.waits_for(channel, "open again")
    company.bo.waits_for(company.incidents, lambda m: "Status: Live" in m.all_text and m.buttons)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Payments are DOWN!", "inc-payments-are-down"),
        ("#inc-7 again", "inc-7-again"),
        ("x" * 100, f"inc-{'x' * 76}"),
        ("word " * 30, f"inc-{'-'.join(['word'] * 15)}"),
        ("!!!", "inc-incident"),
    ],
)
def test_a_name_becomes_one_that_slack_takes(wanted: str, name: str) -> None:
    assert slug(wanted) == name
    assert len(slug(wanted)) <= 80


def test_renaming(company: Company, incident: Incident, channel: Room) -> None:
    company.asks(company.bo, channel, "rename Payments are DOWN!")
    company.workspace.find_channel("inc-payments-are-down")
    company.settled()
    assert incident.commschannel.channel_name == "inc-payments-are-down"


def test_a_name_that_is_taken_is_told(company: Company, channel: Room) -> None:
    company.workspace.channel("inc-taken", company.oz)
    company.asks(company.bo, channel, "rename taken")
    assert company.bo.waits_for(channel, "the name is taken").is_ephemeral


def test_a_group_cannot_lead(company: Company, channel: Room) -> None:
    said = company.asks(company.bo, channel, "lead <!subteam^S123|@ops>")
    assert reactions(said) == ["question"]
    company.bo.waits_for(channel, "@ops is a group")


def test_the_same_commands_work_by_slash_in_the_channel(company: Company, incident: Incident, channel: Room) -> None:
    company.bo.runs("/incident", "severity major", channel)
    company.bo.waits_for(channel, "Severity is now Major.")
    company.bo.runs("/incident", "sumary", company.incidents)
    assert company.bo.modals()


def test_slash_alone_in_the_channel_is_a_menu(company: Company, channel: Room) -> None:
    shown = company.bo.runs("/incident", "", channel)
    (menu,) = shown.messages
    assert menu.is_ephemeral
    assert "`/incident severity major`" in menu.all_text
    assert any("Edit" in button for button in menu.buttons)
    assert not company.bo.modals()


def test_slash_with_words_that_are_no_command_reports(company: Company, channel: Room) -> None:
    shown = company.bo.runs("/incident", "The search is slow too", channel)
    assert shown.modals[0].value("Report") == "The search is slow too"
