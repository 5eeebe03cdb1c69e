from datetime import datetime

from response.core.models import Action, ExternalUser, Incident, add_incident_update_event
from response.slack.cache import get_user_profile
from response.slack.decorators import get_help, incident_command
from response.slack.models import CommsChannel
from response.slack.reference_utils import reference_to_id, user_reference


@incident_command(["owner"], helptext="Give somebody the next action")
def set_owner(incident: Incident, user_id: str, message: str):
    assignee = reference_to_id(message)
    if not assignee:
        return False, "I need somebody to give this to."
    name = get_user_profile(assignee)["name"]
    user, _ = ExternalUser.objects.get_or_create_slack(external_id=assignee, display_name=name)
    Action(incident=incident, details="Write to customers", user=user).save()
    add_incident_update_event(
        incident=incident,
        update_type="owner",
        old_value=None,
        new_value=name,
        text=f"{name} owns the next action",
        timestamp=datetime.now(),
    )
    return True, f"{user_reference(assignee)} has it ({incident.action_items().count()})"


@incident_command(["over"], helptext="It is over")
def over(incident: Incident, user_id: str, message: str):
    incident.end_time = datetime.now()
    incident.save()
    comms_channel = CommsChannel.objects.get(incident=incident)
    comms_channel.post_in_channel(f"That took {incident.duration()}, {incident.severity_text() or 'no severity'}")
    return True, None


@incident_command(["manual"], helptext="All there is")
def manual(incident: Incident, user_id: str, message: str):
    return True, get_help()


@incident_command(["room"], helptext="Rename and retitle the channel")
def room(incident: Incident, user_id: str, message: str):
    incident.comms_channel().rename(message)
    return True, None
