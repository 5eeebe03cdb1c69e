"""The button on the headline and its form."""

from response.core.models import Incident
from response.plugins.testing import Actor, Company, wait_for
from runbook_keeper import shelf
from runbook_keeper.models import Runbook


def attached(incident: Incident) -> list[str]:
    return [str(each) for each in shelf.attached_to(incident)]


def test_a_runbook_is_chosen_and_the_button_is_gone(
    company: Company, bo: Actor, incident: Incident, payments: Runbook
) -> None:
    bo.presses("Runbook", in_message=company.headline())
    assert bo.submits({"Runbook": "Payments"}) == {}
    wait_for(lambda: attached(incident) == ["Payments"])
    bo.waits_for(company.incidents, lambda message: not any("Runbook" in label for label in message.buttons))


def test_a_runbook_is_written_in_the_form(company: Company, bo: Actor, incident: Incident) -> None:
    bo.presses("Runbook", in_message=company.headline())
    assert bo.modal().labels == ["Name of a new one", "Its address", "Its steps"]
    assert bo.submits({"Name of a new one": "Cards", "Its steps": "1. Breathe\n2. Restart"}) == {}
    wait_for(lambda: attached(incident) == ["Cards"])
    assert Runbook.objects.get().text == "1. Breathe\n2. Restart"


NAME, ADDRESS = "Name of a new one", "Its address"
WRONG = [
    ({}, {NAME: "Choose one, or name a new one."}),
    ({"Runbook": "Payments", NAME: "Cards"}, {NAME: "Choose a runbook or name a new one, and not both."}),
    ({NAME: "payments"}, {NAME: "There is a runbook of this name. Choose it."}),
    ({NAME: "Cards"}, {ADDRESS: "Give its address, or write its steps."}),
    ({NAME: "Cards", ADDRESS: "wiki"}, {ADDRESS: "An address begins with https:// or http://."}),
]


def test_what_is_wrong_is_said_at_its_field(company: Company, bo: Actor, incident: Incident, payments: Runbook) -> None:
    bo.presses("Runbook", in_message=company.headline())
    for fields, errors in WRONG:
        assert bo.submits({"Runbook": None, NAME: "", ADDRESS: "", **fields}) == errors
    assert Runbook.objects.count() == 1
