"""Plugins that are there for one test."""

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.urls import clear_url_caches

from response.plugins import discovery, options, registry
from response.plugins import urls as pages

LoadPlugin = Callable[[Path | str], ModuleType]
"""What the fixture `plugin` is: it takes the file of a plugin, or its source, and returns its module."""


@contextmanager
def only_within() -> Iterator[None]:
    """Forget, at the end of the block, every plugin that was loaded in it."""
    handlers, modules = registry.content(), set(sys.modules)
    loaded, broken = dict(discovery.loaded), list(discovery.broken)
    try:
        yield
    finally:
        registry.restore(handlers)
        discovery.broken[:] = broken
        gone = [discovery.loaded.pop(name) for name in set(discovery.loaded) - set(loaded)]
        for module in gone:
            options.take_back(module.__name__)
        for module in gone:
            discovery.forget(module.__name__, keep=modules)
        show_pages(*gone)


def load(path: Path) -> ModuleType:
    """Load the file or package as if it stood in the folder of plugins."""
    found = discovery.at(path)
    discovery.load_one(found)
    show_pages(discovery.loaded[found.name])
    return discovery.loaded[found.name]


def write(source: str, folder: Path) -> Path:
    """Write the source of a plugin to a file of its own."""
    path = folder / f"plugin_{len(list(folder.iterdir())) + 1}.py"
    path.write_text(textwrap.dedent(source))
    return path


def show_pages(*changed: ModuleType) -> None:
    """Have Django see the pages of the plugins that are loaded now, if these have any."""
    if not any(hasattr(module, "urlpatterns") for module in changed):
        return
    importlib.reload(pages)
    importlib.reload(importlib.import_module(settings.ROOT_URLCONF))
    clear_url_caches()
