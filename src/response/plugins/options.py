"""The settings of plugins, read where Response's own are: the environment, `.env`, and `NAME_FILE` for a secret."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from pydantic import ValidationError, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from response.plugins.errors import PluginError, shown

T = TypeVar("T", str, int, float, bool)


@dataclass(frozen=True)
class Option:
    """A setting that a plugin has defined."""

    name: str
    default: str | float | bool
    description: str
    plugin: str


options: dict[str, Option] = {}
"""What plugins have defined, by name."""


def setting(name: str, default: T, description: str = "") -> T:
    """Define a setting, and return its value; from then on it also is `django.conf.settings.NAME`.

    `name` is the environment variable, in capitals. The value is of the default's type: text, a number, or true and
    false. Raises PluginError, which ends start-up with a sentence, when it cannot be read as that.
    """
    caller = sys._getframe(1)
    place = f"{shown(caller.f_code.co_filename)}:{caller.f_lineno}"
    plugin = caller.f_globals.get("__name__", "")
    if not name.isidentifier() or not name.isupper():
        raise PluginError(f'{place}: a setting is named in capitals, such as "RUNBOOK_URL", and not {name!r}.')
    if not isinstance(default, str | int | float | bool):
        raise PluginError(
            f"{place}: the default of {name} is a text, a number, True or False, and not {default!r}: "
            "a setting is read as what its default is."
        )
    taken = options.get(name)
    if (taken and taken.plugin != plugin) or (not taken and hasattr(settings, name)):
        owner = taken.plugin if taken else "Response"
        raise PluginError(f"{place}: the setting {name} is {owner}'s. Give yours another name.")
    value = read(name, default, place)
    options[name] = Option(name, default, description, plugin)
    setattr(settings, name, value)
    return value


def take_back(module: str) -> None:
    """Forget the settings of a plugin that could not be loaded."""
    for name in [each.name for each in options.values() if f"{each.plugin}.".startswith(f"{module}.")]:
        del options[name]
        if hasattr(settings, name):
            delattr(settings, name)


def read(name: str, default: T, place: str) -> T:
    """Return the value of an environment variable, as the type of the default."""
    field: dict[str, Any] = {name.lower(): (type(default), default)}
    model = create_model("Option", __base__=FromEnvironment, **field)
    try:
        value: T = getattr(model(**from_file(name)), name.lower())
    except ValidationError as error:
        raise PluginError(f"{place}: {name}: {error.errors()[0]['msg']}. Change it where it is set.") from error
    except OSError as error:
        raise PluginError(f"{place}: {name}_FILE: {error.strerror} ({error.filename}). Change it.") from error
    return value


def from_file(name: str) -> dict[str, str]:
    """Return what the file of `NAME_FILE` holds, when that is set."""
    path = os.environ.get(f"{name}_FILE")
    return {name.lower(): Path(path).read_text("utf-8").strip()} if path else {}


class FromEnvironment(BaseSettings):
    """One setting."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")
