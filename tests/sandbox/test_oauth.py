"""Sign in with Slack, and installing an app, as an app goes through them."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from slack_sdk import WebClient

from slack_sandbox.testing import Actor, Sandbox
from tests.sandbox.shapes import load, present, problems

Json = dict[str, Any]
BACK = "https://app.example.com/oauth/callback"
VERIFIER = "a" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@pytest.fixture
def client(sandbox: Sandbox) -> Json:
    """An app as its settings page shows it."""
    return sandbox.app("Helper", redirect_urls=["https://app.example.com/oauth/"])


@pytest.fixture
def asked(client: Json) -> Json:
    """What a sign-in asks for."""
    return {
        "client_id": client["client_id"],
        "response_type": "code",
        "scope": "openid profile email",
        "redirect_uri": BACK,
        "state": "s1",
        "nonce": "n1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }


def page(sandbox: Sandbox, asked: Json, path: str = "/openid/connect/authorize") -> httpx.Response:
    return httpx.get(f"{sandbox.url}{path}", params=asked)


def allow(sandbox: Sandbox, asked: Json, who: str, path: str = "/openid/connect/authorize") -> Json:
    """Press a button of the page. Returns what comes back to the app."""
    answer = httpx.post(f"{sandbox.url}{path}", params=asked, data={"user": who})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{BACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(sandbox: Sandbox, client: Json, code: str, method: str = "openid.connect.token", **more: str) -> Json:
    form = {
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
        "code": code,
        "grant_type": "authorization_code",
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        **more,
    }
    return httpx.post(f"{sandbox.api_url}{method}", data=form).json()


def user_info(sandbox: Sandbox, token: str) -> Json:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{sandbox.api_url}openid.connect.userInfo", headers=headers).json()


def test_the_page_asks_who_one_is(sandbox: Sandbox, asked: Json, rae: Actor, lee: Actor) -> None:
    shown = page(sandbox, asked)
    assert shown.status_code == 200
    assert "Helper" in shown.text
    assert [name in shown.text for name in ("Rae", "Lee", "Slackbot")] == [True, True, False]


def test_somebody_signs_in(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    back = allow(sandbox, asked, rae.id)
    assert back["state"] == "s1"
    answer = exchange(sandbox, client, back["code"])
    assert (answer["ok"], answer["token_type"]) == (True, "Bearer")
    found = httpx.get(f"{sandbox.url}/.well-known/openid-configuration").json()
    keys = jwt.PyJWKSet.from_dict(httpx.get(found["jwks_uri"]).json())
    claims = jwt.decode(
        answer["id_token"], keys["sandbox"], ["RS256"], audience=client["client_id"], issuer=found["issuer"]
    )
    assert (claims["sub"], claims["nonce"], claims["email"]) == ("U0RAE", "n1", "rae@example.com")
    assert claims["https://slack.com/team_id"] == "T0SANDBOX1"
    info = user_info(sandbox, answer["access_token"])
    assert (info["ok"], info["sub"], info["https://slack.com/user_id"], info["name"]) == (True, "U0RAE", "U0RAE", "Rae")


def test_scopes_tell_what_may_be_known(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    answer = exchange(sandbox, client, allow(sandbox, {**asked, "scope": "openid"}, rae.id)["code"])
    info = user_info(sandbox, answer["access_token"])
    assert {"sub", "https://slack.com/team_id"} <= info.keys()
    assert not {"email", "name", "picture"} & info.keys()


def test_saying_no_is_told(sandbox: Sandbox, asked: Json) -> None:
    assert allow(sandbox, asked, "") == {"error": "access_denied", "state": "s1"}


def test_a_code_works_once_for_its_app_and_its_verifier(
    sandbox: Sandbox, client: Json, asked: Json, rae: Actor
) -> None:
    code = allow(sandbox, asked, rae.id)["code"]
    assert exchange(sandbox, client, code)["ok"]
    assert exchange(sandbox, client, code)["error"] == "invalid_code"
    other = sandbox.app("Other", redirect_urls=[BACK])
    for wrong, error in (
        ({"client_secret": "x"}, "bad_client_secret"),
        ({"client_id": "x"}, "invalid_client_id"),
        ({"client_id": other["client_id"], "client_secret": other["client_secret"]}, "invalid_code"),
        ({"redirect_uri": f"{BACK}/other"}, "bad_redirect_uri"),
        ({"code_verifier": "b" * 43}, "invalid_grant"),
        ({"code": "x"}, "invalid_code"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"method": "oauth.v2.access"}, "oauth_authorization_url_mismatch"),
    ):
        given = {"code": allow(sandbox, asked, rae.id)["code"], **wrong}
        assert exchange(sandbox, client, **given) == {"ok": False, "error": error}


def test_a_code_is_forgotten_after_ten_minutes(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    code = allow(sandbox, asked, rae.id)["code"]
    sandbox.advance(601)
    assert exchange(sandbox, client, code)["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "x"}, "invalid_client_id"),
        ({"redirect_uri": "https://evil.example.com/oauth/callback"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://app.example.com.evil.example.com/oauth/"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://app.example.com/oauthevil"}, "bad_redirect_uri"),
        ({"redirect_uri": ""}, "bad_redirect_uri"),
        ({"scope": ""}, "no_scopes"),
        ({"response_type": "token"}, "invalid_response_type"),
        ({"client_id": "<script>"}, "invalid_client_id"),
    ],
)
def test_a_wrong_request_is_not_sent_back_anywhere(sandbox: Sandbox, asked: Json, wrong: Json, error: str) -> None:
    answer = page(sandbox, {**asked, **wrong})
    assert answer.status_code == 400
    assert f"<code>{error}</code>" in answer.text


def test_a_partner_says_which_workspace_is_theirs(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    sandbox.person("rae", team_id="T0PARTNER1")
    answer = exchange(sandbox, client, allow(sandbox, asked, rae.id)["code"])
    assert user_info(sandbox, answer["access_token"])["https://slack.com/team_id"] == "T0PARTNER1"


def test_a_token_of_nobody_is_refused(sandbox: Sandbox, client: Json) -> None:
    assert user_info(sandbox, "xoxp-1")["error"] == "invalid_auth"
    assert user_info(sandbox, client["bot_token"])["error"] == "invalid_auth"


def test_an_app_is_installed_with_the_scopes_that_it_asks_for(
    sandbox: Sandbox, client: Json, asked: Json, rae: Actor
) -> None:
    asked = {**asked, "scope": "chat:write,commands"}
    code = allow(sandbox, asked, rae.id, "/oauth/v2/authorize")["code"]
    answer = exchange(sandbox, client, code, "oauth.v2.access")
    assert (answer["access_token"], answer["scope"]) == (client["bot_token"], "chat:write,commands")
    assert answer["authed_user"] == {"id": rae.id}
    headers = {"Authorization": f"Bearer {answer['access_token']}"}
    refused = httpx.get(f"{sandbox.api_url}users.list", headers=headers).json()
    assert (refused["error"], refused["needed"]) == ("missing_scope", "users:read")


def test_an_app_may_act_for_who_installs_it(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    asked = {**asked, "scope": "chat:write", "user_scope": "users:read,channels:read"}
    answer = exchange(sandbox, client, allow(sandbox, asked, rae.id, "/oauth/v2/authorize")["code"], "oauth.v2.access")
    granted = answer["authed_user"]
    assert (granted["id"], granted["scope"], granted["token_type"]) == (rae.id, "users:read,channels:read", "user")
    headers = {"Authorization": f"Bearer {granted['access_token']}"}
    assert httpx.get(f"{sandbox.api_url}auth.test", headers=headers).json()["user_id"] == rae.id
    only_person = {**asked, "scope": ""}
    code = allow(sandbox, only_person, rae.id, "/oauth/v2/authorize")["code"]
    answer = exchange(sandbox, client, code, "oauth.v2.user.access")
    assert (answer["user_id"], answer["access_token"], answer["token_type"]) == (
        rae.id,
        granted["access_token"],
        "user",
    )
    nobody = allow(sandbox, {**asked, "user_scope": ""}, rae.id, "/oauth/v2/authorize")["code"]
    assert exchange(sandbox, client, nobody, "oauth.v2.user.access")["error"] == "no_user_scopes"


def test_a_client_names_itself_in_the_header(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    """As slack_sdk does it."""
    asked = {**asked, "scope": "chat:write", "code_challenge": ""}
    code = allow(sandbox, asked, rae.id, "/oauth/v2/authorize")["code"]
    who = {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    answer = WebClient(base_url=sandbox.api_url).oauth_v2_access(**who, code=code, redirect_uri=BACK)
    assert answer["access_token"] == client["bot_token"]


@present
def test_answers_are_of_the_documented_shape(sandbox: Sandbox, client: Json, asked: Json, rae: Actor) -> None:
    answer = exchange(sandbox, client, allow(sandbox, asked, rae.id)["code"])
    for method, said in (
        ("openid.connect.token", answer),
        ("openid.connect.userInfo", user_info(sandbox, answer["access_token"])),
    ):
        schema = load(f"slack-api-ref/docs.slack.dev/methods/{method}.json")["output"]
        assert problems(said, schema, schema) == []
        assert said.keys() - {"ok"} <= schema["properties"].keys()
