"""Starting, stopping, remembering."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from slack_sdk import WebClient
from websockets.sync.client import connect

from slack_sandbox.testing import Sandbox, Workspace, running_sandbox, wait_for

SRC = Path(__file__).parents[2] / "src"


@contextmanager
def command(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", Sandbox]]:
    """`slack-sandbox` as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    process = subprocess.Popen(
        [sys.executable, "-m", "slack_sandbox", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        with Sandbox(line.split()[-1]) as sandbox:
            wait_for(sandbox.is_up)
            yield process, sandbox
    finally:
        process.kill()
        process.communicate()


def resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def test_people_are_there_from_the_start() -> None:
    with command("--person", "Rae", "--person", "Lee Sandoval") as (_, sandbox):
        assert {person["name"] for person in sandbox.people()} >= {"rae", "lee.sandoval"}
        assert len(sandbox.show_channel("general")["members"]) == 2


def test_it_stops_at_once_and_cleanly_with_pages_open(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    app = tmp_path / "app.json"
    app.write_text(json.dumps({"name": "Helper", "bot_token": "xoxb-known"}))
    with command("--state", str(state), "--app", str(app)) as (process, sandbox):
        lee = Workspace(sandbox).person("Lee")
        assert WebClient(token="xoxb-known", base_url=sandbox.api_url).auth_test()["ok"]
        with httpx.stream("GET", f"{sandbox.url}/client/stream", params={"as": lee.id}) as stream:
            next(stream.iter_lines())
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=5) == 0
    assert "lee" in [person["name"] for person in json.loads(state.read_text())["people"]]


def test_it_stops_with_websockets_open_and_events_waiting(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    with command("--journal", str(journal)) as (process, sandbox):
        app = sandbox.app("Helper", socket_mode=True)
        url = WebClient(base_url=sandbox.api_url).apps_connections_open(app_token=app["app_token"])["url"]
        with connect(url) as connection:
            connection.recv(timeout=5)
            Workspace(sandbox).person("Lee")
            wait_for(sandbox.open_events)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=5) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    ends = [entry for entry in map(json.loads, journal.read_text().splitlines()) if entry["kind"] == "event"]
    assert {entry["state"] for entry in ends} == {"forgotten"}


def test_apps_are_installed_by_their_manifests(tmp_path: Path) -> None:
    state, manifest = tmp_path / "state.json", tmp_path / "app.yaml"
    manifest.write_text(
        "display_information: {name: Notes}\n"
        "features: {bot_user: {display_name: notes}}\n"
        "oauth_config: {scopes: {bot: [chat:write]}}\n"
    )
    tokens = set()
    for _ in range(2):
        with command("--state", str(state), "--manifest", str(manifest)) as (process, sandbox):
            [app] = httpx.get(f"{sandbox.url}/control/apps").json()
            assert (app["name"], app["scopes"], app["events"]) == ("Notes", ["chat:write"], [])
            tokens.add(app["bot_token"])
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=5) == 0
    assert len(tokens) == 1, "it is the same app when it is started again"
    manifest.write_text("display_information: {name: Notes, colour: red}")
    done = subprocess.run(
        [sys.executable, "-m", "slack_sandbox", "--port", "0", "--manifest", str(manifest)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = "Slack would not take this manifest: invalid additional property: colour (/display_information)"
    assert (done.returncode, done.stderr) == (1, f"slack-sandbox: {told}\n")


def test_it_is_small(tmp_path: Path) -> None:
    with command() as (process, sandbox):
        app = sandbox.app("Helper")
        sandbox.channel("general", members=[app["bot_user"]])
        client = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
        for number in range(50):
            client.chat_postMessage(channel="general", text=f"message {number}")
        assert resident_mb(process.pid) < 80


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "slack_sandbox", "--port", port],
            env={**os.environ, "PYTHONPATH": str(SRC)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_workspace_comes_back_from_its_file(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "state.json"
    with running_sandbox(state=state) as sandbox:
        workspace = Workspace(sandbox)
        lee, rae = workspace.person("Lee"), workspace.person("Rae")
        general = workspace.channel("general", lee, rae)
        said = lee.says(general, f"hello {rae.mention} 🎉")
        lee.reacts(said, "eyes")
        lee.pins(said)
        lee.says(general, "reply", thread=said)
        app = sandbox.app("Helper", channels=["general"])
        before = everything(sandbox)
    with running_sandbox(state=state) as sandbox:
        assert everything(sandbox) == before
        again = sandbox.act(lee.id, "say", channel=general.id, text="later")
        assert again["ts"] > said.ts
        client = WebClient(token=app["bot_token"], base_url=sandbox.api_url)
        assert client.conversations_history(channel=general.id)["messages"][0]["text"] == "later"


def everything(sandbox: Sandbox) -> list[Any]:
    messages = [sandbox.messages(channel["id"]) for channel in sandbox.channels()]
    return [sandbox.people(), sandbox.channels(), messages]


def test_a_change_is_saved_soon(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with running_sandbox(state=state) as sandbox:
        sandbox.person("lee")
        wait_for(lambda: state.exists() and '"lee"' in state.read_text())


def test_a_file_that_is_no_workspace_is_one_sentence(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text('{"version": 99}')
    done = subprocess.run(
        [sys.executable, "-m", "slack_sandbox", "--port", "0", "--state", str(state)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "version 99" in done.stderr
