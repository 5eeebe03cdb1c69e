"""What signing in needs of the settings, and what is done for accounts by the hour."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from procrastinate.contrib.django.models import ProcrastinateJob
from pydantic import ValidationError

from response.accounts.jobs import look_after_accounts
from response.accounts.linking import account_of
from response.core import clock
from response.core.models import Person
from response.project.config import Config
from tests.conftest import signed_in

SANDBOX = "http://127.0.0.1:3010/api/"
OIDC = {"oidc_issuer": "https://login.example.com", "oidc_client_id": "x", "oidc_client_secret": "y"}


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ({"demo_sign_in": True, "slack_api_url": SANDBOX, "site_url": "https://response.example.com"}, "DEMO_SIGN_IN"),
        ({"demo_sign_in": True, "slack_api_url": SANDBOX, "site_url": "http://response.example.com"}, "DEMO_SIGN_IN"),
        ({"demo_sign_in": True, "slack_api_url": SANDBOX, "site_url": "http://localhost.example.com"}, "DEMO_SIGN_IN"),
        ({"demo_sign_in": True}, "DEMO_SIGN_IN"),
        ({"slack_client_secret": ""}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"),
        ({"slack_client_id": ""}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"),
        ({"oidc_issuer": "https://login.example.com"}, "all three are needed"),
        ({**OIDC, "oidc_issuer": "http://login.example.com"}, "OIDC_ISSUER: it must begin with https"),
        ({**OIDC, "oidc_issuer": "https://accounts.google.com"}, "OIDC_DOMAINS"),
        ({**OIDC, "oidc_issuer": "https://login.microsoftonline.com/common/v2.0"}, "OIDC_DOMAINS"),
    ],
)
def test_settings_that_let_anybody_in_are_refused(given: dict[str, object], mistake: str) -> None:
    with pytest.raises(ValidationError, match=mistake):
        Config(**given)


@pytest.mark.parametrize(
    "given",
    [
        {"demo_sign_in": True, "slack_api_url": SANDBOX, "site_url": "http://localhost:8000"},
        OIDC,
        {**OIDC, "oidc_issuer": "https://accounts.google.com", "oidc_domains": "example.com, example.org"},
        {**OIDC, "oidc_issuer": "https://login.microsoftonline.com/7e2c1f0a-0000-4000-8000-000000000000/v2.0"},
    ],
)
def test_settings_that_say_who_comes_in_are_taken(given: dict[str, object]) -> None:
    assert Config(**given)


def settings_with(**environment: str) -> dict[str, object]:
    """What a process takes from its environment."""
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_AGE"]
    names += ["SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT"]
    code = (
        f"import json; from response.project import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("SITE_", "DJANGO_"))}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environ | environment, capture_output=True, text=True, check=True
    )
    return dict(zip(names, json.loads(answer.stdout), strict=True))


def test_behind_tls_cookies_and_addresses_are_for_tls_alone() -> None:
    behind = settings_with(SITE_URL="https://response.example.com", TRUSTED_PROXIES="1", SESSION_HOURS="12")
    assert behind == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_AGE": 43_200,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    }
    plain = settings_with()
    assert (plain["SESSION_COOKIE_SECURE"], plain["SECURE_HSTS_SECONDS"]) == (False, 0)
    assert plain["SECURE_PROXY_SSL_HEADER"] is None, "a header that anybody can send"


def test_browsers_are_told_to_come_back_over_tls(db: None) -> None:
    with override_settings(SECURE_HSTS_SECONDS=60):
        assert Client().get("/accounts/login/").headers["Strict-Transport-Security"] == "max-age=60"
    assert "Strict-Transport-Security" not in Client().get("/accounts/login/").headers


def test_cookies_are_kept_from_scripts_and_other_sites(db: None) -> None:
    User.objects.create_user("mo", password="a long night shift")
    answer = Client().post("/accounts/login/", {"login": "mo", "password": "a long night shift"})
    session = answer.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", 7 * 24 * 3600)


def test_those_who_may_sign_in_are_asked_about_by_the_hour(lee: Person, rae: Person) -> None:
    account_of(lee)
    for person in (lee, rae):
        person.learn(full_name=str(person))
    look_after_accounts.func(0)
    assert not ProcrastinateJob.objects.filter(task_name="read_profile").exists()
    clock.move(timedelta(days=1, minutes=1))
    look_after_accounts.func(0)
    asked = ProcrastinateJob.objects.filter(task_name="read_profile").values_list("args", flat=True)
    assert [job["user_id"] for job in asked] == ["ULEE"]


def test_sessions_that_are_over_are_forgotten(lee: Person) -> None:
    signed_in(lee)
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    signed_in(lee)
    look_after_accounts.func(0)
    assert Session.objects.count() == 1


def test_a_wrong_password_leaves_a_line_without_what_was_typed(db: None, caplog: pytest.LogCaptureFixture) -> None:
    Client().post("/accounts/login/", {"login": "hunter2", "password": "hunter3"})
    assert "sign_in_failed provider=password ip=127.0.0.1" in caplog.text
    assert "hunter" not in caplog.text
