"""The kinds of fields that forms on pages have."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from response.core import clock, people, severity
from response.core.models import Person

LONGEST = 100_000
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Words(forms.CharField):
    """Text that people write: as they wrote it, with lines ending as everywhere else."""

    def __init__(self, *, rows: int = 1, empty: str = "", placeholder: str = "", **options: Any) -> None:
        kind = forms.Textarea if rows > 1 else forms.TextInput
        shape = {"rows": rows} if rows > 1 else {}
        super().__init__(
            widget=kind(attrs={**shape, "placeholder": placeholder}),
            max_length=options.pop("max_length", LONGEST),
            required=bool(empty),
            error_messages={"required": empty},
            **options,
        )

    def to_python(self, value: Any) -> str:
        """Return the text."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PersonField(forms.CharField):
    """Somebody, by name: suggested as one types, and asked back when several are called so.

    There may be thousands, so they are not all listed in a menu.
    """

    several = "several"

    def __init__(self, **options: Any) -> None:
        self.whoever = options.pop("whoever", "Nobody yet")
        self.stored: Person | None = None
        super().__init__(required=False, max_length=300, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have the browser ask for suggestions (htmx) and show them (a datalist beside the field)."""
        return {
            **super().widget_attrs(widget),
            "autocomplete": "off",
            "placeholder": self.whoever,
            "list": "people-suggested",
            "hx-get": reverse_lazy("people_suggested"),
            "hx-trigger": "input changed delay:150ms",
            "hx-target": "#people-suggested",
            "hx-swap": "innerHTML",
        }

    def prepare_value(self, value: Any) -> Any:
        """Show a person as what finds them again."""
        return people.label(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        """Return the person, or None for nobody. Raises ValidationError that says how many there are."""
        words = super().clean(value)
        if self.stored and words == people.label(self.stored):
            return self.stored  # whether they are still here or not
        found = people.called(words) if words else []
        if not words or len(found) == 1:
            return found[0] if found else None
        if not found:
            raise ValidationError(f"Nobody here is called “{words}”. An e-mail address or a Slack id works too.")
        reason = f"{len(found)} people may be meant by “{words}”. Choose one."
        raise ValidationError(reason, code=self.several, params={"people": found})


class Moment(forms.DateTimeField):
    """A time, written and read in the reader's zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")

    def __init__(self, *, may_be_later: bool = True, **options: Any) -> None:
        self.may_be_later = may_be_later
        wrong = "Give a date and a time, such as 2026-01-31 14:00."
        super().__init__(error_messages={"invalid": wrong, "required": wrong}, **options)

    def clean(self, value: Any) -> datetime | None:
        """Return the time, aware."""
        moment: datetime | None = super().clean(value)
        if moment and not EARLIEST <= moment < LATEST:
            raise ValidationError("That is before 1970 or after 2199.")
        if moment and not self.may_be_later and moment > clock.now() + timedelta(minutes=1):
            raise ValidationError("That has not come yet.")
        return moment


class Level(forms.ChoiceField):
    """A severity, or none. One that is stored and no longer known stays possible."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[("", "Not set"), *severity.Severity.choices], required=False, **options)

    def keep(self, stored: str | None) -> None:
        """Let what is stored be chosen as well."""
        if stored and stored not in severity.EMOJI:
            self.choices = [*self.choices, (stored, f"{stored} (no longer used)")]  # type: ignore[misc]
