"""Where people find things on the web."""

from django.conf import settings
from django.urls import reverse

from response.core.models import Incident


def document_url(incident: Incident) -> str:
    """Return the address of the incident's document."""
    return page_url("incident_doc", incident.pk)


def page_url(name: str, *arguments: object) -> str:
    """Return the address of a page by its name: a plugin's own is `<the plugin's name>:<the pattern's name>`.

    Raises Django's NoReverseMatch for a page that is not there.
    """
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
