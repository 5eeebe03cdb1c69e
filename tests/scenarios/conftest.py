"""An incident of the company's, to begin a scenario with."""

import pytest

from response.core.models import Incident
from response.slack.models import CommsChannel
from slack_sandbox.testing import Room
from tests.company import Company, reactions

__all__ = ["Company", "reactions"]


@pytest.fixture
def incident(company: Company) -> Incident:
    """An incident that Rae has reported."""
    return company.declare()


@pytest.fixture
def channel(company: Company, incident: Incident) -> Room:
    """The incident's channel, complete."""
    room = company.open_channel(incident)
    assert CommsChannel.objects.get(incident=incident).channel_id == room.id
    return room
