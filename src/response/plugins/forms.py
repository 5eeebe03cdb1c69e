"""Forms, described without a word of Slack: what is asked, and what may be answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class TextInput:
    """Text. The submission holds it as it was typed, or "" when left empty."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    hint: str = ""
    optional: bool = False
    multiline: bool = False
    max_length: int = 3000


@dataclass(frozen=True)
class SelectInput:
    """One of `options`, which are (label, value) pairs. The submission holds the value, or ""."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str = ""
    placeholder: str = ""
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True)
class PersonInput:
    """A person of the workspace. The submission holds a Person, or None. `value` is their id."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True)
class CheckboxInput:
    """A box to tick. The submission holds True or False."""

    name: str
    label: str
    text: str
    value: bool = False
    hint: str = ""
    optional: bool = True


@dataclass(frozen=True)
class Note:
    """A line of text between the inputs; it asks nothing."""

    text: str


Input = TextInput | SelectInput | PersonInput | CheckboxInput


@dataclass(frozen=True)
class Form:
    """A form. Submitting it runs the `@dialog_handler` of `callback_id`, which gets `state` back as it was.

    `title` and `submit` are at most 24 characters, `state` about 2,500 (Slack's limits).
    """

    callback_id: str
    title: str
    fields: Sequence[Input | Note] = field(default_factory=tuple)
    submit: str = "Save"
    state: str = ""
