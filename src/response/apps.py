"""The one Django app of Response, so that a foreign key to `response.Incident` is simply where things live."""

from django.apps import AppConfig


class ResponseConfig(AppConfig):
    name = "response"
    label = "response"
    verbose_name = "Response"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what listens to the record, and load the handlers."""
        from response.plugins import discovery
        from response.slack import announcements

        announcements.connect()
        discovery.load()
