"""The testing kit: a workspace, PostgreSQL, the web process and a worker in the test run, with people who act.

In `conftest.py`:

    pytest_plugins = ["response.plugins.testing"]

and in `pyproject.toml`, as pytest-django asks:

    [tool.pytest.ini_options]
    DJANGO_SETTINGS_MODULE = "response.project.settings_for_tests"

A test then names what it needs: `company`, `rae`, `lee`, `bo`, `oz`, `incident`, `channel`, `clock`, `plugin`.
"""

from response.plugins.testing.company import Clock, Company, reactions
from response.plugins.testing.fixtures import (
    bo,
    channel,
    clock,
    company,
    django_db_setup,
    incident,
    lee,
    oz,
    plugin,
    postgres,
    rae,
    running,
)
from response.plugins.testing.loading import LoadPlugin
from slack_sandbox.testing import Actor, Form, Message, Room, Sandbox, Shown, wait_for

__all__ = [
    "Actor",
    "Clock",
    "Company",
    "Form",
    "LoadPlugin",
    "Message",
    "Room",
    "Sandbox",
    "Shown",
    "bo",
    "channel",
    "clock",
    "company",
    "django_db_setup",
    "incident",
    "lee",
    "oz",
    "plugin",
    "postgres",
    "rae",
    "reactions",
    "running",
    "wait_for",
]
