"""All checks, in the order in which one needs another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from response.doctor import address, channel, database, problems, slack, work
from response.doctor import settings as configured
from response.doctor.findings import Finding, State, skipped
from response.plugins import discovery


@dataclass(frozen=True)
class Check:
    """A check, and those without which it can find out nothing."""

    name: str
    run: Callable[[], Iterator[Finding]]
    needs: tuple[str, ...] = ()


CHECKS = (
    Check("database", database.database),
    Check("migrations", database.migrations, needs=("database",)),
    Check("disk", database.disk),
    Check("slack", slack.reach),
    Check("token", slack.token, needs=("slack", "migrations")),
    Check("socket", slack.app_token, needs=("slack", "migrations")),
    Check("connection", address.connected, needs=("migrations",)),
    Check("address", address.address, needs=("migrations",)),
    Check("channel", channel.channel, needs=("slack",)),
    Check("worker", work.workers, needs=("migrations",)),
    Check("queue", work.jobs, needs=("migrations",)),
    Check("reminders", work.reminders, needs=("migrations",)),
)


def examine() -> list[Finding]:
    """Return all that this process finds out: of its settings, of its plugins, and of what it works with."""
    return [*configured.judge(settings.CONFIG), *left_out(), *diagnose()]


def left_out() -> list[Finding]:
    """Return the plugins that could not be loaded, and without which this process goes on."""
    return [problems.SKIPPED_PLUGIN(reason=broken.reason) for broken in discovery.broken]


def diagnose() -> list[Finding]:
    """Run every check. Needs Django to be set up, and raises nothing; it asks Slack, and changes nothing."""
    findings: list[Finding] = []
    unusable: set[str] = set()
    for check in CHECKS:
        missing = [name for name in check.needs if name in unusable]
        found = [skipped(check.name, f"needs {missing[0]} to be well")] if missing else list(check.run())
        findings += found
        if missing or any(finding.state is State.FAILED and finding.check == check.name for finding in found):
            unusable.add(check.name)
    return findings
