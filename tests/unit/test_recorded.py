"""What Slack was recorded to send, signed afresh: each is taken, and what is stored of it finds its handlers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from response.slack import dispatch
from response.slack.models import InboundRequest
from tests import signed
from tests.sandbox.shapes import FOLDER, load, present

pytestmark = [pytest.mark.django_db, present]

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
EVENT, COMMAND, ACTION = "/slack/event", "/slack/slash_command", "/slack/action"
BOLT, JAVA = FOLDER / "bolt-python-tests", FOLDER / "java-slack-sdk-json-logs"
FOLDERS = {
    EVENT: (BOLT / "events", BOLT / "_partial/events", JAVA / "events", FOLDER / "zulip-recorded"),
    COMMAND: (BOLT / "slash_commands", JAVA / "app-backend/slash-commands"),
    ACTION: (
        BOLT / "interactive",
        BOLT / "_partial/interactive",
        JAVA / "app-backend/views",
        JAVA / "app-backend/interactive-components",
        JAVA / "app-backend/dialogs",
    ),
}
ENVELOPES = {"events_api": EVENT, "slash_commands": COMMAND, "interactive": ACTION}


def recorded() -> Iterator[tuple[str, str, Json]]:
    """(name, where it is sent, payload) of every recording of something that comes in."""
    for address, folders in FOLDERS.items():
        for path in sorted(each for folder in folders for each in folder.glob("*.json")):
            payload = load(str(path.relative_to(FOLDER)))
            if address != EVENT or is_event(payload):
                yield named(path), address, payload
    for path in sorted((BOLT / "socket_mode").glob("*.json")):
        envelope = json.loads(path.read_text())
        yield named(path), ENVELOPES[envelope["type"]], envelope["payload"]


def is_event(payload: Any) -> bool:
    """The folders of events hold a few recordings of other things."""
    return isinstance(payload, dict) and ("event" in payload or payload.get("type") == "url_verification")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def body_of(address: str, payload: Json) -> bytes:
    """The payload as it comes over HTTP."""
    if address == EVENT:
        return json.dumps(payload).encode()
    return urlencode(payload).encode() if address == COMMAND else signed.interaction(payload)


EVERY = list(recorded()) if FOLDER.is_dir() else []


def test_every_recording_is_among_them() -> None:
    assert len(EVERY) > 240, len(EVERY)
    print(f"recorded payloads {len(EVERY)}, of {len({name.partition('/')[0] for name, _, _ in EVERY})} folders")


@pytest.mark.parametrize(("address", "payload"), [each[1:] for each in EVERY], ids=[each[0] for each in EVERY])
def test_a_recorded_payload_is_taken(address: str, payload: Json) -> None:
    body = body_of(address, payload)
    content_type = "application/json" if address == EVENT else FORM
    answer = Client().post(address, body, content_type=content_type, headers=signed.headers(body))
    assert answer.status_code in {200, 400}, answer.content
    for request in InboundRequest.objects.all():
        dispatch.dispatch(request.pk)
        request.refresh_from_db()
        assert request.handled_at is not None
