"""What plugins for the original (package 0.5.1) expect of these models, beyond what ours have. Kept for them alone.

The rest of the old surface is `response/slack/compat/`; docs/howto/old-plugins.md lists it all.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from response.core.models import Incident, Person, TimelineEvent


class OriginalIncident:
    """The original's further calls on an incident."""

    def comms_channel(self) -> Any:
        """Return the incident's channel, or None."""
        return getattr(self, "commschannel", None)

    def action_items(self) -> Any:
        """Return the incident's actions."""
        return self.actions.all()  # type: ignore[attr-defined]

    def badge_type(self) -> str:
        """Return the colour of the status, as the original's pages named it."""
        return "success" if self.is_closed() else "danger"  # type: ignore[attr-defined]

    def settle_times(self) -> None:
        """Read times without a zone as UTC, which is what `datetime.now()` says in our processes."""
        for field in ("report_time", "start_time", "end_time"):
            setattr(self, field, aware(getattr(self, field)))


def aware(moment: datetime | None) -> datetime | None:
    """Return a time with its zone; UTC when it has none."""
    return moment.replace(tzinfo=UTC) if isinstance(moment, datetime) and moment.tzinfo is None else moment


def refuse_unkept(*, report_only: bool, private: bool) -> None:
    """Raise ValueError for what the original's incidents could be and ours cannot: better than to pretend."""
    if report_only or private:
        wanted = "report_only" if report_only else "private"
        raise ValueError(f"Incidents are not kept as {wanted}=True. Leave it out, and tell people another way.")


class OriginalPeople(models.Manager["Person"]):
    """The original's look-ups of people, safe for somebody whose name has changed."""

    def get_or_create_slack(self, *, external_id: str, **known: Any) -> "tuple[Person, bool]":
        """Return the person with this Slack id, and whether they are new. What else is given is used then."""
        known = known.pop("defaults", {}) | known
        return self.get_or_create(app_id="slack", external_id=external_id, defaults=known)

    def update_or_create_slack(self, *, external_id: str, **known: Any) -> "tuple[Person, bool]":
        """Return the person with this Slack id, changed to what else is given, and whether they are new."""
        known = known.pop("defaults", {}) | known
        return self.update_or_create(app_id="slack", external_id=external_id, defaults=known)


def add_incident_update_event(  # noqa: PLR0917 - the original's
    incident: "Incident", update_type: str, old_value: Any, new_value: Any, text: str, timestamp: datetime | None = None
) -> "TimelineEvent":
    """Write an entry about a change on the timeline. Changes of ours are written down by themselves."""
    from response.core import actions, changes  # noqa: PLC0415 - actions import the models

    values = {"update_type": update_type, "old_value": old_value, "new_value": new_value}
    who = changes.actor().person
    return actions.add_to_timeline(incident, text, by=who, at=aware(timestamp), kind="incident_update", **values)
