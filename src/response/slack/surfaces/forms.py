"""Forms as modals, and what was answered. https://docs.slack.dev/surfaces/modals"""

import json
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from response.plugins.forms import CheckboxInput, Form, Input, Note, PersonInput, SelectInput, TextInput
from response.slack.payloads import JsonDict, dict_at, list_at, text_at
from response.slack.text import cut, editable, for_slack

ANSWER = "answer"  # the action id of every input; the block's id is the field's name
TICKED = "yes"


@dataclass(frozen=True)
class PersonId:
    """A person chosen in a form."""

    id: str


def view(form: Form, *, channel: str = "", response_url: str = "", incident: int | None = None) -> dict[str, Any]:
    """Return the modal. It remembers where and for which incident it was asked for, to be answered there."""
    remembered = {"channel": channel, "response_url": response_url, "state": form.state}
    if incident is not None:
        remembered["incident"] = str(incident)
    modal = View(
        type="modal",
        callback_id=form.callback_id,
        title=PlainTextObject(text=cut(form.title, 24)),
        submit=PlainTextObject(text=cut(form.submit, 24)),
        close=PlainTextObject(text="Cancel"),
        private_metadata=json.dumps(remembered),
        blocks=[block(field) for field in form.fields],
    )
    return modal.to_dict()


def block(field: Input | Note) -> Block:
    if isinstance(field, Note):
        return SectionBlock(text=MarkdownTextObject(text=for_slack(field.text)))
    return InputBlock(
        block_id=field.name,
        label=PlainTextObject(text=cut(field.label, 2000)),
        hint=PlainTextObject(text=field.hint) if field.hint else None,
        optional=field.optional,
        element=element(field),
    )


def element(field: Input) -> InputInteractiveElement:
    match field:
        case TextInput():
            return PlainTextInputElement(
                action_id=ANSWER,
                multiline=field.multiline,
                max_length=field.max_length,
                initial_value=editable(field.value)[: field.max_length] or None,
                placeholder=placeholder(field.placeholder),
            )
        case SelectInput():
            options = [Option(label=label, value=value) for label, value in field.options]
            chosen = next((option for option in options if option.value == field.value), None)
            return StaticSelectElement(
                action_id=ANSWER, options=options, initial_option=chosen, placeholder=placeholder(field.placeholder)
            )
        case PersonInput():
            return UserSelectElement(
                action_id=ANSWER, initial_user=field.value or None, placeholder=placeholder(field.placeholder)
            )
        case CheckboxInput():
            box = Option(label=field.text, value=TICKED)
            return CheckboxesElement(action_id=ANSWER, options=[box], initial_options=[box] if field.value else None)


def placeholder(text: str) -> PlainTextObject | None:
    return PlainTextObject(text=cut(text, 150)) if text else None


def submission(modal: JsonDict) -> dict[str, Any]:
    """Return what was answered, by the fields' names."""
    return {
        text_at(block, "block_id"): answer(dict_at(modal, "state", "values", text_at(block, "block_id"), ANSWER), block)
        for block in inputs(modal)
    }


def changed(modal: JsonDict) -> dict[str, Any]:
    """Return the answers that differ from what the form showed when it was opened."""
    before = {text_at(block, "block_id"): opened_with(block) for block in inputs(modal)}
    return {name: value for name, value in submission(modal).items() if value != before[name]}


def inputs(modal: JsonDict) -> list[JsonDict]:
    """Return the input blocks of a modal."""
    return [block for block in list_at(modal, "blocks") if text_at(block, "type") == "input"]


def answer(state: JsonDict, block: JsonDict) -> Any:
    """Return one answer as the field's class says."""
    match text_at(block, "element", "type"):
        case "static_select":
            return text_at(state, "selected_option", "value")
        case "users_select":
            return person(text_at(state, "selected_user"))
        case "checkboxes":
            return bool(list_at(state, "selected_options"))
        case _:
            return text_at(state, "value")


def opened_with(block: JsonDict) -> Any:
    """Return what an input showed when the form was opened."""
    element = dict_at(block, "element")
    match text_at(element, "type"):
        case "static_select":
            return text_at(element, "initial_option", "value")
        case "users_select":
            return person(text_at(element, "initial_user"))
        case "checkboxes":
            return bool(list_at(element, "initial_options"))
        case _:
            return text_at(element, "initial_value")


def person(user_id: str) -> PersonId | None:
    return PersonId(user_id) if user_id else None


def mistakes(modal: JsonDict) -> dict[str, str]:
    """Return what is missing: Slack's clients check this too, and are not the only ones who can send."""
    answers = submission(modal)
    required = [text_at(block, "block_id") for block in inputs(modal) if not block.get("optional")]
    return {name: "This is needed." for name in required if not answers[name]}
