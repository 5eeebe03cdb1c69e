"""Commands about who does what."""

import re

from response.core import actions
from response.core.errors import UserError
from response.core.models import Action, Incident, Person
from response.plugins import Button, Message, action_handler, incident_command, people_in

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
GROUP = re.compile(r"<!subteam\^\w+(?:\|([^>]*))?>")
LEAD_ME, TAKE_ACTION, DONE_ACTION = "lead-me-button", "take-action-button", "done-action-button"
MOST_SHOWN = 10


@incident_command(["lead"], helptext="Say who leads; `me` is you", example="lead @Lee", group="People")
def lead(incident: Incident, user: Person, message: str) -> str:
    """Set the lead to the person mentioned, or found by name. Nobody is assigned by default."""
    if not message.strip():
        now = f"{incident.lead.reference()} leads. " if incident.lead else ""
        raise UserError(f"{now}Who leads? Mention them (`lead @name`), or say `lead me`.")
    person = find_person(message, user)
    actions.set_lead(incident, person, by=user)
    return f"{person.reference()} leads this incident."


@action_handler(LEAD_ME)
def lead_me(incident: Incident, user: Person) -> str:
    """Make whoever presses the lead, unless somebody leads already."""
    actions.latest(incident)
    if incident.lead and incident.lead != user:
        return f"{incident.lead.reference()} leads already. `@incident lead me` takes over."
    actions.set_lead(incident, user, by=user)
    return "You lead this incident now."


def find_person(words: str, user: Person) -> Person:
    """Return the one person that the words mean. Raises UserError that asks back when they mean none, or several."""
    wanted = words.strip()
    if mentioned := people_in(wanted):
        return mentioned[0]
    if group := GROUP.search(wanted):
        raise UserError(f"{group[1] or 'That group'} is a group, and one person leads. Mention one of them.")
    if wanted.lower() in {"me", "myself"}:
        return user
    name = wanted.lstrip("@").lower()
    if not name:
        raise UserError("Who leads? Mention them (`lead @name`), or say `lead me`.")
    people = Person.objects.filter(deleted=False, is_bot=False)
    found = [p for p in people if name in {p.display_name.lower(), p.full_name.lower(), *p.full_name.lower().split()}]
    if len(found) != 1:
        reason = "I know nobody" if not found else f"I know {len(found)} people"
        raise UserError(f"{reason} called “{wanted}”. Mention them instead: `lead @name`.")
    return found[0]


@incident_command(
    ["action", "actions"],
    helptext="Note what has to be done; alone, list it",
    example="action @Bo tell support",
    group="People",
)
def action(incident: Incident, user: Person, message: str) -> str | Message:
    """Note an action, whose if somebody is mentioned first; list them when nothing is given."""
    if not message:
        return listed(incident)
    owner, details = owner_and_details(message)
    noted = actions.add_action(incident, details, by=user, owner=owner)
    if owner:
        return Message(f"Noted for {owner.reference()}: {details}", [done_button(noted)])
    return Message(f"Noted, for nobody yet: {details}", [take_button(noted), done_button(noted)])


def owner_and_details(message: str) -> tuple[Person | None, str]:
    """Return who is mentioned first, if anybody, and what they are to do."""
    mention = MENTION.match(message)
    if not mention:
        return None, message
    return Person.objects.known_as(mention[1]), message[mention.end() :].lstrip(" :,") or message


def listed(incident: Incident) -> Message:
    """Return the actions, open ones first, with a button for each open one."""
    every = list(incident.actions.select_related("user").order_by("done", "created_date", "id"))
    if not every:
        return Message("There is nothing to do yet. Say `@incident action <what>`.", is_private=True)
    lines = [line(each) for each in every]
    buttons = [done_button(each, f"Done: {each.details[:40]}") for each in every if not each.done][:MOST_SHOWN]
    return Message("\n".join(lines), buttons, is_private=True)


def line(each: Action) -> str:
    return f"{each.icon()} {each.details} ({each.user.reference() if each.user else 'nobody'})"


def take_button(each: Action) -> Button:
    return Button("I'll take it", TAKE_ACTION, str(each.pk))


def done_button(each: Action, text: str = "Done") -> Button:
    return Button(text, DONE_ACTION, str(each.pk))


@action_handler(TAKE_ACTION)
def take_action(user: Person, value: str) -> str:
    """Give the action to whoever pressed, unless somebody has it."""
    each = found(value)
    if each.user and each.user != user:
        return f"{each.user.reference()} has it already."
    actions.change_action(each, by=user, user=user)
    return f"It is yours: {each.details}"


@action_handler(DONE_ACTION)
def finish_action(user: Person, value: str) -> str:
    """Mark the action done. A second press changes nothing."""
    each = found(value)
    if each.done:
        return "That is done already."
    actions.change_action(each, by=user, done=True)
    return f"✅ {each.details}"


def found(value: str) -> Action:
    """Return the action of a button. Raises UserError when it is gone."""
    each = Action.objects.select_related("user", "incident").filter(pk=int(value) if value.isdigit() else 0).first()
    if each is None:
        raise UserError("That action is not there any more.")
    return each
