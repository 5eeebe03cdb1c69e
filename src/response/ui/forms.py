"""What people fill in on the pages."""

from typing import Any, ClassVar

from django import forms

from response.core.models import Action, Person
from response.ui.fields import Level, Moment, PersonField, Words

LONGEST_REPORT = 3000
NO_REPORT = "Say in a line what is broken."
NO_DETAILS = "Say what has to be done: the action is empty."
NO_NOTE = "Say what happened: the entry is empty."


class PageForm(forms.Form):
    """A form whose labels are its own on a page with several. Where a name means several people, it lets one choose."""

    title: ClassVar[str] = ""
    prefix_of_ids = "form"

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"{self.prefix_of_ids}_%s")

    def full_clean(self) -> None:
        """Check what was filled in."""
        super().full_clean()
        for name, mistakes in self.errors.as_data().items():
            for mistake in mistakes:
                if mistake.code == PersonField.several and mistake.params:
                    self.fields[name].widget = menu(mistake.params["people"])


def menu(people: list[Person]) -> forms.Select:
    """Return a menu of people who are called alike."""
    options = [(f"#{person.pk}", f"{person} ({person.email or person.external_id})") for person in people]
    return forms.Select(choices=[("", "Nobody"), *options])


class DeclareForm(PageForm):
    """What is broken."""

    prefix_of_ids = "declare"
    report = Words(label="Report", empty=NO_REPORT, max_length=LONGEST_REPORT, placeholder="What is wrong, in a line?")
    summary = Words(label="Summary", rows=4, placeholder="What do you know so far?")
    impact = Words(label="Impact", rows=3, placeholder="Who is affected, and how badly?")
    lead = PersonField(label="Lead")
    severity = Level(label="Severity")
    open_channel = forms.BooleanField(label="Open a channel for it straight away", required=False)


class NoteForm(PageForm):
    """Something that happened."""

    title = "Write on the timeline"
    prefix_of_ids = "note"
    text = Words(label="What happened", rows=2, empty=NO_NOTE, placeholder="Rolled back the deploy of 14:00")
    timestamp = Moment(label="When, unless now", required=False, may_be_later=False)


class ActionForm(PageForm):
    """Something to be done: what, and who does it."""

    title = "Note what has to be done"
    prefix_of_ids = "action"
    details = Words(
        label="What is to be done",
        rows=2,
        empty=NO_DETAILS,
        max_length=LONGEST_REPORT,
        placeholder="Tell support what to answer",
    )
    owner = PersonField(label="Owner")


class FullActionForm(ActionForm):
    """All that can be said of an action."""

    prefix_of_ids = "full_action"
    due_date = Moment(label="Due", required=False)
    priority = forms.ChoiceField(required=False, choices=[("", "Not said"), *Action.Priority.choices])
    type = forms.ChoiceField(required=False, choices=[("", "Not said"), *Action.Type.choices])
    done = forms.BooleanField(label="Done", required=False)
