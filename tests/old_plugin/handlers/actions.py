from django.conf import settings

from response.slack.block_kit import Actions, Button, Confirm, Divider, Message, Section, Text
from response.slack.decorators import ActionContext, action_handler, headline_post_action
from response.slack.dialog_builder import Dialog, SelectFromUsers, SelectWithOptions, TextArea
from response.slack.dialog_builder import Text as TextElement

ESCALATE_BUTTON = "escalate-button"
ESCALATE_DIALOG = "escalate-dialog"


@headline_post_action(order=150)
def escalate_button(headline_post):
    if headline_post.incident.is_closed():
        return None
    return Button(
        ":pager: Escalate",
        ESCALATE_BUTTON,
        value=headline_post.incident.pk,
        confirm=Confirm("Sure?", "This wakes somebody up.", "Wake them", "Let them sleep"),
    )


@action_handler(ESCALATE_BUTTON)
def open_escalation(ac: ActionContext):
    dialog = Dialog(title=f"Escalate Incident {ac.incident.pk}", submit_label="Escalate", state=ac.incident.pk)
    dialog.add_element(SelectWithOptions([("Database", "db"), ("Network", "net")], label="Team", name="team"))
    dialog.add_element(TextArea(label="Reason", name="reason", optional=True, placeholder="Why them?"))
    dialog.add_element(TextElement(label="Phone", name="phone", subtype="tel", value="0123"))
    dialog.add_element(SelectFromUsers(label="Who", name="who", optional=True))
    dialog.send_open_dialog(ESCALATE_DIALOG, ac.trigger_id)


def announce(incident, team):
    message = Message()
    message.set_fallback_text(f"Escalated to {team}")
    message.add_block(Section(block_id="head", text=Text(text=team, title="Escalated to")))
    message.add_block(Divider())
    message.add_block(Section(fields=[Text("left"), Text("right")]))
    message.add_block(Actions(block_id="more", elements=[Button("Again", "escalate-again-button", value=incident.pk)]))
    message.send(settings.INCIDENT_CHANNEL_ID)


@action_handler("escalate-again-button")
def again(ac: ActionContext):
    settings.SLACK_CLIENT.send_ephemeral_message(
        settings.INCIDENT_CHANNEL_ID,
        ac.user_id,
        f"Again: {ac.incident.report} ({ac.value}, {ac.button_value}, {ac.message['text']}, {bool(ac.response_url)})",
    )
