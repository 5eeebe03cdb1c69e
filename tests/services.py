"""The services of the testing kit, under the name our tests know them by."""

from response.plugins.testing.services import QuietHandler, web, worker

__all__ = ["QuietHandler", "web", "worker"]
