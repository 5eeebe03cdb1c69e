"""Changes made in the admin: by whoever is signed in, through the verbs of the record, with the trace they leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, TextField
from django.http import HttpRequest, HttpResponse

from response.admin.rules import Kept
from response.core import changes, people
from response.core.errors import UserError
from response.core.models import Person

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


@contextmanager
def acting_for(request: HttpRequest) -> Iterator[Person]:
    """Have everything in the block be done by whoever is signed in. Yields them."""
    by = people.behind(request.user)  # type: ignore[arg-type]  # the admin lets nobody in who is not signed in
    with changes.acting(by, via="admin"):
        yield by


def only_view(widget: Any) -> None:
    """Have a choice of rows offer to look at one; making and changing rows has pages of its own."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_add_related = widget.can_change_related = widget.can_delete_related = False


class TracedForm(ModelForm):
    """A form that knows what its person changed, and minds nothing else."""

    refusal: str | None = None

    def clean(self) -> dict[str, Any] | None:
        """Refuse what the record refused."""
        if self.refusal:
            raise ValidationError(self.refusal)
        return super().clean()

    def given(self) -> dict[str, Any]:
        """Return what was changed. Browsers send line breaks in two characters; the record has one."""
        values = {name: self.cleaned_data[name] for name in self.changed_data}
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in values.items()
        }

    def _get_validation_exclusions(self) -> set[str]:
        """Leave alone what nobody changed: it may be of a time when more was allowed."""
        unchanged = set(self.fields) - set(self.changed_data)
        return super()._get_validation_exclusions() | unchanged  # type: ignore[misc,no-any-return]


class Traced(Kept):
    """A table whose changes go through the verbs of the record, which write down who changed what."""

    form = TracedForm

    def write(self, row: Any, given: dict[str, Any], *, by: Person, is_new: bool) -> None:
        """Do it. `given` is what the person changed in the form; the row has all of the form's values."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Do it as whoever is signed in."""
        with acting_for(request) as by:
            self.write(obj, form.given(), by=by, is_new=not change)

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Have the form say what it showed, so that what others change meanwhile is not changed back."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.show_hidden_initial = True
            only_view(field.widget)
            if isinstance(db_field, TextField):
                field.widget.attrs["rows"] = 4
        return field

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the record refuses as a mistake in the form."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (UserError, ValidationError) as error:
            refusal = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            request.META["response.refusal"] = refusal
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, which is made for this request alone, with what the record refused."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = request.META.get("response.refusal")
        return form
