"""Which handler answers what. Filled by the decorators, asked by whoever has something to handle."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from response.plugins import calling
from response.plugins.errors import PluginError, place
from response.reminders.schedule import Plan

Function = Callable[..., Any]
BUILT_IN = ("response.builtin.", "response.slack.")


@dataclass(frozen=True)
class Handler:
    """A decorated function, and what it answers to."""

    kind: str
    names: tuple[str, ...]
    function: Function
    helptext: str = ""
    example: str = ""
    group: str = ""
    order: int = 0
    check: Callable[..., dict[str, str]] | None = None
    plan: Plan | None = None
    lookup: Callable[[], Iterable[str]] | None = None

    @property
    def key(self) -> str:
        """A name that stays the same across restarts and differs between modules."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    @property
    def is_built_in(self) -> bool:
        """Whether it came with Response; a plugin may replace it."""
        return self.function.__module__.startswith(BUILT_IN)


@dataclass
class Registry:
    """The handlers of one kind that answer to a name: one each (`exclusive`), or as many as there are."""

    kind: str
    exclusive: bool
    by_name: dict[str, list[Handler]] = field(default_factory=dict)

    def add(self, handler: Handler) -> None:
        """Register a handler. A plugin's replaces a built-in one; two plugins of one name are an error."""
        calling.plan(handler.function, self.kind)
        twin = self.by_key(handler.key)
        if twin and place(twin.function) != place(handler.function):
            raise PluginError(
                f"{place(handler.function)}: {handler.function.__name__} is also what the {self.kind} handler at "
                f"{place(twin.function)} is called. Give the function a name of its own."
            )
        for name in handler.names or ("",):  # one that looks its words up may have none of its own
            present = self.by_name.setdefault(name, [])
            if not self.exclusive:
                present.append(handler)
            elif not present or (present[0].is_built_in and not handler.is_built_in) or same(present[0], handler):
                present[:] = [handler]
            elif present[0].is_built_in == handler.is_built_in:
                raise PluginError(
                    f"{place(handler.function)}: the {self.kind} `{name}` is taken by {place(present[0].function)}. "
                    f"Give one of them another name."
                )

    def get(self, name: str) -> Handler | None:
        """Return the one handler of this name."""
        return next(iter(self.by_name.get(name, ())), None)

    def all(self, name: str) -> list[Handler]:
        """Return the handlers of this name in the order of their registration."""
        return list(self.by_name.get(name, ()))

    def by_key(self, key: str) -> Handler | None:
        """Return the handler with this key, whatever it answers to."""
        return next((handler for handler in self if handler.key == key), None)

    def remove(self, name: str) -> None:
        """Forget what answers to this name."""
        self.by_name.pop(name, None)

    def __iter__(self) -> Iterator[Handler]:
        """Iterate over the handlers, each once, in the order of their registration."""
        return iter({id(handler): handler for handlers in self.by_name.values() for handler in handlers}.values())


def same(one: Handler, other: Handler) -> bool:
    """Whether both are one function, registered or loaded again."""
    return one.key == other.key and place(one.function) == place(other.function)


commands = Registry("command", exclusive=True)
keywords = Registry("keyword", exclusive=False)
events = Registry("event", exclusive=False)
actions = Registry("action", exclusive=True)
dialogs = Registry("dialog", exclusive=True)
forms = Registry("form", exclusive=True)
headline_actions = Registry("headline", exclusive=False)
reminders = Registry("reminder", exclusive=True)
hooks = Registry("hook", exclusive=False)

REGISTRIES = (commands, keywords, events, actions, dialogs, forms, headline_actions, reminders, hooks)
Content = list[dict[str, list[Handler]]]


def content() -> Content:
    """Return who answers what now, to go back to with `restore`."""
    return [{name: list(handlers) for name, handlers in each.by_name.items()} for each in REGISTRIES]


def restore(before: Content) -> None:
    """Have the same handlers answer as before, and no others."""
    for each, by_name in zip(REGISTRIES, before, strict=True):
        each.by_name = {name: list(handlers) for name, handlers in by_name.items()}


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Register what the block registers, or, when it fails, none of it."""
    before = content()
    try:
        yield
    except BaseException:
        restore(before)
        raise


def command_for(word: str) -> Handler | None:
    """Return the command of this name, whatever its case."""
    return commands.get(word.lower())


def keywords_in(text: str) -> list[tuple[Handler, str]]:
    """Return the handlers whose word or phrase stands in the text, each once, with the first word that did.

    Those that look their words up are there too, with "": they are asked in their own turn, by `looked_up`.
    """
    found = ((handler, first_of(handler.names, text)) for handler in keywords)
    return [(handler, word or "") for handler, word in found if word or handler.lookup]


def looked_up(handler: Handler, text: str) -> str | None:
    """Return the first of the words that a handler looks up which stands in the text."""
    return first_of(handler.lookup(), text) if handler.lookup else None


def first_of(phrases: Iterable[str], text: str) -> str | None:
    """Return the first of these words and phrases that stands in the text."""
    return next((phrase for phrase in phrases if has_phrase(text, phrase)), None)


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text as words, whatever the case and the spaces between."""
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None
