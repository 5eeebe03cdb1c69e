"""pytest's fixtures: a Slack workspace for each test. Installed with the sandbox, there is nothing to switch on.

Nothing is imported, and nothing is started, before a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from slack_sandbox.testing import Sandbox, Workspace

LIMITS = "slack_limits"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say what may be set in pytest's configuration."""
    parser.addini(LIMITS, "How the sandbox limits calls: slack (the default), distributed or off.", default="slack")


@pytest.fixture(scope="session")
def running_slack() -> Iterator[Sandbox]:
    """A sandbox for the whole run, as it was left by the last test."""
    from slack_sandbox.testing import running_sandbox  # noqa: PLC0415 - only who asks for it needs its dependencies

    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def slack_sandbox(running_slack: Sandbox, pytestconfig: pytest.Config) -> Sandbox:
    """A sandbox with an empty workspace, nothing going wrong, and limits as `slack_limits` says."""
    running_slack.reset()
    running_slack.settings(limits=pytestconfig.getini(LIMITS))
    return running_slack


@pytest.fixture
def slack_workspace(slack_sandbox: Sandbox) -> Workspace:
    """The workspace of `slack_sandbox`, where people say, press and see things."""
    from slack_sandbox.testing import Workspace  # noqa: PLC0415

    return Workspace(slack_sandbox)
