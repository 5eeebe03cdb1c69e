"""The Django app, which Response finds by the package's entry point."""

from django.apps import AppConfig


class RunbookKeeper(AppConfig):
    """Brings the models, and through the module `incident_plugin` the handlers and the pages."""

    name = "runbook_keeper"
    verbose_name = "Runbook keeper"
    default_auto_field = "django.db.models.BigAutoField"
