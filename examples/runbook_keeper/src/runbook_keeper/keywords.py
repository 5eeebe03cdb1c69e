"""Bringing a runbook up when somebody says what it is for."""

from response.core.models import Incident
from response.plugins import Message, keyword_handler
from runbook_keeper.commands import offered
from runbook_keeper.models import Hint, Runbook


def phrases() -> list[str]:
    """Return what people say when they need a runbook."""
    return [phrase for runbook in Runbook.objects.exclude(phrases="") for phrase in runbook.phrase_list()]


@keyword_handler(lookup=phrases)
def bring_up(incident: Incident, keyword: str) -> Message | None:
    """Say which runbook is for this: once in an incident, however often it is spoken of."""
    meant = [each for each in Runbook.objects.filter(phrases__icontains=keyword) if keyword in each.phrase_list()]
    fresh = [each for each in meant if Hint.objects.get_or_create(incident=incident, runbook=each)[1]]
    return offered(f"📗 For “{keyword}” there is a runbook: ", fresh) if fresh else None
