"""The testing kit's fixtures, in the place of those for tests without a workspace."""

from response.plugins.testing import Company, channel, incident, lee, rae, reactions

__all__ = ["Company", "channel", "incident", "lee", "rae", "reactions"]
