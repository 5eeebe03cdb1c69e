"""The company of the testing kit, under the name our tests know it by."""

from response.plugins.testing.company import Clock, Company, is_idle, reactions, start

__all__ = ["Clock", "Company", "is_idle", "reactions", "start"]
