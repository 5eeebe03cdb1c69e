"""The parts of pages that are current: rendered once a change for all who read them, however many those are.

A fragment is the same for everybody with the same rights who reads in the same time zone. What differs from reader to
reader, the mark against forged forms, is put in when it is handed out.
"""

import gzip
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.middleware.gzip import re_accepts_gzip
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from response.core.models import Incident
from response.ui import live

MOST_KEPT = 100
# Durations grow and people change their names without any incident changing.
SECONDS = 60
# Stands for the reader's token. It is made anew by each process, so nobody can write it into a text.
TOKEN = secrets.token_hex(16)


@dataclass(frozen=True)
class Subject:
    """What a fragment is about: an incident's number or EVERYTHING, and its version when it was asked for."""

    name: str
    version: str

    @classmethod
    def everything(cls) -> "Subject":
        """Return all incidents, as they are now. Ask before reading what is shown, never after."""
        return cls(live.EVERYTHING, live.version(live.EVERYTHING))

    @classmethod
    def of(cls, incident: Incident) -> "Subject":
        """Return an incident with the version that was read together with it."""
        pulse = getattr(incident, "pulse", None)
        return cls(str(incident.pk), str(pulse.version) if pulse else "")


class Shelf:
    """Rendered fragments, the latest used. Whoever asks for one that is being rendered waits for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self.being_made: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return what is kept under a key, made now unless it is there."""
        with self.lock:
            if (found := self.fresh(key)) is not None:
                return found
            turn = self.being_made.setdefault(key, threading.Lock())
        with turn:
            with self.lock:
                if (found := self.fresh(key)) is not None:
                    return found
            try:
                made = make()
                self.put(key, made)
            finally:
                with self.lock:
                    self.being_made.pop(key, None)
        return made

    def fresh(self, key: Hashable) -> str | None:
        made_at, found = self.kept.get(key, (0.0, ""))
        if not found or time.monotonic() - made_at > SECONDS:
            return None
        self.kept.move_to_end(key)
        return found

    def put(self, key: Hashable, made: str) -> None:
        with self.lock:
            self.kept[key] = (time.monotonic(), made)
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)


shelf = Shelf()


def rendered(subject: Subject, look: Hashable, template: str, context: Callable[[], dict[str, Any]]) -> str:
    """Return a fragment, with our mark in the place of tokens. `look` is all that it depends on besides the subject."""

    def make() -> str:
        return render_to_string(template, {**context(), "csrf_token": TOKEN})

    # What has no version yet is shown as it is each time: the first change gives it one.
    return shelf.get((subject, look, template), make) if subject.version else make()


def in_page(request: HttpRequest, fragment: str) -> SafeString:
    """Return a fragment for a page of this reader's."""
    return mark_safe(fragment.replace(TOKEN, get_token(request)))  # noqa: S308 - a template of ours made it


def alone(request: HttpRequest, subject: Subject, fragment: str) -> HttpResponse:
    """Return a fragment for a page that is open already, and has its tokens."""
    headers = {"ETag": f'"{subject.version}"', "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if not re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(fragment.replace(TOKEN, ""), headers=headers)
    return HttpResponse(packed(fragment), headers={**headers, "Content-Encoding": "gzip"})


@lru_cache(maxsize=50)
def packed(fragment: str) -> bytes:
    """Return a fragment without tokens, compressed once for all who fetch it: nothing in it is one reader's."""
    return gzip.compress(fragment.replace(TOKEN, "").encode(), compresslevel=6, mtime=0)
