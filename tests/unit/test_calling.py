"""Which parameter of a handler gets what."""

from typing import Any

import pytest

from response.core.models import Incident, Person
from response.plugins.calling import call, plan
from response.plugins.errors import PluginError


class CommsChannel:
    """Only for annotations."""


def readme_command(incident: Incident, user_id: str, message: str): ...  # type: ignore[no-untyped-def]
def readme_reminder(incident: Incident): ...  # type: ignore[no-untyped-def]
def readme_keyword(comms_channel: CommsChannel, user: str, text: str, ts: str): ...  # type: ignore[no-untyped-def]
def later_keyword(comms_channel: CommsChannel, user: str, keyword: str, text: str, ts: str): ...  # type: ignore[no-untyped-def]
def odd_keyword(channel: Any, who: Any, word: Any, said: Any, moment: Any) -> None: ...
def readme_event(incident: Incident, event: dict) -> None: ...  # type: ignore[type-arg]
def odd_event(incident: Incident, payload: Any) -> None: ...
def seed_action(incident: Incident, user_id: str, message: Any, trigger_id: str) -> None: ...
def later_action(ac: Any) -> None: ...
def old_dialog(user_id: str, channel_id: str, submission: Any, response_url: str, state: Any) -> None: ...
def odd_dialog(user: str, channel: str, answers: Any, url: str, incident_id: Any) -> None: ...
def old_headline(post: Any) -> None: ...


@pytest.mark.parametrize(
    ("function", "kind", "values"),
    [
        (readme_command, "command", "incident user_id message"),
        (readme_reminder, "reminder", "incident"),
        (readme_keyword, "keyword", "comms_channel user_id text ts"),
        (later_keyword, "keyword", "comms_channel user_id keyword text ts"),
        (odd_keyword, "keyword", "comms_channel user_id keyword text ts"),
        (readme_event, "event", "incident event"),
        (odd_event, "event", "incident event"),
        (seed_action, "action", "incident user_id message trigger_id"),
        (later_action, "action", "context"),
        (old_dialog, "dialog", "user_id channel_id texts response_url state"),
        (odd_dialog, "dialog", "user_id channel_id texts response_url state"),
        (old_headline, "headline", "headline_post"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_originals_handlers_are_called_by_position(function: Any, kind: str, values: str) -> None:
    assert list(plan(function, kind).values()) == values.split()


def new_command(message: str, incident: Incident, user: Person) -> None: ...
def only_user(user: Person) -> None: ...
def new_keyword(comms_channel: CommsChannel, user: Person, text: str, ts: str) -> None: ...
def user_as_text(user: str) -> None: ...
def with_defaults(incident: Incident, verbose: bool = False, message: str = "") -> None: ...
def nothing() -> None: ...
def keyword_only(*, submission: dict[str, Any], incident: Incident) -> None: ...


@pytest.mark.parametrize(
    ("function", "kind", "planned"),
    [
        (new_command, "command", {"message": "message", "incident": "incident", "user": "user"}),
        (only_user, "action", {"user": "user"}),
        (new_keyword, "keyword", {"comms_channel": "comms_channel", "user": "user", "text": "text", "ts": "ts"}),
        (user_as_text, "command", {"user": "user_id"}),
        (with_defaults, "command", {"incident": "incident", "message": "message"}),
        (nothing, "reminder", {}),
        (keyword_only, "dialog", {"submission": "submission", "incident": "incident"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_handler_gets_what_it_names(function: Any, kind: str, planned: dict[str, str]) -> None:
    assert plan(function, kind) == planned


def misspelt(incident: Incident, user: Person, mesage: str) -> None: ...
def elsewhere(incident: Incident, channel_id: str, words: str) -> None: ...
def unknown(chanel: str) -> None: ...


@pytest.mark.parametrize(("function", "name"), [(misspelt, "mesage"), (elsewhere, "words"), (unknown, "chanel")])
def test_a_parameter_that_nobody_provides_is_refused(function: Any, name: str) -> None:
    with pytest.raises(PluginError, match=rf"test_calling\.py:\d+: {function.__name__}\(\) asks for `{name}`"):
        plan(function, "command")


def test_only_what_is_asked_for_is_looked_up() -> None:
    def costly() -> None:
        raise AssertionError("looked up")

    assert call(lambda text, /: text, "keyword", {"text": lambda: "hello", "incident": costly}) == "hello"
