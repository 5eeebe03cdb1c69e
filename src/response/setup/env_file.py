"""The file `.env`: changed line by line, so that what others wrote there stays."""

import io
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from response.setup.answers import Mistake

EXPORT = "export "
PLAIN = re.compile(r"[\w./:@%+,?&=~-]+")


def read(path: Path) -> dict[str, str]:
    """Return what the file sets; nothing when there is no file. Raises Mistake when it cannot be read."""
    if not path.is_file():
        return {}
    try:
        return {name: value for name, value in dotenv_values(path, interpolate=False).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not text'}.") from error


def write(path: Path, values: Mapping[str, str], comments: Mapping[str, str] | None = None) -> None:
    """Set the values, each once; every other line stays as it is. The file is then its owner's alone.

    `comments` are lines to stand above a value, in the place of an earlier one that begins with the same word.
    Raises Mistake when it cannot be written; it is then what it was.
    """
    try:
        old = path.read_text("utf-8") if path.is_file() else ""  # a device has no text
        replace_file(path.resolve(), changed(old, values, comments or {}))
    except OSError as error:
        raise Mistake(f"{path} cannot be written: {error.strerror}. Choose another file with --env-file.") from error


def changed(text: str, values: Mapping[str, str], comments: Mapping[str, str]) -> str:
    """Return the text of a file with these values set."""
    lines: list[str] = []
    left = dict(values)
    for binding in parse_stream(io.StringIO(text)):
        original = binding.original.string
        if binding.key in values:
            if binding.key in left:  # a second line that sets it would overrule the first
                lines += [blank_of(original), exported(original) + line(binding.key, left.pop(binding.key))]
        elif is_replaced(original, comments):
            lines.append(blank_of(original))
        else:
            lines.append(original)
    if lines and not "".join(lines).endswith("\n"):
        lines.append("\n")
    lines += [line(name, value) for name, value in left.items()]
    for name, comment in comments.items():
        at = next(number for number, each in enumerate(lines) if each.removeprefix(EXPORT).startswith(f"{name}="))
        lines.insert(at, f"# {comment}\n")
    return "".join(lines)


def blank_of(original: str) -> str:
    """Return the empty lines that stand above something."""
    return original[: len(original) - len(original.lstrip())]


def exported(original: str) -> str:
    return EXPORT if original.lstrip().startswith(EXPORT) else ""


def is_replaced(original: str, comments: Mapping[str, str]) -> bool:
    """Whether this is an earlier one of our comments."""
    ours = tuple(f"# {comment.partition(':')[0]}:" for comment in comments.values())
    return bool(ours) and original.lstrip().startswith(ours)


def line(name: str, value: str) -> str:
    """Return the line that sets a value, quoted where it has to be."""
    if PLAIN.fullmatch(value) or not value:
        return f"{name}={value}\n"
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'\n"


def replace_file(path: Path, text: str) -> None:
    """Put a file in the place of another, whole or not at all, readable by its owner alone."""
    if path.exists() and not path.is_file():
        path.write_text(text, "utf-8")  # a pipe or a device: there is nothing to put in its place
        return
    handle, name = tempfile.mkstemp(prefix=".env-", dir=path.parent)  # mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def comment_of(path: Path, word: str) -> str | None:
    """Return what one of our comments says, behind its word and colon."""
    if not path.is_file():
        return None
    found = re.search(rf"^# {re.escape(word)}: (.*)$", path.read_text("utf-8", "replace"), re.MULTILINE)
    return found[1].strip() if found else None
