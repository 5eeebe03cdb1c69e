"""Do not disturb."""

from slack_sandbox.announce.people import dnd_changed
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person


def snooze(hub: Hub, person: Person, seconds: float) -> None:
    """Leave a person in peace for a while."""
    person.snooze_until = hub.clock.now() + seconds
    dnd_changed(hub, person, dnd_state(hub, person))


def end_snooze(hub: Hub, person: Person) -> None:
    """Disturb them again."""
    person.snooze_until = 0.0
    dnd_changed(hub, person, dnd_state(hub, person))


def is_snoozing(hub: Hub, person: Person) -> bool:
    """Whether a snooze is on."""
    return person.snooze_until > hub.clock.now()


def dnd_state(hub: Hub, person: Person) -> Json:
    """As others may know it. Nobody here has regular quiet hours."""
    snoozing = is_snoozing(hub, person)
    end = int(person.snooze_until) if snoozing else 1
    return {
        "dnd_enabled": snoozing,
        "next_dnd_start_ts": int(hub.clock.now()) if snoozing else 1,
        "next_dnd_end_ts": end,
    }


def snooze_state(hub: Hub, person: Person) -> Json:
    """As only the person knows it."""
    if not is_snoozing(hub, person):
        return {"snooze_enabled": False}
    return {
        "snooze_enabled": True,
        "snooze_endtime": int(person.snooze_until),
        "snooze_remaining": int(person.snooze_until - hub.clock.now()),
        "snooze_is_indefinite": False,
    }
