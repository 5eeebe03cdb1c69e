"""The tables of the record. The names are the original's where it had the thing."""

from response.core.models.action import Action
from response.core.models.incident import Incident
from response.core.models.original import add_incident_update_event
from response.core.models.person import Person
from response.core.models.proposal import Proposal
from response.core.models.pulse import Pulse
from response.core.models.timeline import TimelineEvent

ExternalUser = Person  # the original's name

__all__ = [
    "Action",
    "ExternalUser",
    "Incident",
    "Person",
    "Proposal",
    "Pulse",
    "TimelineEvent",
    "add_incident_update_event",
]
