from response.core.models import Incident
from response.slack.decorators import recurring_notification, single_notification
from response.slack.models import CommsChannel


@recurring_notification(interval_mins=45, max_notifications=2)
def stretch(incident: Incident):
    try:
        comms_channel = CommsChannel.objects.get(incident=incident)
        comms_channel.post_in_channel("🧘 Stretch.")
    except CommsChannel.DoesNotExist:
        pass


@single_notification(initial_delay_mins=10)
def first_steps(incident: Incident):
    incident.comms_channel().post_in_channel("👣 Did you tell support?")
