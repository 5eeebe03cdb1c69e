"""One decorator for each way to extend Response. Each returns the function as it was.

`func=` registers a function without decorating it, as in the original: `action_handler("id", func=press)`.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar, cast

from response.plugins import registry
from response.plugins.errors import PluginError, place
from response.plugins.registry import Handler, Registry
from response.reminders.schedule import Plan

F = TypeVar("F", bound=Callable[..., Any])


def register(into: Registry, names: Sequence[str], func: Callable[..., Any] | None, **about: Any) -> Callable[[F], F]:
    """Register `func` now, or return the decorator that will."""

    def decorate(function: Callable[..., Any]) -> Any:
        if isinstance(names, str) or not all(map(is_name, names)):
            raise PluginError(f'{place(function)}: {into.kind} names are a list of words, for example ["name"].')
        into.add(Handler(into.kind, tuple(names), function, **about))
        return function

    if func is None:
        return decorate
    return cast("Callable[[F], F]", decorate(func))


def is_name(name: object) -> bool:
    """Whether this can be what a handler answers to."""
    return isinstance(name, str) and bool(name.strip())


def incident_command(
    commands: Sequence[str],
    func: Callable[..., Any] | None = None,
    helptext: str = "",
    *,
    example: str = "",
    group: str = "",
) -> Callable[[F], F]:
    """Run on `@incident <command> …` in an incident's channel. `commands` are its names, the first the main one.

    The function may name: incident, user, user_id, message (the rest of the line, "" when nothing), channel_id,
    comms_channel, chat, ts, thread_ts, said_at (when, in aware UTC), event. It returns what to reply, None, or the
    original's pair (handled, reply); a reply is a text or a Message.
    UserError is told to the person. `helptext`, `example` and `group` show in the help.
    """
    names = commands if isinstance(commands, str) else [name.lower() for name in commands]
    return register(registry.commands, names, func, helptext=helptext, example=example, group=group)


def keyword_handler(keywords: Sequence[str], func: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Run when a word or phrase stands in a message of an incident's channel, once a message, whatever the case.

    The function may name: comms_channel, user, user_id, keyword, text, ts, thread_ts, said_at, incident, chat,
    event.
    What it returns is posted in the channel.
    """
    return register(registry.keywords, keywords, func)


def event_handler(event: str, func: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Run on each Slack event of this type (such as "pin_added") that belongs to an incident.

    The function may name: incident, event (Slack's inner event, a dict), user, user_id, channel_id,
    comms_channel, chat.
    """
    return register(registry.events, [event], func)


def action_handler(callback_id: str, func: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Run when a button or select with this action id is used.

    The function may name: incident, user, user_id, value, message (a dict), trigger_id, response_url, context
    (an ActionContext), comms_channel, chat. What it returns is told to the person alone.
    """
    return register(registry.actions, [callback_id], func)


def form_opener(action_id: str, func: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Open a form when a button with this action id is pressed: the function returns a Form, at once.

    It runs while Slack waits (3 s), so it only reads. It may name: incident, user, user_id, value, text, chat.
    """
    return register(registry.forms, [action_id], func)


def dialog_handler(
    callback_id: str, func: Callable[..., Any] | None = None, *, check: Callable[..., dict[str, str]] | None = None
) -> Callable[[F], F]:
    """Run when the form with this callback id is submitted.

    The function may name: incident, user, user_id, submission (a dict of what was answered), changed (the part of
    it that differs from how the form was opened), state, channel_id, response_url, comms_channel, chat.
    `check(submission)` runs first, while the form is still open: it returns what is wrong as {field name: sentence},
    and {} lets the form close.
    """
    return register(registry.dialogs, [callback_id], func, check=check)


def headline_post_action(order: int = 0, func: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Add a button to the headline post. The function gets `headline_post` or `incident` and returns a Button or None.

    Buttons stand in ascending `order`; the built-in ones are 100 (channel), 200 (edit) and 300 (close).
    """
    return register(registry.headline_actions, [f"{order:09d}"], func, order=order)


def recurring_notification(
    interval_mins: float, max_notifications: int = 1, func: Callable[..., Any] | None = None, *, in_hours: bool = False
) -> Callable[[F], F]:
    """Look at each open incident with a channel every `interval_mins` minutes, and speak at most so many times.

    The function may name: incident, comms_channel, chat. It returns what to post (a text or a Message), or posts by
    itself, or does neither when there is nothing to say: that is not counted, and it looks again a minute later.
    Under what it says stand a snooze and a stop. With `in_hours` a due time moves into REMINDER_HOURS.
    """

    def decorate(function: F) -> F:
        key = f"{function.__module__}.{function.__qualname__}"
        plan = Plan(key, timedelta(minutes=interval_mins), max_notifications, in_hours)
        return register(registry.reminders, [key], None, plan=plan)(function)

    return decorate if func is None else cast("Callable[[F], F]", decorate(func))


def single_notification(
    initial_delay_mins: float = 0, func: Callable[..., Any] | None = None, *, in_hours: bool = False
) -> Callable[[F], F]:
    """Speak once about each incident with a channel, `initial_delay_mins` minutes after its start."""
    return recurring_notification(initial_delay_mins, 1, func, in_hours=in_hours)


MOMENTS = ("opened", "changed", "closed", "reopened", "channel_created")


def lifecycle_handler(moment: str, func: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Run after an incident was "opened", "changed", "closed", "reopened", or its channel was made ("channel_created").

    The function may name: incident, user (who did it), changes (a list of {"field", "old", "new"}, for "changed"),
    comms_channel, chat. It runs in a job of its own, after the change is stored.
    """

    def decorate(function: F) -> F:
        if moment not in MOMENTS:
            there_is = ", ".join(f'"{each}"' for each in MOMENTS)
            raise PluginError(f"{place(function)}: an incident has no moment {moment!r}; it has {there_is}.")
        return register(registry.hooks, [moment], None)(function)

    return decorate if func is None else cast("Callable[[F], F]", decorate(func))
