"""Asking a person at a terminal, or taking what flags and files say."""

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from response.setup.answers import Mistake

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """What is to be known: in words for a person, and by the flag that says it without asking."""

    words: str
    flag: str
    is_secret: bool = False


@dataclass(frozen=True)
class Terminal:
    """Where answers come from. With `asks` off nobody is asked, and what is missing is a Mistake."""

    asks: bool = True

    def say(self, text: str = "") -> None:
        """Tell the person something."""
        print(text, flush=True)

    def ask(self, question: Question, check: Callable[[str], T], *, given: str | None, default: str | None) -> T:
        """Return the answer as `check` has it. A person is asked until it passes; a flag has one try."""
        if given is None and not self.asks:
            given = default
        if given is not None:
            try:
                return check(given)
            except Mistake as mistake:
                if not self.asks:
                    raise Mistake(f"{question.flag}: {mistake}") from mistake
                self.say(f"  ✗ {mistake}")
        elif not self.asks:
            raise Mistake(f"{question.flag} is missing: {question.words}")
        return self.ask_until(question, check, default)

    def ask_until(self, question: Question, check: Callable[[str], T], default: str | None) -> T:
        """Ask a person until the answer passes."""
        while True:
            try:
                return check(self.read(question, default))
            except Mistake as mistake:
                self.say(f"  ✗ {mistake}")

    def read(self, question: Question, default: str | None) -> str:
        """Return what the person types; the default for nothing."""
        shown = "keep the one of .env" if question.is_secret and default else default
        prompt = f"{question.words}{f' [{shown}]' if shown else ''}: "
        hidden = question.is_secret and sys.stdin.isatty()
        typed = (getpass.getpass(prompt) if hidden else input(prompt)).strip()
        return typed or default or ""

    def confirm(self, words: str, *, flag: str, given: bool) -> bool:
        """Return whether the person wants it, or the flag says so. Without either it is no."""
        if given or not self.asks:
            return given
        return self.read(Question(f"{words} [y/N]", flag), None).lower() in {"y", "yes"}
