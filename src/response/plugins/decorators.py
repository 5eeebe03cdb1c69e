"""One decorator for each way to extend Response. Each returns the function as it was.

`func=` registers a function without decorating it, as in the original: `action_handler("id", func=press)`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeVar, cast

from response.plugins import calling, registry
from response.plugins.arguments import COMMAND, MOMENTS, are_texts, is_number, is_text, refuse_bare, require
from response.plugins.registry import Handler, Registry
from response.reminders.schedule import Plan

F = TypeVar("F", bound=Callable[..., Any])
Function = Callable[..., Any]


def register(
    decorator: str,
    into: Registry,
    func: Function | None,
    *given: object,
    fits: bool,
    names: Callable[[], Iterable[str]],
    **about: Any,
) -> Callable[[F], F]:
    """Register `func` now, or return the decorator that will.

    `given` is what the decorator was given, and `fits` whether that is what it takes; only then are `names` asked for.
    """

    def decorate(function: Function) -> Function:
        require(fits, decorator, function, *given)
        into.add(Handler(into.kind, tuple(names()), function, **about))
        return function

    return decorated(decorator, decorate, func, given[0])


def decorated(decorator: str, decorate: Function, func: Function | None, first: object) -> Callable[[F], F]:
    """Decorate `func` now, or return the decorator that will. `first` is what stands first in its brackets."""
    refuse_bare(decorator, first)
    return cast("Callable[[F], F]", decorate if func is None else decorate(func))


def incident_command(
    commands: Sequence[str], func: Function | None = None, helptext: str = "", *, example: str = "", group: str = ""
) -> Callable[[F], F]:
    """Run on `@incident <command> …` or `/incident <command> …` in an incident's channel.

    `commands` are its names, each one word, the first the main one; case does not matter. A plugin's command takes the
    place of a built-in one. `helptext`, `example` and `group` show in the help.
    """
    return register(
        "incident_command",
        registry.commands,
        func,
        commands,
        fits=are_texts(commands, COMMAND),
        names=lambda: (name.lower() for name in commands),
        helptext=helptext,
        example=example,
        group=group,
    )


def keyword_handler(
    keywords: Sequence[str] = (), func: Function | None = None, *, lookup: Callable[[], Iterable[str]] | None = None
) -> Callable[[F], F]:
    """Run when a word or phrase stands in a message of an incident's channel, once a message, whatever the case.

    `lookup()` returns further words and phrases; it is called for each message, so that they may come from a database.
    """
    fits = are_texts(keywords) or (callable(lookup) and not isinstance(keywords, str) and not keywords)
    return register(
        "keyword_handler", registry.keywords, func, keywords, fits=fits, names=lambda: keywords, lookup=lookup
    )


def event_handler(event: str, func: Function | None = None) -> Callable[[F], F]:
    """Run on each Slack event of this type, such as "pin_added", that the Slack app is subscribed to.

    A handler that names `incident` or `comms_channel` is called for events in an incident's channel, any other for all
    of them; messages are heard in incidents' channels alone. What our own bot does is no event.
    """
    return register("event_handler", registry.events, func, event, fits=is_text(event), names=lambda: [event])


def action_handler(callback_id: str, func: Function | None = None) -> Callable[[F], F]:
    """Run when a button or select with this action id is used. What it returns is told to that person alone."""
    fits = is_text(callback_id)
    return register("action_handler", registry.actions, func, callback_id, fits=fits, names=lambda: [callback_id])


def form_opener(action_id: str, func: Function | None = None) -> Callable[[F], F]:
    """Open a form when a button with this action id is pressed: the function returns the Form.

    It runs while Slack waits, for 3 s at most, so it only reads.
    """
    return register("form_opener", registry.forms, func, action_id, fits=is_text(action_id), names=lambda: [action_id])


def dialog_handler(
    callback_id: str, func: Function | None = None, *, check: Callable[..., dict[str, str]] | None = None
) -> Callable[[F], F]:
    """Run when the form with this callback id is submitted. What it returns is told to that person alone.

    `check` runs first, while the form is open and Slack waits, so it only reads. It returns what is wrong, as
    {name of the input: sentence}, and {} lets the form close.
    """
    fits = is_text(callback_id) and (check is None or callable(check))
    if check is not None and fits:
        calling.plan(check, "check")
    given = (callback_id,) if check is None else (callback_id, check)
    return register(
        "dialog_handler", registry.dialogs, func, *given, fits=fits, names=lambda: [callback_id], check=check
    )


def headline_post_action(order: int = 0, func: Function | None = None) -> Callable[[F], F]:
    """Add a button to the headline posts: the function returns a Button, or None for none.

    Buttons stand in ascending `order`; the built-in ones are 100 (channel), 200 (edit) and 300 (close).
    """
    return register(
        "headline_post_action",
        registry.headline_actions,
        func,
        order,
        fits=is_number(order, whole=True),
        names=lambda: [f"{order:09d}"],
        order=order,
    )


def recurring_notification(
    interval_mins: float, max_notifications: int = 1, func: Function | None = None, *, in_hours: bool = False
) -> Callable[[F], F]:
    """Look at each open incident with a channel every `interval_mins` minutes, and speak at most so many times.

    The function returns what to post, or posts by itself, or does neither when there is nothing to say: that is not
    counted, and it looks again a minute later. Under what it says stand a snooze and a stop. With `in_hours` a due
    time moves into REMINDER_HOURS.
    """
    fits = is_number(interval_mins, above=0) and is_number(max_notifications, least=0, whole=True)
    given = (interval_mins, max_notifications)
    return remind("recurring_notification", func, *given, fits=fits, limit=max_notifications, in_hours=in_hours)


def single_notification(
    initial_delay_mins: float = 0, func: Function | None = None, *, in_hours: bool = False
) -> Callable[[F], F]:
    """Speak once about each open incident with a channel, `initial_delay_mins` minutes after its start.

    While there is nothing to say, it looks again every minute.
    """
    fits = is_number(initial_delay_mins, least=0)
    return remind("single_notification", func, initial_delay_mins, fits=fits, limit=1, in_hours=in_hours)


def remind(
    decorator: str, func: Function | None, minutes: float, *more: object, fits: bool, limit: int, in_hours: bool
) -> Callable[[F], F]:
    """Register a reminder: every so many minutes, at most `limit` times."""

    def decorate(function: Function) -> Function:
        require(fits, decorator, function, minutes, *more)
        key = f"{function.__module__}.{function.__qualname__}"
        plan = Plan(key, timedelta(minutes=minutes), limit, in_hours)
        registry.reminders.add(Handler(registry.reminders.kind, (key,), function, plan=plan))
        return function

    return decorated(decorator, decorate, func, minutes)


def lifecycle_handler(moment: str, func: Function | None = None) -> Callable[[F], F]:
    """Run after an incident was "opened", "changed", "closed" or "reopened", or its channel made ("channel_created").

    It runs in a job of its own, after the change is stored. Closing and reopening are changes as well.
    """
    return register("lifecycle_handler", registry.hooks, func, moment, fits=moment in MOMENTS, names=lambda: [moment])
