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
    return whole(reverse(name, args=arguments))


def whole(path: str) -> str:
    """Return the whole address of a path of ours.

    Under a sub-path, SITE_URL ends with it; the path begins with it too where a request is answered, and not in a job.
    """
    below: str = settings.FORCE_SCRIPT_NAME or ""
    return settings.SITE_URL + (path.removeprefix(below) if below and path.startswith(f"{below}/") else path)
