from django.conf import settings

from response.core.models import Incident
from response.slack.decorators import slack_event


@slack_event("reaction_added")
def eyes(incident: Incident, event: dict):
    if event["reaction"] == "eyes":
        settings.SLACK_CLIENT.add_reaction("robot_face", event["item"]["channel"], event["item"]["ts"])
        settings.SLACK_CLIENT.send_message(
            event["item"]["channel"], f"<@{event['user']}> looks at it", thread_ts=event["item"]["ts"]
        )
