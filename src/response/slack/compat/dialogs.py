"""`response.slack.dialog_builder`: the original's dialogs, which Slack has retired, shown as modals."""

from typing import Any

from django.conf import settings

from response.plugins.forms import Form, Note, PersonInput, SelectInput, TextInput
from response.plugins.forms import Input as NewInput
from response.slack.models import InboundRequest
from response.slack.payloads import Interaction, JsonDict, list_at, text_at
from response.slack.surfaces import forms

LONGEST_LINE = 150  # characters in a dialog's text element
LONGEST_TEXT = 3000


class Element:
    """A question of a dialog. What is not given is left out of its serialised form."""

    kind = ""

    def __init__(  # noqa: PLR0917 - the original's
        self,
        label: str,
        name: str,
        optional: bool = False,
        hint: str | None = None,
        subtype: str | None = None,
        value: Any = None,
        placeholder: str | None = None,
    ) -> None:
        self.label, self.name, self.optional, self.hint = label, name, optional, hint
        self.subtype, self.value, self.placeholder = subtype, value, placeholder

    def serialize(self) -> JsonDict:
        """Return the element as Slack's dialogs took it."""
        known = {"type": self.kind, **self.__dict__, **self.more()}
        return {name: value for name, value in known.items() if value}

    def more(self) -> JsonDict:
        return {}


class Text(Element):
    """A line of text."""

    kind = "text"


class TextArea(Element):
    """Lines of text."""

    kind = "textarea"


class SelectWithOptions(Element):
    """One of `options`: pairs of (label, value)."""

    kind = "select"

    def __init__(self, options: list[tuple[str, str]], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.options = options

    def more(self) -> JsonDict:
        return {"options": [{"label": label, "value": value} for label, value in self.options]}


class SelectFromUsers(Element):
    """Somebody of the workspace."""

    kind = "select"

    def more(self) -> JsonDict:
        return {"data_source": "users"}


class Dialog:
    """A form. Its submission reaches the `@dialog_handler` of the callback id, as texts, with `state` as it was."""

    def __init__(self, title: str, submit_label: str, elements: list[Element] | None = None, state: Any = None) -> None:
        self.title, self.submit_label, self.elements, self.state = title, submit_label, list(elements or []), state

    def add_element(self, element: Element) -> None:
        """Ask one more thing."""
        self.elements.append(element)

    def set_state(self, state: Any) -> None:
        """Remember something until the submission."""
        self.state = state

    def build_dialog(self, callback_id: str) -> JsonDict:
        """Return the dialog as Slack's dialogs were."""
        elements = [element.serialize() for element in self.elements]
        state = "" if self.state is None else str(self.state)
        title = {"title": self.title, "submit_label": self.submit_label, "callback_id": callback_id}
        return {**title, "elements": elements, "state": state}

    def send_open_dialog(self, callback_id: str, trigger_id: str) -> JsonDict:
        """Show it to who caused the trigger, within 3 s of that. Raises SlackError."""
        answer: JsonDict = settings.SLACK_CLIENT.dialog_open(self.build_dialog(callback_id), trigger_id)
        return answer


def view(dialog: JsonDict, trigger_id: str) -> JsonDict:
    """Return a dialog as a modal that remembers where its trigger came from."""
    caused = InboundRequest.objects.filter(key=f"action:{trigger_id}"[:100]).first()
    where = Interaction.of(caused.payload) if caused else None
    channel, url = (where.channel, where.response_url) if where else ("", "")
    form = Form(
        text_at(dialog, "callback_id"),
        text_at(dialog, "title"),
        [field(element) for element in list_at(dialog, "elements")],
        submit=text_at(dialog, "submit_label") or "Submit",
        state=text_at(dialog, "state"),
    )
    return forms.view(form, channel=channel, response_url=url)


def field(element: JsonDict) -> NewInput | Note:
    """Return a dialog's element as a form's field."""
    known: JsonDict = {
        "name": text_at(element, "name"),
        "label": text_at(element, "label"),
        "value": str(element.get("value") or ""),
        "placeholder": text_at(element, "placeholder"),
        "hint": text_at(element, "hint"),
        "optional": bool(element.get("optional")),
    }
    match text_at(element, "type"), text_at(element, "data_source"):
        case "select", "users":
            return PersonInput(**known)
        case "select", _:
            options = [(str(option["label"]), str(option["value"])) for option in list_at(element, "options")]
            return SelectInput(**known, options=options)
        case kind, _:
            is_long = kind == "textarea"
            return TextInput(**known, multiline=is_long, max_length=LONGEST_TEXT if is_long else LONGEST_LINE)


def texts(modal: JsonDict) -> dict[str, str | None]:
    """Return what was answered as dialogs did: people by their ids, and None for what was left empty."""
    answers = {name: getattr(value, "id", value) for name, value in forms.submission(modal).items()}
    return {name: (str(value) if value else None) for name, value in answers.items()}
