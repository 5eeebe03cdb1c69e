"""How the log is written: a line that people read, or a JSON object that programs do.

A line of ours is an action and its fields: `logger.info("delivery_retried delivery=%d attempt=%d", 7, 2)`. To both
forms are added what is being done just now: the request, the job, the incident.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from response.core import about

ACTION = re.compile(r"([a-z][a-z0-9_]*)(?= |$)")
FIELD = re.compile(r"(?:(\w+)=)?%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")
WRITTEN = re.compile(r"(\w+)=('[^']*'|\"[^\"]*\"|\S+)")
SIMPLE = (str, int, float, bool, type(None))


class Lines(logging.Formatter):
    """A line for people: when, how bad, who says it, what, and what was being done."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - of logging
        """Add what is being done, unless the message says it itself."""
        line = super().formatMessage(record)
        known = {name for name, _ in fields_of(record)}
        return line + "".join(f" {name}={fact}" for name, fact in about.facts().items() if name not in known)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - of logging
        """Leave out what PostgreSQL quotes of a row."""
        return trace_of(ei[1])


class Json(logging.Formatter):
    """An object on a line: `time`, `level`, `logger`, `action` or `message`, the fields, and `trace` after an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        action = action_of(record)
        line |= {"action": action} if action else {"message": record.getMessage()}
        line |= dict(about.facts())
        line |= dict(fields_of(record)) if action else {}
        if record.exc_info and record.exc_info[1]:
            line["trace"] = trace_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def action_of(record: logging.LogRecord) -> str | None:
    """Return the action of a line that is written our way: a word, and fields if any."""
    text = str(record.msg)
    found = ACTION.match(text)
    rest = text[found.end() :] if found else text
    return found[1] if found and ("=" in rest or not rest) and record.name.startswith("response") else None


def fields_of(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a line that is written our way, with their values as they were given."""
    text = str(record.msg)
    arguments = record.args if isinstance(record.args, tuple) else ()
    names = [match[1] for match in FIELD.finditer(text.replace("%%", ""))]
    if len(names) != len(arguments):
        return
    for name, value in zip(names, arguments, strict=True):
        if name:
            yield name, value if isinstance(value, SIMPLE) else str(value)
        elif isinstance(value, str):  # some more fields, written out already
            yield from ((part, said.strip("'\"")) for part, said in WRITTEN.findall(value))


def trace_of(error: BaseException) -> str:
    """Return where an error happened. Of a database error its first line alone: the others quote what is in a row."""
    text = "".join(traceback.format_exception(error)).rstrip()
    for each in chain_of(error):
        said = str(each)
        if "\n" in said and is_of_database(each):
            text = text.replace(said, said.partition("\n")[0])
    return text


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def is_of_database(error: BaseException) -> bool:
    return any(kind.__module__.startswith(("psycopg", "django.db")) for kind in type(error).__mro__)
