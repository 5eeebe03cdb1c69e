"""What a decorator takes, and the sentence for who wrote it otherwise."""

import inspect
import re
from collections.abc import Callable, Collection
from typing import Any

from response.plugins.errors import PluginError, place

# What happens in an incident's life, and when it has happened.
MOMENTS = {
    "opened": "somebody has declared it",
    "changed": "some of its fields changed; `changes` says which. Closing and reopening are changes as well",
    "closed": "it was closed",
    "reopened": "it was opened again",
    "channel_created": "its channel is there",
}
COMMAND = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")

# What each decorator takes, and how it is written.
TAKES: dict[str, tuple[str, str]] = {
    "incident_command": ("a list of names, each one word", '["runbook"]'),
    "keyword_handler": (
        "a list of words and phrases, or a lookup function that returns one",
        '["runbook", "run book"]',
    ),
    "event_handler": ("the type of one of Slack's events", '"pin_added"'),
    "action_handler": ("the action id of a button", '"page-button"'),
    "form_opener": ("the action id of a button", '"page-button"'),
    "dialog_handler": ("the callback id of a form, and a function as check if there is one", '"page-form"'),
    "headline_post_action": ("a whole number, the order", "order=110"),
    "recurring_notification": ("minutes, more than 0, and how many times at most", "30, max_notifications=10"),
    "single_notification": ("minutes, 0 or more", "initial_delay_mins=10"),
    "lifecycle_handler": (f"a moment: {', '.join(MOMENTS)}", '"opened"'),
}


def mistake(decorator: str, function: Callable[..., Any], *given: object) -> PluginError:
    """Return the sentence about a decorator that was not given what it takes."""
    takes, example = TAKES[decorator]
    shown = ", ".join(repr(each)[:60] for each in given if not inspect.isroutine(each))
    instead = f", and not {shown}" if shown else ""
    return PluginError(f"{place(function)}: @{decorator} takes {takes}{instead}. Write @{decorator}({example}).")


def refuse_bare(decorator: str, given: object) -> None:
    """Raise PluginError when a decorator stands without its brackets: it was given the function itself."""
    if inspect.isroutine(given):
        raise mistake(decorator, given)


def require(is_so: bool, decorator: str, function: Callable[..., Any], *given: object) -> None:
    """Raise PluginError unless a decorator was given what it takes, and decorates a plain function."""
    if not is_so:
        raise mistake(decorator, function, *given)
    if not inspect.isroutine(function):
        raise PluginError(f"{place(function)}: @{decorator} decorates a function, and not {function!r}.")
    if inspect.iscoroutinefunction(function):
        what, remedy = "is async, and nobody waits for it", "Take the `async` away"
    elif inspect.isgeneratorfunction(function):
        what, remedy = "yields, and nobody goes through it", "Return what it says"
    else:
        return
    raise PluginError(f"{place(function)}: {function.__name__}() {what}. {remedy}: handlers are plain functions.")


def are_texts(names: object, pattern: re.Pattern[str] | None = None) -> bool:
    """Whether this is a list of texts, one at least, each of which says something and is like the pattern."""
    if not isinstance(names, Collection) or isinstance(names, str | bytes) or not names:
        return False
    return all(is_text(name) and (pattern is None or pattern.fullmatch(str(name))) for name in names)


def is_text(name: object) -> bool:
    """Whether this is a text that says something."""
    return isinstance(name, str) and bool(name.strip())


def is_number(given: object, *, least: float | None = None, above: float | None = None, whole: bool = False) -> bool:
    """Whether this is a number: at least `least`, more than `above`, and a whole one if wanted."""
    if isinstance(given, bool) or not isinstance(given, int if whole else int | float):
        return False
    return (least is None or given >= least) and (above is None or given > above)
