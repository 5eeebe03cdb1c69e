"""The pages beside the chat: making an app from a manifest, looking into requests, and the list of methods."""

import re
from typing import Any

import httpx
import pytest
import yaml

from slack_sandbox.pages.catalogue import SLACKS, families
from slack_sandbox.pages.remarks import remarks
from slack_sandbox.testing import Actor, Room, Sandbox
from slack_sandbox.webapi.registry import METHODS
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply
from tests.sandbox.shapes import FOLDER, present
from tests.sandbox.test_manifest import manifest_for
from tests.sandbox.test_messages import error_of

Json = dict[str, Any]


@pytest.fixture
def browser(sandbox: Sandbox) -> Any:
    """Something that follows links and forms of this server."""
    with httpx.Client(base_url=sandbox.url, follow_redirects=True, headers={"Origin": sandbox.url}) as client:
        yield client


def test_an_app_is_made_from_a_manifest_in_the_browser(
    browser: httpx.Client, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    text = yaml.safe_dump(manifest_for(listener.url))
    form = browser.get("/apps", params={"new_app": "1", "manifest_yaml": text})
    assert '<details id="new" open>' in form.text
    assert "/tiny" in form.text, "the link that an app's set-up gives brings the manifest along"
    made = browser.post("/apps", data={"manifest": text})
    assert made.status_code == 200
    (app,) = httpx.get(f"{sandbox.url}/control/apps").json()
    for secret in ("bot_token", "signing_secret", "client_id", "client_secret", "app_token", "verification_token"):
        assert app[secret] in made.text
    assert lee.runs("/tiny", "", general).failure is None
    listener.answers["/events"] = lambda request: request.payload.get("challenge")
    assert "Your URL was verified." in browser.post(f"/apps/{app['id']}/verify").text
    browser.post(f"/apps/{app['id']}/uninstall")
    assert httpx.get(f"{sandbox.url}/control/apps").json() == []


def test_a_bad_manifest_says_what_is_wrong_and_stays(browser: httpx.Client) -> None:
    answer = browser.post("/apps", data={"manifest": "display_information:\n  name: <b>x</b>\n  colour: red\n"})
    assert answer.status_code == 400
    assert "invalid additional property: colour" in answer.text
    assert "&lt;b&gt;x&lt;/b&gt;" in answer.text
    assert browser.get("/apps/A0NONE").status_code == 404


def test_no_other_site_presses_the_buttons(sandbox: Sandbox, app: Installed) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    for path in ("/apps", f"/apps/{app.id}/uninstall"):
        assert httpx.post(f"{sandbox.url}{path}", headers=elsewhere).status_code == 403
    assert app.client.auth_test()["ok"]


def test_the_inspector_shows_requests_answers_and_remarks(
    browser: httpx.Client, app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    app.client.chat_postMessage(channel=general.id, text="<b>DNS</b>")
    assert error_of(app.client.conversations_info, channel="C0UNSEEN") == "channel_not_found"
    listener.answers["/commands"] = lambda _: Reply(status=500)
    lee.runs("/incident", "", general)
    shown = browser.get("/inspector").text
    assert "chat.postMessage" in shown
    assert "&amp;lt;b&amp;gt;DNS" in shown
    assert "refused: channel_not_found" in shown
    assert "not taken (http_error): the person sees that it failed" in shown
    assert 'http-equiv="refresh" content="2"' in browser.get("/inspector", params={"every": "2"}).text
    calls = browser.get("/inspector", params={"kind": "api", "q": "C0UNSEEN"}).text
    assert "conversations.info" in calls
    assert "chat.postMessage" not in calls
    assert "signing_secret" not in shown


@pytest.mark.usefixtures("unlimited")
def test_what_goes_well_here_is_remarked_upon_where_slack_would_not_let_it(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    since = sandbox.seq()
    sandbox.app("Helper", scopes=["chat:write"])
    sandbox.settings(strict_scopes=False)
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "DNS"}}
    app.client.api_call("chat.postMessage", json={"channel": general.id, "blocks": [section]})
    app.client.chat_postMessage(channel=general.id, text="x" * 4_001)
    for _ in range(21):
        app.client.conversations_list()
    said = [sentence for found in remarks(sandbox.journal(since)).values() for sentence in found]
    for expected in (
        "Slack would answer missing_scope",
        "blocks without a text",
        "a text of 4001 characters",
        "call 21 of a minute: Slack promises 20",
        "two posts within half a second",
        "no limit",
    ):
        assert any(expected in sentence for sentence in said), (expected, set(said))


def test_every_method_of_slack_is_listed(browser: httpx.Client) -> None:
    page = browser.get("/methods").text
    listed = set(re.findall(r"<code>([a-z]\w*\.[\w.]+)</code>", page))
    assert listed >= SLACKS
    assert METHODS.keys() <= SLACKS


@present
def test_the_list_is_slacks() -> None:
    folder = FOLDER / "slack-api-ref" / "docs.slack.dev" / "methods"
    assert {path.stem for path in folder.glob("*.json")} - {"methods"} == SLACKS


WHOLE = (
    "auth blocks bookmarks bots chat conversations dnd emoji files openid pins reactions team usergroups users views"
)


def test_whole_families_are_there() -> None:
    missing = {family: [name for name in names if name not in METHODS] for family, names in families().items()}
    assert {family: names for family, names in missing.items() if family in WHOLE.split() and names} == {}
    counted = sum(name in METHODS for name in SLACKS)
    print(f"{counted} of {len(SLACKS)} methods")
    assert counted >= 115


def test_what_is_not_there_is_unknown(app: Installed) -> None:
    for name in sorted(SLACKS - METHODS.keys())[::10]:
        assert error_of(app.client.api_call, api_method=name) == "unknown_method"
