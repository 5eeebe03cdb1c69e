"""How bad an incident is. It may be unset: nobody has said yet."""

import re

from django.db import models

from response.core.errors import UserError

EMOJI = {"1": "⛈️", "2": "🌧️", "3": "🌦️", "4": "🌤️"}
UNSET_EMOJI = "☁️"


class Severity(models.TextChoices):
    """From worst to least. The stored value is the original's digit."""

    CRITICAL = "1", "Critical"
    MAJOR = "2", "Major"
    MINOR = "3", "Minor"
    TRIVIAL = "4", "Trivial"

    @property
    def emoji(self) -> str:
        """The weather that goes with it."""
        return EMOJI[self.value]

    @classmethod
    def parse(cls, text: str) -> "Severity":
        """Return the one severity that `text` means, by name anywhere in it or by a digit it begins with.

        "minor, 1 customer affected" is minor. Raises UserError when it names none, or several.
        """
        words = set(re.findall(r"[^\W\d_]+", text.lower()))
        named = [level for level in cls if level.label.lower() in words]
        if not named and (digit := re.match(r"\s*(?:sev(?:erity)?\s*-?\s*)?([1-4])\b", text, re.IGNORECASE)):
            named = [cls(digit[1])]
        if len(named) == 1:
            return named[0]
        choices = ", ".join(f"{level.label.lower()} ({level.value})" for level in cls)
        if named:
            raise UserError(f"That names {len(named)} severities. Say one of {choices}.")
        raise UserError(f"Severity is one of {choices}.")


def emoji(severity: str | None) -> str:
    """Return the sign of a stored severity; a cloud when it is unset or no longer known."""
    return EMOJI.get(severity or "", UNSET_EMOJI)


def label(severity: str | None) -> str:
    """Return the name of a stored severity; the stored text itself when it is no longer known, "" when unset."""
    return dict(Severity.choices).get(severity or "", severity or "")


def worse(one: str | None, other: str | None) -> str | None:
    """Return the worse of two stored severities; unset is less bad than any."""
    present = [severity for severity in (one, other) if severity]
    return min(present) if present else None
