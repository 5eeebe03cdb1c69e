"""Whatever is thrown at it: an answer that says what is wrong, never a 5xx, and it goes on."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from slack_sandbox.testing import Actor, Room, Sandbox
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp, Reply
from tests.sandbox.method_calls import CALLS
from tests.sandbox.place import Place
from tests.sandbox.test_methods import OWN, place
from tests.sandbox.test_views import FORM

assert place, "the fixture"
Json = dict[str, Any]
JSON = "application/json; charset=utf-8"
FORM_TYPE = "application/x-www-form-urlencoded"
DEEP = "[" * 100_000
ODD: dict[str, Any] = {
    "nothing": None,
    "empty": "",
    "zero": 0,
    "minus": -1,
    "huge": 10**30,
    "half": 0.5,
    "yes": True,
    "list": [],
    "list of anything": [None, 1, "x", [], {}],
    "object": {},
    "object of anything": {"type": [], "id": {}, "blocks": 5, "text": [1], "value": None},
    "list of objects": [{"type": {}}, {"type": "section", "text": []}, {"type": "actions", "elements": 3}],
    "deep": json.loads("[" * 90 + "]" * 90),
    "letters": "ünï²",
    "base64": "bmV4dF90czp4",
    "not a number": "nan",
    "infinite": "inf",
    "control": "\x00\x1b\r\n",
    "address": "http://[",
    "open list": "[1",
    "open object": "{",
    "dates": "2020-01-01",
    "long": "x" * 50_000,
}
CONTENT = ("blocks", "attachments", "metadata", "thread_ts", "unfurls")


@pytest.fixture
def bearer(app: Installed) -> Json:
    return {"Authorization": f"Bearer {app.client.token}"}


def answered(answer: httpx.Response) -> Json:
    """What a call says, which is a proper answer whatever came."""
    assert answer.status_code == 200, (answer.status_code, answer.text[:500])
    said: Json = json.loads(answer.text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert isinstance(said["ok"], bool)
    assert said["ok"] or said["error"] != "internal_error"
    return said


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("name", sorted(OWN - {"apps.uninstall"}))
def test_every_argument_may_be_anything(place: Place, name: str) -> None:
    args, address = CALLS[name](place), f"{place.sandbox.api_url}{name}"
    token = place.token_for(name)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(headers=headers, timeout=30) as client:
        for argument in dict.fromkeys([*args, "limit", "cursor", *(CONTENT if name.startswith("chat.") else ())]):
            for odd in ODD.values():
                given = {key: value for key, value in args.items() if not isinstance(value, bytes)} | {argument: odd}
                answered(client.post(address, json=given))
                answered(client.post(address, data={key: written(value) for key, value in given.items()}))


def written(value: Any) -> str:
    """A value in a form."""
    return value if isinstance(value, str) else json.dumps(value)


BODIES: list[tuple[str, bytes, str]] = [
    (JSON, b"", "not_authed"),
    (JSON, b"{", "invalid_json"),
    (JSON, b"[]", "json_not_object"),
    (JSON, b'"x"', "json_not_object"),
    (JSON, b"null", "json_not_object"),
    (JSON, b'{"text": NaN}', "invalid_json"),
    (JSON, b'{"text": -Infinity}', "invalid_json"),
    (JSON, b'{"text": 1e999}', "invalid_json"),
    (JSON, b'{"text": "\\ud800"}', "invalid_json"),
    (JSON, b'{"text": "\xff"}', "invalid_json"),
    (JSON, '{"text": "x"}'.encode("utf-16"), "invalid_json"),
    (JSON, DEEP.encode(), "invalid_json"),
    (JSON, b'{"blocks":' * 50_000, "invalid_json"),
    (JSON, b"[" * 500 + b"]" * 500, "invalid_json"),
    ("application/json; charset=koi8-r", b"{}", "invalid_charset"),
    (f"{FORM_TYPE}; charset=latin-9", b"text=x", "invalid_charset"),
    ("text/plain", b"text=x", "invalid_post_type"),
    ("application/json-seq", b"{}", "invalid_post_type"),
    ("", b"text=x", "missing_post_type"),
    ("multipart/form-data", b"text=x", "invalid_form_data"),
    ("multipart/form-data; boundary=", b"text=x", "invalid_form_data"),
    ("multipart/form-data; boundary=b", b"--b\r\n\r\n--b--", "not_authed"),
    ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "not_authed"),
    (FORM_TYPE, b"\xff\xfe=%FF&=&&text&%00=%00", "not_authed"),
    (FORM_TYPE, b"token=a&token=b", "invalid_auth"),
    (FORM_TYPE, b"token=", "not_authed"),
    (FORM_TYPE, b"a=b&" * 100_000, "not_authed"),
]


@pytest.mark.parametrize(("content_type", "body", "error"), BODIES)
def test_a_body_that_makes_no_sense_is_named(sandbox: Sandbox, content_type: str, body: bytes, error: str) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = httpx.post(f"{sandbox.api_url}chat.postMessage", content=body, headers=headers, timeout=30)
    assert answered(answer) == {"ok": False, "error": error}


@pytest.mark.parametrize("authorization", ["Bearer", "Basic", "Basic !", "Basic w6k6", "xoxb-1", "Bearer \xff", ","])
def test_a_header_that_makes_no_sense_is_no_token(sandbox: Sandbox, authorization: str) -> None:
    answer = httpx.post(f"{sandbox.api_url}auth.test", headers={"Authorization": authorization.encode("latin-1")})
    assert answered(answer)["error"] in ("not_authed", "invalid_auth")


@pytest.mark.parametrize("http", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "SING"])
def test_methods_of_http_that_slack_does_not_take(sandbox: Sandbox, http: str) -> None:
    assert httpx.request(http, f"{sandbox.api_url}auth.test").status_code in (200, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/auth.test/more",
        "/api/%00",
        "/api/%FF",
        "/api/..%2f..%2fetc%2fpasswd",
        "/nothing",
        "/client-assets/../../setup.py",
        "/client/nothing",
        "/control/nothing",
        "/files-pri/x/y",
        "/files-pub/x/y",
        "/avatars/x",
        "/archives/C1/p1",
        "/apps/x",
        "/upload/v1/x",
        "/link/",
        "/" + "x" * 8000,
    ],
)
def test_paths_that_lead_nowhere(sandbox: Sandbox, path: str) -> None:
    for answer in (httpx.get(f"{sandbox.url}{path}"), httpx.post(f"{sandbox.url}{path}", content=b"\xff")):
        assert answer.status_code < 500, (path, answer.text)
        assert "Traceback" not in answer.text


def test_a_client_may_name_itself_as_http_has_it(sandbox: Sandbox, app: Installed) -> None:
    """slack_sdk does, in oauth_v2_access."""
    who = {"client_id": app.settings["client_id"], "code": "x"}
    with pytest.raises(Exception, match="invalid_code"):
        app.client.oauth_v2_access(**who, client_secret=app.settings["client_secret"])
    for wrong in ("x", "é"):
        with pytest.raises(Exception, match="bad_client_secret"):
            app.client.oauth_v2_access(**who, client_secret=wrong)


def test_an_upload_that_makes_no_sense_is_refused(place: Place) -> None:
    begun = place.done("files.getUploadURLExternal", {"filename": "a.txt", "length": "5"})
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=b"):
        answer = httpx.post(begun["upload_url"], content=b"notes", headers={"Content-Type": content_type})
        assert answer.status_code == 400
    assert httpx.post(begun["upload_url"], content=b"notes").text == "OK - 5"


ANSWERS: list[tuple[bytes, int, str]] = [
    (b"", 400, "invalid_payload"),
    (b"{", 400, "invalid_payload"),
    (b"[]", 400, "invalid_payload"),
    (b"\xff", 400, "invalid_payload"),
    (DEEP.encode(), 400, "invalid_payload"),
    (b"{}", 400, "no_text"),
    (b'{"text": ""}', 400, "no_text"),
    (b'{"blocks": "x"}', 400, "invalid_blocks_format"),
    (b'{"blocks": [{"type": []}]}', 400, "invalid_blocks"),
    (b'{"attachments": [1]}', 400, "invalid_attachments"),
    (b'{"text": [1], "thread_ts": [], "response_type": {}}', 200, "ok"),
    (b'{"text": 5, "thread_ts": 7.5, "replace_original": "maybe"}', 200, "ok"),
]


def test_what_is_sent_to_a_response_url_is_named(
    app: Installed, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    for body, status, word in ANSWERS:
        lee.runs("/incident", "", general)
        answer = httpx.post(listener.to("/commands")[-1].form["response_url"], content=body)
        assert (answer.status_code, answer.text) == (status, word), body[:80]


def test_a_closed_channel_is_told_to_a_response_url(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, lee: Actor
) -> None:
    made = sandbox.channel("short-lived", members=[lee.id])["id"]
    lee.runs("/incident", "", made)
    lee.archives(made)
    answer = httpx.post(listener.to("/commands")[-1].form["response_url"], json={"text": "x"})
    assert (answer.status_code, answer.text) == (410, "channel_is_archived")


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": [1]},
        {"response_action": "errors", "errors": {"nowhere": []}},
        {"response_action": "update", "view": [1]},
        {"response_action": "update"},
        {"response_action": "push", "view": {"type": []}},
        {"response_action": {}, "errors": 5},
        "[" * 5000,
        "\x00",
    ],
)
def test_an_answer_to_a_form_that_makes_no_sense(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor, answer: Json | str
) -> None:
    lee.runs("/incident", "", general)
    app.client.views_open(trigger_id=listener.to("/commands")[-1].form["trigger_id"], view=FORM)
    listener.answers["/interactions"] = lambda _request: Reply(answer)
    sent = {"as": lee.id, "do": "submit_view", "view_id": lee.modal().id, "values": {}}
    said = httpx.post(f"{sandbox.url}/client/act", json=sent).json()
    assert said["ok"] or said["error"] in ("app_error", "validation"), "it closes, or the person is told"


def acts() -> Iterator[Json]:
    """Acts of people that make no sense."""
    fields = ("ts", "text", "thread_ts", "values", "files", "user", "name", "view_id", "value")
    for do in ("say", "edit", "react", "invite", "command", "act", "submit_view", "options", "topic", "sing"):
        for odd in ODD.values():
            yield {"do": do, "channel": "general", **dict.fromkeys(fields, odd)}


def test_acts_of_people_that_make_no_sense(sandbox: Sandbox, general: Room, lee: Actor) -> None:
    with httpx.Client(timeout=30) as client:
        for act in acts():
            body = {"as": lee.id, "channel": general.id, **act}
            assert client.post(f"{sandbox.url}/client/act", json=body).status_code < 500, act
            assert client.post(f"{sandbox.url}/control/act", json=body).status_code < 500, act
        for path in ("/client/act", "/control/act", "/control/acts", "/control/people", "/control/channels"):
            for body in (b"", b"[]", b"null", b"5", b'"x"', b"{}", b"\xff", DEEP.encode(), b'{"acts": 5, "name": []}'):
                assert client.post(f"{sandbox.url}{path}", content=body).status_code < 500, (path, body[:20])


MANIFESTS = [
    "",
    "[]",
    "- 1",
    "&a [*a]",
    "&a {display_information: *a}",
    "[" * 5000,
    "{" * 5000,
    '{"a":' * 5000,
    "display_information: {name: 2020-01-01}",
    "display_information: !!python/object:os.system {}",
    "display_information:\n  name: x\nfeatures: 5\nsettings: []\noauth_config: {scopes: {bot: chat:write}}",
    "? [a]\n: b",
    "\x00",
    "a: b: c",
]


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_a_manifest_that_makes_no_sense_is_refused(place: Place, manifest: str) -> None:
    assert place.ask("apps.manifest.validate", {"manifest": manifest})["error"] == "invalid_manifest"
    shown = httpx.post(f"{place.sandbox.url}/apps", data={"manifest": manifest})
    assert shown.status_code in (400, 403)


@pytest.mark.parametrize("query", ["", "client_id=%FF", "redirect_uri=http://[", "scope=%00", "client_id[]=x"])
@pytest.mark.parametrize("path", ["/openid/connect/authorize", "/oauth/v2/authorize"])
def test_a_sign_in_that_makes_no_sense_is_refused(sandbox: Sandbox, app: Installed, path: str, query: str) -> None:
    for more in (query, f"client_id={app.settings['client_id']}&{query}"):
        assert httpx.get(f"{sandbox.url}{path}?{more}").status_code == 400
        assert httpx.post(f"{sandbox.url}{path}?{more}", content=b"\xff").status_code == 400


@pytest.mark.usefixtures("unlimited")
def test_text_that_only_looks_like_something(app: Installed, sandbox: Sandbox, general: Room) -> None:
    """Each is said, and told to those who listen for links."""
    sandbox.app("Helper", unfurl_domains=["example.com"])
    for text in ("http://[", "<http://[|x>", "<" * 5000, "&" * 5000, "<!date^9e9^{date}|x>", ":" * 5000, "*_~`" * 2000):
        assert app.client.chat_postMessage(channel=general.id, text=text)["ok"]
