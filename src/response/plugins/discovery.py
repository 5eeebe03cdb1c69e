"""Finding and loading the plugins: in packages, in installed Django apps, and in a folder.

A plugin is whatever registers handlers when it is imported. One that cannot be loaded leaves no handler behind:
start-up ends with a sentence, or, with SKIP_BROKEN_PLUGINS, goes on without it and keeps the sentence in `broken`.
"""

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from response.plugins import options, registry
from response.plugins.errors import PluginError, not_loaded

logger = logging.getLogger(__name__)

GROUP = "response.plugins"
IN_APPS = "incident_plugin"
IN_FOLDER = "response_plugins"

BUILT_IN = (
    "response.builtin.buttons",
    "response.builtin.commands.about",
    "response.builtin.commands.life",
    "response.builtin.commands.people",
    "response.builtin.commands.record",
    "response.builtin.forms",
    "response.builtin.reminders",
    "response.slack.pins",
    "response.slack.channels",
    "response.slack.participants",
    "response.slack.people",
    "response.slack.reminding",
)


@dataclass(frozen=True)
class Found:
    """A plugin that was found: its name, where, and the module to import."""

    name: str
    origin: str
    module: str


@dataclass(frozen=True)
class Broken:
    """A plugin that Response started without, and why."""

    name: str
    origin: str
    reason: str


loaded: dict[str, ModuleType] = {}
"""The plugins' modules by their names."""
broken: list[Broken] = []
"""The plugins that could not be loaded."""


def load() -> None:
    """Import the built-in handlers and every plugin. Raises PluginError for one that cannot be loaded."""
    for module in BUILT_IN:
        import_module(module)
    for found in [*in_packages(), *in_apps(), *in_folder(Path(settings.PLUGIN_DIR))]:
        try:
            load_one(found)
        except PluginError as error:
            skip(found.name, found.origin, error)


def load_one(found: Found) -> None:
    """Import one plugin, or leave no trace of it. Raises PluginError."""
    already = loaded.get(found.name)
    if already is not None and already.__name__ == found.module:
        return
    if already is not None:
        raise PluginError(
            f"{found.origin}: there is a plugin `{found.name}` already ({already.__name__}). Rename one of them."
        )
    modules = set(sys.modules)
    try:
        with registry.all_or_nothing():
            loaded[found.name] = import_module(found.module)
    except (Exception, SystemExit) as error:  # whatever an import may raise
        forget(found.module, keep=modules)
        options.take_back(found.module)
        raise not_loaded(error, found.module) from error
    logger.info("plugin_loaded name=%s origin=%s", found.name, found.origin)


def skip(name: str, origin: str, error: Exception) -> None:
    """Go on without a plugin when that is wanted; else raise what is wrong with it."""
    if not settings.SKIP_BROKEN_PLUGINS:
        raise error
    broken.append(Broken(name, origin, str(error)))
    logger.error("plugin_skipped name=%s reason=%s", name, error)


def forget(module: str, *, keep: set[str]) -> None:
    """Take the modules of a plugin that failed back out, so that another try imports them anew."""
    for name in set(sys.modules) - keep:
        if f"{name}.".startswith(f"{module}."):
            del sys.modules[name]


def in_packages() -> Iterator[Found]:
    """Yield the modules that installed packages name as entry points. Those with a class are Django apps."""
    for entry in sorted(metadata.entry_points(group=GROUP), key=lambda entry: entry.name):
        if not entry.attr:
            origin = f"package {entry.dist.name} {entry.dist.version}" if entry.dist else "entry point"
            yield Found(entry.name, origin, entry.module)


def in_apps() -> Iterator[Found]:
    """Yield the module `incident_plugin` of each installed Django app that has one."""
    for app in apps.get_app_configs():
        left_out = any(app.label == each.name for each in broken)
        if not left_out and app.module is not None and module_has_submodule(app.module, IN_APPS):
            yield Found(app.label, f"app {app.name}", f"{app.name}.{IN_APPS}")


def in_folder(folder: Path) -> Iterator[Found]:
    """Yield each Python file and package of the folder, but for tests and what begins with `_`."""
    if folder.is_dir():
        yield from (at(path) for path in sorted(folder.iterdir()) if is_plugin(path))


def at(path: Path) -> Found:
    """Return the plugin of a file or package, which is imported as part of one package with all in its folder."""
    package = sys.modules.setdefault(IN_FOLDER, ModuleType(IN_FOLDER, "The plugins of PLUGIN_DIR."))
    package.__path__ = [str(path.parent.resolve())]
    name = path.stem if path.suffix == ".py" else path.name
    return Found(name, str(path), f"{IN_FOLDER}.{name}")


def is_plugin(path: Path) -> bool:
    """Whether a file or folder is meant as a plugin."""
    if path.name.startswith(("_", ".", "test_")) or path.name == "conftest.py":
        return False
    return path.suffix == ".py" or (path / "__init__.py").is_file()
