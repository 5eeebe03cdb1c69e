"""What a check finds: that all is well, or a problem with the way out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How bad it is. Only what failed makes `response doctor` fail."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def sign(self) -> str:
        """The state as one character."""
        return {"ok": "✓", "warning": "!", "failed": "✗", "skipped": "-"}[self.value]

    @property
    def words(self) -> str:
        """The state in words."""
        return {"ok": "Well", "warning": "Doubtful", "failed": "Broken", "skipped": "Not looked at"}[self.value]


@dataclass(frozen=True)
class Finding:
    """One line of the diagnosis. `problem` is the problem's name, or empty."""

    check: str
    state: State
    text: str
    fix: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Problem:
    """Something that can be wrong: how it is told, and what to do. The words may hold `{facts}`.

    A test of the name `test_<name>` shows each (docs/reference/doctor.md).
    """

    check: str
    name: str
    text: str
    fix: str
    state: State = State.FAILED

    def __call__(self, **facts: Any) -> Finding:
        """Return the finding with its facts."""
        return Finding(self.check, self.state, self.text.format(**facts), self.fix.format(**facts), self.name)


def well(check: str, text: str) -> Finding:
    """Return the finding that all is well."""
    return Finding(check, State.OK, text)


def skipped(check: str, reason: str) -> Finding:
    """Return the finding that nothing could be found out."""
    return Finding(check, State.SKIPPED, reason)


def summary(findings: Sequence[Finding]) -> str:
    """Return in a sentence how much is wrong."""
    broken = sum(finding.state is State.FAILED for finding in findings)
    doubtful = sum(finding.state is State.WARNING for finding in findings)
    return f"{broken or 'Nothing'} broken, {doubtful or 'nothing'} doubtful."
