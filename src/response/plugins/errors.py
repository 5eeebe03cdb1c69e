"""What is wrong with a plugin, told where somebody can mend it."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any


class PluginError(Exception):
    """A plugin cannot be used; the message is one sentence with file, line and what to change."""


def place(function: Callable[..., Any]) -> str:
    """Return "file.py:12" of a function, the path relative to the working folder where it can be."""
    code = inspect.unwrap(function)
    try:
        file, line = inspect.getsourcefile(code), inspect.getsourcelines(code)[1]
    except (OSError, TypeError):
        return getattr(function, "__module__", "unknown module")
    path = Path(file or "?")
    return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}:{line}"
