"""What `response doctor` says about settings, as a person runs it."""

import json
from pathlib import Path

import pytest

from tests.unit.test_cli import response

GOOD = {"SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0" * 32, "SITE_URL": "https://response.example.com"}
AWAY = {
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
    "DATABASE_URL": "postgresql://127.0.0.1:9/response",
    "SECRET_KEY": "x",
}


def problems(**environ: str) -> dict[str, str]:
    """Return what is wrong, by name, with how it is told."""
    done = response("doctor", "--json", **environ)
    assert "Traceback" not in done.stderr
    found = [finding for finding in json.loads(done.stdout) if finding["problem"]]
    assert done.returncode == int(any(finding["state"] == "failed" for finding in found))
    assert all(finding["fix"] for finding in found)
    return {finding["problem"]: finding["text"] for finding in found}


def test_bad_setting() -> None:
    done = response("doctor", SITE_URL="ftp://x", LOG_LEVEL="loud")
    assert done.returncode == 1
    assert "✗ settings  SITE_URL: it must begin with http:// or https://" in done.stdout
    assert "✗ settings  LOG_LEVEL: it must be DEBUG" in done.stdout
    assert "→ Correct it in the environment or in .env." in done.stdout


@pytest.fixture(scope="module")
def without_slack() -> dict[str, str]:
    """What is wrong when nothing of Slack's is set."""
    return problems(**AWAY)


def test_no_token(without_slack: dict[str, str]) -> None:
    assert "SLACK_TOKEN is not set" in without_slack["no_token"]


def test_no_way_in(without_slack: dict[str, str]) -> None:
    assert "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set" in without_slack["no_way_in"]


@pytest.mark.parametrize(
    ("token", "kind"), [("xoxp-1", "a user token"), ("xapp-1-A1-1-1", "the app-level token"), ("0" * 32, "a secret of")]
)
def test_wrong_token(token: str, kind: str) -> None:
    assert f"SLACK_TOKEN is {kind}" in problems(**AWAY | GOOD | {"SLACK_TOKEN": token})["wrong_token"]


def test_no_tls() -> None:
    found = problems(
        **AWAY | GOOD | {"SITE_URL": "http://response.example.com", "SLACK_API_URL": "https://slack.com/api/"}
    )
    assert "SITE_URL is http://response.example.com: Slack calls only addresses with TLS." in found["no_tls"]


def test_debug_on() -> None:
    assert "debug_on" in problems(**AWAY | GOOD | {"DEBUG": "true"})


def test_old_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("DJANGO_LOG_LEVEL=INFO\n")
    (tmp_path / ".env").chmod(0o600)
    found = problems(**AWAY | GOOD)
    assert found["old_name"] == "DJANGO_LOG_LEVEL is called LOG_LEVEL now. The old name still works."
    quiet = {"SIGNING_SECRET": GOOD["SLACK_SIGNING_SECRET"]}
    (tmp_path / ".env").unlink()
    assert "old_name" not in problems(**AWAY | GOOD | quiet), "the original's own names are no trouble"


def test_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SLACK_TOKEN=xoxb-1\n")
    (tmp_path / ".env").chmod(0o644)
    assert "others on this machine can read it" in problems(**AWAY)["open_file"]
    (tmp_path / ".env").chmod(0o600)
    assert "open_file" not in problems(**AWAY)


def test_a_half_filled_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("DATABASE_URL=postgresql://127.0.0.1/x\nSLACK_TOKEN=\n")
    assert "SECRET_KEY is missing" in problems()["bad_setting"]


@pytest.fixture(scope="module")
def with_nothing_around() -> dict[str, str]:
    """What is wrong when the settings are fine, and neither the database nor Slack answers."""
    return problems(**AWAY | GOOD)


def test_no_database(with_nothing_around: dict[str, str]) -> None:
    assert with_nothing_around["no_database"].startswith("The database cannot be used: connection")


def test_slack_away(with_nothing_around: dict[str, str]) -> None:
    assert with_nothing_around["slack_away"] == "http://127.0.0.1:9/api/ cannot be reached: cannot reach Slack."


def test_bad_plugin(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import nothing_of_this_name\n")
    found = problems(**AWAY | GOOD | {"PLUGIN_DIR": str(tmp_path)})
    assert "No module named 'nothing_of_this_name'" in found["bad_plugin"]


def test_skipped_plugin(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import nothing_of_this_name\n")
    found = problems(**AWAY | GOOD | {"PLUGIN_DIR": str(tmp_path), "SKIP_BROKEN_PLUGINS": "true"})
    assert "No module named 'nothing_of_this_name'" in found["skipped_plugin"]
