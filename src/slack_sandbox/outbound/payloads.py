"""The parts that slash commands and interactions have in common."""

from slack_sandbox.answer_urls import AnswerUrl
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.outbound.parcel import Parcel
from slack_sandbox.payloads.channels import command_channel_name
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person
from slack_sandbox.triggers import Trigger

NOT_CONFIGURED = Outcome(None, "", "not_configured")


def interaction(hub: Hub, app: App, person: Person, kind: str) -> Json:
    """What every interaction says: who did it, where the app is installed."""
    team = hub.workspace.team
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": team.id},
        "api_app_id": app.id,
        "token": app.verification_token,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def trigger(hub: Hub, app: App, person: Person, view_id: str | None = None) -> str:
    """A fresh trigger id."""
    expires = hub.clock.now() + hub.settings.trigger_seconds
    return hub.triggers.issue(Trigger(app.id, person.id, expires, view_id))


def response_url(hub: Hub, kind: str, where: AnswerUrl) -> str:
    """The address an app may answer to."""
    secret = hub.answer_urls.issue(where, now=hub.clock.now())
    return f"{hub.base_url}/response-url/{kind}/{hub.workspace.team.id}/{secret}"


def channel_reference(channel: Channel) -> Json:
    """How an interaction names its channel."""
    return {"id": channel.id, "name": command_channel_name(channel)}


async def send_interaction(hub: Hub, app: App, payload: Json, *, url: str | None = None) -> Outcome:
    """Send an interaction to the app and wait for its answer, three seconds at most."""
    url = app.interactivity_url if url is None else url
    if not url and not app.socket_mode:
        return NOT_CONFIGURED
    return await hub.courier.send(app, Parcel(payload["type"], payload, url, _channel_of(payload)))


def _channel_of(payload: Json) -> str | None:
    channel = payload.get("channel")
    return channel["id"] if channel else None


def failure_word(outcome: Outcome) -> str:
    """Slack's word to the person for an app that did not answer well."""
    if outcome.failure in ("http_timeout", "timeout"):
        return "operation_timeout"
    if outcome.status is not None:
        return "http_client_error" if outcome.status < 500 else "http_service_error"
    return "dispatch_failed"
