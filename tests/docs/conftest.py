"""The testing kit's fixtures, in the place of those for tests without a workspace."""

from response.plugins.testing import channel, incident, lee, rae

__all__ = ["channel", "incident", "lee", "rae"]
