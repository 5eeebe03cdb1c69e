"""A plugin that is saved takes effect by itself, in `response demo` and, while developing, in `response run`."""

import textwrap
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from response.project import embedded
from response.project.reloading import contents
from slack_sandbox.control import Sandbox, wait_for
from tests.unit.test_demo import demo
from tests.unit.test_discovery import running

PATIENCE = 60.0  # on a busy machine
COMMANDS = """
import time
from pathlib import Path
from response.plugins import incident_command

@incident_command(["runbook"])
def runbook() -> str:
    return "It is on the wiki."

@incident_command(["slow"])
def slow() -> str:
    (Path(__file__).parents[1] / "begun").touch()
    for _ in range(40):
        time.sleep(0.1)
    return "Slowly, and once."
"""
PAGE = """
from django.http import HttpResponse
from django.urls import path
from response.plugins.pages import for_anybody

urlpatterns = [path("", for_anybody(lambda request: HttpResponse("It is on the wiki.")))]
"""


class Plugins:
    """A folder of plugins that somebody works in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, name: str, source: str) -> None:
        (self.folder / name).write_text(textwrap.dedent(source))


@pytest.fixture
def plugins(tmp_path: Path) -> Plugins:
    (tmp_path / "plugins").mkdir()
    return Plugins(tmp_path / "plugins")


def test_whatever_happens_to_a_file_makes_a_difference(tmp_path: Path) -> None:
    states = [contents(tmp_path / "plugins")]
    for change in (
        lambda folder: folder.mkdir(),
        lambda folder: (folder / "a.py").write_text("1"),
        lambda folder: (folder / "a.py").write_text("2"),
        lambda folder: (folder / "keeper").mkdir(),
        lambda folder: (folder / "keeper" / "page.html").write_text(""),
        lambda folder: (folder / "a.py").rename(folder / "b.py"),
        lambda folder: (folder / "b.py").unlink(),
    ):
        change(tmp_path / "plugins")
        states.append(contents(tmp_path / "plugins"))
    assert [sorted(state) for state in states] == [
        [],
        [],
        ["a.py"],
        ["a.py"],
        ["a.py"],
        ["a.py", "keeper/page.html"],
        ["b.py", "keeper/page.html"],
        ["keeper/page.html"],
    ]
    assert states[2] != states[3]


def test_what_editors_and_python_leave_does_not_count(tmp_path: Path) -> None:
    for name in (".a.py.swp", "a.py~", "__pycache__/a.pyc", ".git/HEAD"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert contents(tmp_path) == {}


def test_while_developing_response_run_shows_a_plugins_page_as_it_was_saved(plugins: Plugins, tmp_path: Path) -> None:
    plugins.save("runbook.py", PAGE)
    environ = {"PLUGIN_DIR": str(plugins.folder), "DEBUG": "true"}
    with running("run", data=tmp_path / "data", **environ) as (url, said):
        page = f"{url}/plugins/runbook/"
        shows(page, "It is on the wiki.")
        plugins.save("runbook.py", PAGE.replace("wiki", "moon"))
        assert next(line for line in said if "loaded anew: runbook.py" in line)
        shows(page, "It is on the moon.")
        plugins.save("runbook.py", "1 / 0")
        assert next(line for line in said if "runbook.py:1: ZeroDivisionError" in line)
        shows(page, "It is on the moon.")


def shows(page: str, text: str) -> None:
    def is_shown() -> bool:
        try:
            return text in httpx.get(page, trust_env=False).text
        except httpx.TransportError:  # the web process is on its way
            return False

    wait_for(is_shown, timeout=PATIENCE)


@dataclass
class Lee:
    """Lee, in the channel of the demo's incident."""

    sandbox: Sandbox
    channel: str = "inc-101"

    def says(self, command: str) -> None:
        [bot] = [each["id"] for each in self.sandbox.people() if each.get("is_bot") and each["name"] == "incident"]
        channel = self.sandbox.show_channel(self.channel)["id"]
        self.sandbox.act("lee", "say", channel=channel, text=f"<@{bot}> {command}")

    def reads(self) -> list[str]:
        """What Lee sees there, the bot's private words too."""
        return [message["text"] for message in self.sandbox.messages(self.channel, seen_by="lee")]

    def asks(self, command: str) -> str:
        """Say a command, and return the answer."""
        before = len(self.reads())
        self.says(command)
        return wait_for(lambda: "\n".join(self.reads()[before + 1 :]), timeout=PATIENCE)

    def is_answered(self, command: str, answer: str) -> None:
        """Say a command, again and again, until this is the answer."""
        wait_for(lambda: answer in self.asks(command), timeout=PATIENCE, every=0.3)


def test_in_the_demo_a_command_answers_as_it_was_saved(
    tmp_path: Path, plugins: Plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUGIN_DIR", str(plugins.folder))
    with demo(tmp_path / "demo") as running_demo:
        lee, said = Lee(running_demo.sandbox), running_demo.said
        assert "runbook" in lee.asks("runbook")  # which nobody knows

        plugins.save("runbook.py", COMMANDS)
        assert next(line for line in said if "loaded anew: runbook.py" in line)
        lee.is_answered("runbook", "It is on the wiki.")

        lee.says("slow")
        wait_for((tmp_path / "begun").exists, timeout=PATIENCE)
        plugins.save("runbook.py", COMMANDS.replace("wiki", "moon"))
        lee.is_answered("runbook", "It is on the moon.")
        assert lee.reads().count("Slowly, and once.") == 1

        plugins.save("runbook.py", "def runbook(:")
        assert next(line for line in said if "runbook.py:1: invalid syntax. Correct that line." in line)
        assert lee.asks("runbook") == "It is on the moon."

        plugins.save("runbook.py", COMMANDS.replace("wiki", "shelf"))
        lee.is_answered("runbook", "It is on the shelf.")

        (plugins.folder / "runbook.py").unlink()
        wait_for(lambda: "It is on the shelf." not in lee.asks("runbook"), timeout=PATIENCE, every=0.3)
    embedded.remove(tmp_path / "demo")
