"""The `response` command: what it offers, and that a mistake is a sentence."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import NotSupportedError, connection

from response import management
from response.cli import _COMMANDS, main
from response.project.mistakes import sentence_for

COMMANDS = Path(str(management.__file__)).with_name("commands")


def response(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a person does."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "response", *arguments],
        env=inherited | {"PYTHONPATH": os.pathsep.join(sys.path)} | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The single line that a refused command says."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    [line] = [line for line in done.stderr.splitlines() if line.startswith("response: ")]
    return line


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_names_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    text = capsys.readouterr().out
    offered = set(re.findall(r"^  response ([a-z-]+) ", text, re.MULTILINE))
    ours = {file.stem.replace("_", "-") for file in COMMANDS.glob("[a-z]*.py")}
    assert offered == ours | _COMMANDS.keys() | {"migrate", "check", "shell"}


@pytest.mark.parametrize("command", ["web", "worker", "run", "demo"])
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert f"response {command}" in text
    assert "--skip-broken-plugins" in text


def test_python_m_response_is_the_same(tmp_path: Path) -> None:
    assert response("--version").stdout.startswith("response 0.")


@pytest.mark.parametrize("command", ["create-token", "create_token", "add-account", "createsuperuser", "procrastinate"])
def test_commands_of_the_apps_are_known_in_either_spelling(command: str, tmp_path: Path) -> None:
    done = response(command, "--help", RESPONSE_DATA_DIR=str(tmp_path / "data"))
    assert (done.returncode, command.replace("-", "_") in done.stdout) == (0, True)


def test_a_command_nobody_knows(tmp_path: Path) -> None:
    done = response("wurker", RESPONSE_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 1
    assert "Unknown command: 'wurker'" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_port_in_use_names_the_option() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert one_sentence(response("web", "--bind", f"127.0.0.1:{port}")) == (
            f"response: Port {port} is in use; choose another with --bind."
        )


def test_an_address_that_is_none(tmp_path: Path) -> None:
    assert "is not an address to listen on" in one_sentence(response("web", "--bind", "everywhere"))


def test_wrong_settings_come_as_one_list() -> None:
    done = response("check", SITE_URL="ftp://example.org", LOG_LEVEL="loud")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "SITE_URL" in done.stderr
    assert "LOG_LEVEL" in done.stderr


def test_a_database_that_is_away_is_one_sentence() -> None:
    done = response("migrate", DATABASE_URL="postgresql://127.0.0.1:9/response", SECRET_KEY="only for this test")
    assert "The database cannot be used" in one_sentence(done)


@pytest.mark.parametrize("command", ["run", "web", "worker", "migrate"])
def test_a_half_filled_file_is_one_sentence(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("DATABASE_URL=postgresql://127.0.0.1:9/response\nSLACK_TOKEN=\n")
    assert "SECRET_KEY is missing: any long random text" in one_sentence(response(command))


def test_a_database_that_is_too_old_is_one_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.features, "minimum_database_version", (99,))
    with pytest.raises(NotSupportedError) as refused:
        connection.check_database_version_supported()
    sentence = sentence_for(refused.value)
    assert sentence is not None
    assert sentence.startswith("The database cannot be used: PostgreSQL 99 or later is required (found 18.")
    assert sentence.endswith("Upgrade it; `response backup` writes everything that has to move.")


def test_a_data_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be used" in one_sentence(response("migrate", RESPONSE_DATA_DIR=str(tmp_path / "file")))
