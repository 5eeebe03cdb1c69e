"""What is wrong with a plugin, told where somebody can mend it."""

import inspect
import re
import traceback
from collections.abc import Callable
from importlib import import_module
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
    return f"{shown(file or '?')}:{line}"


def shown(file: str) -> str:
    """Return a path as people know it: relative to where they are, if it is below."""
    path = Path(file)
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def not_loaded(error: BaseException, module: str) -> PluginError:
    """Return what to say about a module of a plugin that could not be imported."""
    if isinstance(error, PluginError):
        return error
    if isinstance(error, SyntaxError):
        return PluginError(f"{shown(error.filename or module)}:{error.lineno}: {error.msg}. Correct that line.")
    reason = " ".join(str(error).split()) or "no reason given"
    return PluginError(f"{where(error, module)}: {type(error).__name__}: {reason.rstrip('.')}. {remedy(error)}.")


def remedy(error: BaseException) -> str:
    """Return what to change. What is called with arguments that it does not take says which it does."""
    if isinstance(error, ImportError):
        return "Install what it imports, or correct the name"
    called = (
        re.match(r"(?:\w+\.)*(\w+)\(\) (?:got|takes|missing)", str(error)) if isinstance(error, TypeError) else None
    )
    offered = getattr(import_module("response.plugins"), called[1], None) if called else None
    if called and callable(offered):
        return f"{called[1]} takes: {', '.join(inspect.signature(offered).parameters)}"
    return "Correct that line"


def where(error: BaseException, module: str) -> str:
    """Return the last line of the plugin's own that the error came through, or else the module's name."""
    package = module.rpartition(".")[0] or module
    found = module
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_globals.get("__name__", "")
        if name == module or f"{name}.".startswith(f"{package}."):
            found = f"{shown(frame.f_code.co_filename)}:{line}"
    return found
