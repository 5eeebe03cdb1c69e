"""`response demo`, as a person starts and stops it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import httpx
import pytest
from bench.ack_bare import free_port

from response.cli import main
from response.project import embedded
from response.project.config import Config
from response.project.demo import MARK
from response.project.demo import Demo as DemoPlace
from response.project.embedded.layout import layout_of
from response.project.embedded.locks import alone, try_alone
from response.project.renamed import RENAMED
from slack_sandbox.control import Sandbox

PATIENCE = 240.0


@dataclass
class Demo:
    """A running demo: its chat, and what it says in the terminal from now on."""

    sandbox: Sandbox
    said: Iterator[str]


@contextmanager
def demo(folder: Path, *options: str, web_port: int | None = None) -> Iterator[Demo]:
    """A running demo; Ctrl-C at the end of the block."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "response", "demo", "--data", str(folder)),
        *("--port", str(web_port or free_port()), "--sandbox-port", str(port), *options),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        overdue = Timer(PATIENCE, process.kill)  # ends the wait for a line that never comes
        overdue.start()
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C stops everything" in line:
                break
        assert process.poll() is None, "".join(said)
        try:
            with Sandbox(f"http://127.0.0.1:{port}") as sandbox:
                yield Demo(sandbox, iter(process.stdout))
        finally:
            overdue.cancel()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
    assert process.returncode == 0


def headlines(sandbox: Sandbox) -> list[str]:
    return [message["text"] for message in sandbox.messages("incidents") if not message.get("subtype")]


def test_nothing_of_a_real_installation_reaches_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Config.secret_names() - {each.old for each in RENAMED} - {"METRICS_TOKEN"}
    for name in real:
        monkeypatch.setenv(name, "of a real installation")
    secrets = dict.fromkeys(("secret_key", "client_id", "client_secret", "signing_secret", "bot_token"), "of the demo")
    environ = DemoPlace(tmp_path, 8000, 3010, secrets).environ("postgresql:///demo")
    assert [name for name in sorted(real) if environ[name] == "of a real installation"] == []


def test_a_demo_starts_over_and_finds_its_past_incident_again(tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    (tmp_path / "workspace.json").write_text("of an earlier demo, and broken")
    with demo(tmp_path, "--fresh") as running:
        sandbox = running.sandbox
        ids = {person["name"]: person["id"] for person in sandbox.people()}
        assert {"rae": "URAE", "lee": "ULEE", "bo": "UBO", "oz": "UOZ"}.items() <= ids.items()
        sandbox.act("rae", "say", channel=sandbox.show_channel("general")["id"], text="Remember this")
        first = headlines(sandbox)
        assert len(first) == 1
        assert "Card payments" in first[0]
    with demo(tmp_path, web_port=(port := free_port())) as running:
        sandbox = running.sandbox
        page = httpx.get(f"http://127.0.0.1:{port}/accounts/login/").text
        people = [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<button>(.*?)</button>", page)]
        assert people[:-1] == ["Rae Okafor", "Lee Sandoval", "Bo Lindqvist an operator", "Oz Tanaka a guest"]
        assert "Sign in with Slack" in page
        assert sandbox.messages("general")[-1]["text"] == "Remember this"
        assert headlines(sandbox) == first
        assert sandbox.settings()["limits"] == "slack"
    keeper_lock = try_alone(layout_of(tmp_path).keeper_lock)
    assert keeper_lock is not None, "PostgreSQL still runs"
    os.close(keeper_lock)
    embedded.remove(tmp_path)


def refused(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    ports = ("--port", str(free_port()), "--sandbox-port", str(free_port()))
    assert main(["demo", *ports, *options]) == 1
    return capsys.readouterr().err


def test_a_folder_of_something_else_is_neither_used_nor_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("months of work")
    assert "holds something else than a demo" in refused(capsys, "--data", str(tmp_path), "--fresh")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_two_demos_do_not_share_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with alone(tmp_path / MARK):
        assert "runs in" in refused(capsys, "--data", str(tmp_path), "--fresh")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert "The demo cannot use" in refused(capsys, "--data", str(tmp_path / "file" / "demo"))
