"""Settings that were once called otherwise. The old name works on; whoever uses it is told, unless it is to stay."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import AliasChoices


@dataclass(frozen=True)
class Renamed:
    """A setting's old name and its name now. One that `stays` is as good as the new one."""

    old: str
    new: str
    stays: bool = False

    def __str__(self) -> str:
        return f"{self.old} is called {self.new} now. The old name still works."


RENAMED = (
    Renamed("SIGNING_SECRET", "SLACK_SIGNING_SECRET", stays=True),
    Renamed("DJANGO_LOG_LEVEL", "LOG_LEVEL"),
)
"""Both are the original's names. Add a line here when a setting is renamed; take it out with the next major version."""


def names(new: str) -> AliasChoices:
    """Return the names under which a setting is looked for, the present one first."""
    return AliasChoices(new.lower(), *(each.old.lower() for each in RENAMED if each.new == new))


def under_new_names(source: Callable[[], Mapping[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Return a source of settings that knows the present names alone, so that one source can overrule another."""

    def read() -> dict[str, Any]:
        found = dict(source())
        for each in RENAMED:
            value = found.pop(each.old.lower(), None)
            if value is not None:
                found.setdefault(each.new.lower(), value)
        return found

    return read


def old_names(given: Iterable[str]) -> list[Renamed]:
    """Return what is given under a name that is to go, as a setting or as the file of one."""
    said = {name.upper().removesuffix("_FILE") for name in given}
    return [each for each in RENAMED if not each.stays and each.old in said]


def given_names(environ: Mapping[str, str], file: Path) -> set[str]:
    """Return the names that the environment and `.env` set."""
    return {*environ, *(dotenv_values(file, interpolate=False) if file.is_file() else {})}
