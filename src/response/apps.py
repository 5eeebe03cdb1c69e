"""The one Django app of Response, so that a foreign key to `response.Incident` is simply where things live.

Plugins with models are Django apps too, and Django has no patience with one that cannot be imported: those are
looked at here first. This file is imported by the settings, so it may not know them, nor any model.
"""

from collections.abc import Callable, Iterable
from importlib import import_module, metadata

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

PLUGINS = "response.plugins"

skipped: list[tuple[str, Exception]] = []
"""The apps of plugins that could not be imported, and why."""


def plugin_apps(named: Iterable[str], *, skip_broken: bool) -> list[str]:
    """Return the Django apps of plugins: those `named` in the settings, and those of installed packages.

    Raises ImproperlyConfigured for one that cannot be imported, unless those are to be left out.
    """
    entries = sorted(metadata.entry_points(group=PLUGINS), key=lambda entry: entry.name)
    wanted = dict.fromkeys([*named, *(f"{entry.module}.{entry.attr}" for entry in entries if entry.attr)])
    return [app for app in wanted if is_usable(app, skip_broken=skip_broken)]


def is_usable(app: str, *, skip_broken: bool) -> bool:
    """Whether an app, or the module of its AppConfig, can be imported."""
    module, _, last = app.rpartition(".")
    try:
        import_module(module if last[:1].isupper() else app)
    except Exception as error:
        if not skip_broken:
            reason = f"{type(error).__name__}: {error}"
            raise ImproperlyConfigured(
                f"The plugin's app {app} cannot be imported ({reason}). Mend it, or take it away."
            ) from error
        skipped.append((app, error))
        return False
    return True


class ResponseConfig(AppConfig):
    name = "response"
    label = "response"
    verbose_name = "Response"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Import ours, and then the plugins', so that a mistake in one of those is told as what it is."""
        super().import_models()
        from response.plugins import discovery
        from response.plugins.errors import not_loaded

        for app, error in skipped:
            discovery.skip(app, f"app {app}", not_loaded(error, app))
        for config in filter(is_plugin, list(apps.app_configs.values())):
            guarded(config, config.import_models, f"{config.name}.models")()
            config.ready = guarded(config, config.ready, config.name)  # type: ignore[method-assign]

    def ready(self) -> None:
        """Connect what listens to the record, and load the handlers."""
        from response.operations.metrics import listening
        from response.plugins import discovery
        from response.slack import announcements
        from response.slack.compat import deliveries  # noqa: F401 - adds its kinds

        announcements.connect()
        listening.connect()
        discovery.load()


def is_plugin(config: AppConfig) -> bool:
    """Whether an app came with a plugin."""
    from django.conf import settings

    return bool({config.name, f"{type(config).__module__}.{type(config).__qualname__}"} & set(settings.PLUGIN_APPS))


def guarded(config: AppConfig, step: Callable[[], None], module: str) -> Callable[[], None]:
    """Return a step of an app's start that, when it fails, is told as a plugin's mistake, or leaves the app out."""

    def run() -> None:
        from response.plugins import discovery
        from response.plugins.errors import not_loaded

        try:
            step()
        except Exception as error:  # noqa: BLE001 - the plugin boundary
            discovery.skip(config.label, f"app {config.name}", not_loaded(error, module))
            leave_out(config)

    return run


def leave_out(config: AppConfig) -> None:
    """Make an app that Django has begun to load one without models, and without anything else to do."""
    apps.all_models[config.label].clear()
    config.models_module, config.models = None, apps.all_models[config.label]
    config.import_models = config.ready = lambda: None  # type: ignore[method-assign]
