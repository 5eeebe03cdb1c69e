"""Settings under their old names work, and say so."""

from pathlib import Path

import pytest

from response.project.config import Config, read_config
from response.project.renamed import RENAMED
from tests.unit.test_cli import response


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a `.env` of its own, and an environment without these settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(Config.model_config, "env_file", ".env")
    for name in ("SLACK_SIGNING_SECRET", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_every_renamed_setting_has_a_name_now() -> None:
    known = {name.upper() for name in Config.model_fields}
    assert [each for each in RENAMED if each.new not in known or each.old in known] == []


@pytest.mark.parametrize("where", ["environment", ".env", "file"])
def test_the_originals_name_of_the_secret_works(where: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if where == "environment":
        monkeypatch.setenv("SIGNING_SECRET", "the secret")
    elif where == ".env":
        (folder / ".env").write_text("SIGNING_SECRET=the secret\n")
    else:
        (folder / "secret").write_text("the secret\n")
        monkeypatch.setenv("SIGNING_SECRET_FILE", str(folder / "secret"))
    assert read_config().signing_secrets == ["the secret"]


def test_a_present_name_goes_before_and_the_environment_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("LOG_LEVEL=ERROR\nDJANGO_LOG_LEVEL=INFO\n")
    assert read_config().log_level == "ERROR"
    monkeypatch.setenv("DJANGO_LOG_LEVEL", "DEBUG")
    assert read_config().log_level == "DEBUG"
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    assert read_config().log_level == "WARNING"


def test_a_process_says_at_its_start_what_cannot_work() -> None:
    environ = {"DATABASE_URL": "postgresql://127.0.0.1:9/x", "SECRET_KEY": "x", "SIGNING_SECRET": "y"}
    said = response("socket", SLACK_TOKEN="xoxp-1-secret", **environ).stderr
    assert "setting_wrong_token: SLACK_TOKEN is a user token. Set SLACK_TOKEN to the app's bot token" in said
    assert "secret" not in said


def test_a_process_says_once_at_its_start_that_a_name_is_to_go() -> None:
    environ = {"DATABASE_URL": "postgresql://127.0.0.1:9/x", "SECRET_KEY": "x", "SIGNING_SECRET": "y"}
    said = response("socket", DJANGO_LOG_LEVEL="INFO", **environ).stderr
    [line] = [line for line in said.splitlines() if "setting_old_name" in line]
    assert "DJANGO_LOG_LEVEL is called LOG_LEVEL now. The old name still works. Rename it" in line
    assert "setting_old_name" not in response("socket", LOG_LEVEL="INFO", **environ).stderr
