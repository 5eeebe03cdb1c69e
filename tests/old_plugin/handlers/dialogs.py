import json

from django.conf import settings

from response.core.models import ExternalUser, Incident
from response.slack.decorators import dialog_handler

from ..models import Escalation
from .actions import ESCALATE_DIALOG, announce


@dialog_handler(ESCALATE_DIALOG)
def escalate(user_id: str, channel_id: str, submission: json, response_url: str, state: json):
    incident = Incident.objects.get(pk=state)
    user, _ = ExternalUser.objects.update_or_create_slack(external_id=user_id)
    Escalation.objects.create(
        incident=incident, escalated_by=user, team=submission["team"], reason=submission["reason"]
    )
    announce(incident, submission["team"])
    who = submission["who"] or "nobody"
    settings.SLACK_CLIENT.send_ephemeral_message(channel_id, user_id, f"Told {submission['team']} and {who}")
