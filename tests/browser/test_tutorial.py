"""The tutorial, followed to the letter: what it says to type is typed, and what it says to press is pressed."""

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.ack_bare import free_port
from playwright.sync_api import Page, expect

from response.project import embedded
from tests.browser.conftest import OpensWindow, picture
from tests.docs.samples import blocks
from tests.setup.test_setup import read_until

pytestmark = pytest.mark.browser

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial" / "connect-a-workspace.md").read_text("utf-8")
STEPS = re.split(r"^## \d+\. ", PAGE, flags=re.MULTILINE)[1:]
SAID = "http://127.0.0.1:3010"


def button(step: int) -> str:
    """The button that a step says to press, the last in bold."""
    return re.findall(r"\*\*(.+?)\*\*", STEPS[step - 1])[-1]


def typed(step: int, beginning: str) -> str:
    """What a step says to type, by how it begins."""
    [found] = re.findall(rf"`({re.escape(beginning)}.*?)`", STEPS[step - 1])
    return str(found)


@contextmanager
def program(step: int, folder: Path, *more: str, sandbox: str = SAID) -> Iterator[int]:
    """Run what a step says to run, at a terminal of its own; yields the terminal."""
    [line] = blocks(STEPS[step - 1], "console")
    words = shlex.split(line.removeprefix("$ ").replace(SAID, sandbox))
    settings = dict(word.split("=", 1) for word in words if "=" in word)
    command = [sys.executable, "-m", *(word for word in words if word not in {f"{k}={v}" for k, v in settings.items()})]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(folder), **settings}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*command, *more], cwd=folder, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        try:
            yield ours
        finally:
            process.terminate()
            process.wait(30)
            os.close(ours)


def answer(terminal: int, prompts: list[str], text: str = "") -> str:
    """Wait for each question, and type the same; returns what was shown."""
    shown = ""
    for prompt in prompts:
        shown += read_until(terminal, prompt)
        os.write(terminal, f"{text}\n".encode())
    return shown


def secret(page: Page, name: str) -> str:
    """What stands on the app's page under this name."""
    return page.locator("dt", has_text=name).locator("xpath=following-sibling::dd[1]").inner_text()


def test_there_are_at_most_eight_steps() -> None:
    assert 0 < len(STEPS) <= 8


def test_from_the_manifest_to_the_first_incident(window: OpensWindow, tmp_path: Path) -> None:
    tmp_path.chmod(0o711)  # PostgreSQL's own account, where root runs the tests, has to come to its folder
    page = window()
    try:
        with program(1, tmp_path, "--port", "0") as workspace:
            sandbox = re.findall(r"http://[\d.:]+", read_until(workspace, "\n"))[0]
            set_up(page, sandbox, tmp_path)
            with program(6, tmp_path, "--bind", f"127.0.0.1:{free_port()}") as service:
                read_until(service, "socket_connected")
                declare(page, sandbox)
                picture(page, "tutorial")
                page.goto("about:blank")  # before the workspace goes
    finally:
        embedded.remove(tmp_path / ".data")


def set_up(page: Page, sandbox: str, folder: Path) -> None:
    """Steps 2 to 5."""
    with program(2, folder, sandbox=sandbox) as terminal:
        names = ["Name of the Slack app", "to talk to it [", "Socket Mode (recommended): ", "reach the pages ["]
        shown = answer(terminal, names) + read_until(terminal, "OAuth Token (xoxb-…): ")
        [link] = re.findall(rf"{sandbox}/apps\S+", shown)
        page.goto(link)
        page.get_by_role("button", name=button(3)).click()
        os.write(terminal, f"{secret(page, 'Bot User OAuth Token')}\n".encode())
        assert "and may do all that is needed." in answer(
            terminal, ["App-Level Token (xapp-…): "], page.get_by_text("xapp-").inner_text()
        )
        answer(terminal, ["Client ID", "empty: our own: ", "headline posts ["])
        read_until(terminal, "`response doctor` says")
    assert (folder / ".env").is_file()


def declare(page: Page, sandbox: str) -> None:
    """Steps 7 and 8."""
    page.goto(sandbox)
    composer = page.get_by_role("textbox", name=re.compile("^Message #"))
    for text in (typed(7, "/join"), typed(8, "/incident")):
        composer.click()
        composer.press_sequentially(text)
        if page.get_by_role("listbox", name="Suggestions").is_visible():
            page.keyboard.press("Escape")
        composer.press("Enter")
        if text.startswith("/join"):
            expect(page.get_by_role("heading", level=1, name="incidents", exact=True)).to_be_visible()
            page.get_by_role("button", name=button(7)).click()
            expect(page.get_by_text(re.findall(r"\*([^*]+)\*$", STEPS[6].strip())[0])).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name=button(8)).click()
    headline = page.get_by_role("log").get_by_role("article").filter(has_text="Incident 1").last
    expect(headline).to_contain_text("Status: Live")
    expect(headline).to_contain_text("Payments are failing")
