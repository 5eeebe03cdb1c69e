"""What Slack does when a Request URL is saved."""

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_secret
from slack_sandbox.outbound.parcel import Parcel
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App


async def verify_events_url(hub: Hub, app: App) -> Json:
    """Send `url_verification`; the app must give the challenge back, as text, form or JSON."""
    if app.socket_mode:
        raise SlackError("socket_mode", message=f"{app.name} has Socket Mode on: there is no URL to verify.")
    challenge = new_secret(40)
    payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
    outcome = await hub.courier.send(app, Parcel("url_verification", payload, app.events_url))
    body = outcome.body.strip()
    given = outcome.json.get("challenge") or body.removeprefix("challenge=")
    return {"ok": outcome.failure is None and given == challenge, "failure": outcome.failure, "status": outcome.status}
