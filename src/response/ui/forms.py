"""What people fill in on the pages."""

from typing import Any

from django import forms

from response.core.models import Action, Person


class ActionForm(forms.Form):
    """Something to be done: what, and who does it."""

    details = forms.CharField(
        label="What is to be done",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "Tell support what to answer"}),
        error_messages={"required": "Say what has to be done: the action is empty."},
    )
    owner = forms.ModelChoiceField(
        queryset=Person.objects.filter(deleted=False, is_bot=False).order_by("full_name", "display_name", "pk"),
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": "Choose somebody from the list."},
    )

    def values(self) -> dict[str, Any]:
        """Return the action's fields that were filled in."""
        return {"details": self.cleaned_data["details"], "user": self.cleaned_data["owner"]}


class FullActionForm(ActionForm):
    """All that can be said of an action."""

    due_date = forms.DateTimeField(
        label="Due (UTC)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Give a date and a time, such as 2026-01-31 14:00."},
    )
    priority = forms.ChoiceField(required=False, choices=[("", "Not said"), *Action.Priority.choices])
    type = forms.ChoiceField(required=False, choices=[("", "Not said"), *Action.Type.choices])

    @classmethod
    def of(cls, action: Action) -> "FullActionForm":
        """Return the form filled in with what the action says now."""
        names = ("details", "due_date", "priority", "type")
        return cls(initial={"owner": action.user_id, **{name: getattr(action, name) for name in names}})

    def values(self) -> dict[str, Any]:
        """Return all of the action's fields."""
        more = {name: self.cleaned_data[name] or None for name in ("due_date", "priority", "type")}
        return super().values() | more
