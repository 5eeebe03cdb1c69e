"""Block Kit is decided as the conformance spec states it: through the door that an app has, `blocks.validate`."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.testing import Actor, Room
from tests.sandbox.block_cases import BEYOND, LIMITS, RULES, carried, pair
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp
from tests.sandbox.shapes import FOLDER, load, present

Json = dict[str, Any]
SPEC = FOLDER / "slackblocks-spec"
VALID = sorted((SPEC / "fixtures" / "valid").rglob("*.json"))
SENT = [path for path in VALID if path.parent.name == "messages"]
CHECKED = [path for path in VALID if path not in SENT]
INVALID: list[Json] = load("slackblocks-spec/fixtures/invalid/manifest.json")["cases"] if SPEC.is_dir() else []


def decide(app: Installed, payload: Json) -> Json:
    """What the sandbox says to a payload."""
    shown = {name: json.dumps(value) for name, value in payload.items()}
    try:
        return dict(app.client.api_call("blocks.validate", params=shown).data)
    except SlackApiError as refused:
        return dict(refused.response.data)


@present
def test_there_are_as_many_cases_as_the_spec_has() -> None:
    assert (len(INVALID), len(VALID)) == (106, 100)
    assert {case["constraint"] for case in INVALID} == LIMITS.keys() | RULES.keys()
    print(f"{len(INVALID)} invalid cases, {len(VALID)} valid cases")


@present
@pytest.mark.parametrize("case", INVALID, ids=lambda case: case["id"])
def test_what_slack_refuses_is_refused_and_its_neighbour_taken(app: Installed, case: Json) -> None:
    refused, taken = pair(case["constraint"], load("slackblocks-spec/limits.json"))
    answer = decide(app, refused)
    (kind,) = refused
    assert answer["ok"] is False, case["description"]
    assert answer["error"] == f"invalid_{kind}"
    assert len({issue["message"] for issue in answer["errors"]}) == 1, "for one reason"
    assert answer["errors"][0]["pointer"].startswith("/")
    assert decide(app, taken) == {"ok": True}


@pytest.mark.parametrize("name", BEYOND)
def test_what_the_spec_has_no_case_for(app: Installed, name: str) -> None:
    refused, taken = BEYOND[name]
    assert decide(app, refused)["error"] in ("invalid_blocks", "invalid_view")
    assert decide(app, taken) == {"ok": True}


@present
@pytest.mark.parametrize("path", CHECKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_slack_takes_is_taken(app: Installed, path: Path) -> None:
    payload = carried(path.parent.name, path.stem, json.loads(path.read_text()))
    assert decide(app, payload) == {"ok": True}


@present
@pytest.mark.filterwarnings("ignore:The top-level", "ignore:Additionally, the attachment")
@pytest.mark.parametrize("path", SENT, ids=lambda path: path.stem)
def test_messages_that_slack_takes_are_taken(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor, path: Path
) -> None:
    message = json.loads(path.read_text())
    if "channel" in message:
        assert app.client.chat_postMessage(**{**message, "channel": general.id})["ok"]
        return
    lee.runs("/incident", "", general)
    url = listener.to("/commands")[0].form["response_url"]
    assert httpx.post(url, json=message).text == "ok"
