"""The sandbox without Response: a distribution of its own, and fixtures for anybody's pytest."""

import os
import re
import subprocess
import sys
import textwrap
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "slack_sandbox"
ALONE = """
import re, sys
from importlib.metadata import distribution, packages_distributions

def needed(name, extras, known):
    for line in distribution(name).requires or ():
        wanted, extra = re.match(r"[\\w.-]+", line)[0].lower(), re.search(r"extra == ['\\"]([\\w-]+)", line)
        if (extra is None or extra[1] in extras) and wanted not in known:
            known.add(wanted)
            try:
                needed(wanted, re.findall(r"\\w+", (re.search(r"\\[(.*?)\\]", line) or [""])[0]), known)
            except ImportError:
                "for another platform"
    return known

class Others:
    def find_spec(self, name, path=None, target=None):
        dists = {each.lower() for each in owners.get(name, ())}
        if name == "response" or name != "slack_sandbox" and dists and not dists & allowed:
            raise ModuleNotFoundError(f"{name} is none of the sandbox's business")

allowed, owners = {"pytest"}, packages_distributions()
for line in sys.argv[1:]:
    allowed.add(re.match(r"[\\w.-]+", line)[0].lower())
    needed(re.match(r"[\\w.-]+", line)[0], re.findall(r"\\w+", (re.search(r"\\[(.*?)\\]", line) or [""])[0]), allowed)
assert "django" not in allowed, allowed
sys.meta_path.insert(0, Others())
try:
    import django
except ModuleNotFoundError:
    "as it has to be"
else:
    raise SystemExit("nothing was kept away")
import pkgutil, importlib, slack_sandbox
for found in pkgutil.walk_packages(slack_sandbox.__path__, "slack_sandbox."):
    if found.name not in ("slack_sandbox.__main__", "slack_sandbox.pytest_plugin"):
        importlib.import_module(found.name)
from slack_sandbox.testing import Workspace, running_sandbox
with running_sandbox() as sandbox:
    print(Workspace(sandbox).person("Lee").name)
"""


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return dict(tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "--directory", folder]
    subprocess.run(list(map(str, command)), cwd=PACKAGE, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


def test_it_asks_for_what_the_extra_asks_for(project: dict[str, Any]) -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["dependencies"] == whole["optional-dependencies"]["sandbox"]
    assert project["requires-python"] == whole["requires-python"]
    assert project["scripts"]["slack-sandbox"] == whole["scripts"]["slack-sandbox"]
    assert project["entry-points"] == whole["entry-points"]


def test_it_holds_the_sandbox_and_nothing_else(wheel: Path) -> None:
    not_shipped = {"pyproject.toml", "README.md"}
    files = {file.relative_to(PACKAGE.parent).as_posix() for file in PACKAGE.rglob("*") if file.is_file()}
    files = {name for name in files if "__pycache__" not in name and name.partition("/")[2] not in not_shipped}
    with zipfile.ZipFile(wheel) as packed:
        assert {name for name in packed.namelist() if ".dist-info/" not in name} == files


def test_it_runs_where_nothing_else_is(project: dict[str, Any]) -> None:
    command = [sys.executable, "-c", ALONE, *project["dependencies"]]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.returncode) == ("Lee\n", 0), done.stderr


def run_pytest(folder: Path, *arguments: str) -> str:
    """Run the tests of a folder as somebody else's project does, and return what it says."""
    plugins = ["-p", "no:django", "-p", "no:cacheprovider", "-p", "no:randomly"]
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", folder, *plugins, *arguments, folder]
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DJANGO_"))}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=theirs, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


BOT = '''
"""A bot that greets."""
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient

MANIFEST = """
display_information: {name: Greeter}
features: {bot_user: {display_name: greeter}}
oauth_config: {scopes: {bot: [app_mentions:read, chat:write]}}
settings: {event_subscriptions: {bot_events: [app_mention]}, socket_mode_enabled: true}
"""

class Bot:
    manifest = MANIFEST

    def start(self, app, api):
        bolt = App(client=WebClient(token=app["bot_token"], base_url=api), signing_secret=app["signing_secret"])
        bolt.event("app_mention")(lambda event, say: say("Hello, Lee"))
        self.handler = SocketModeHandler(bolt, app["app_token"])
        self.handler.connect()

@pytest.fixture
def my_bot():
    bot = Bot()
    yield bot
    bot.handler.close()
'''


@pytest.mark.parametrize(
    "page", [PACKAGE / "README.md", ROOT / "docs" / "reference" / "sandbox.md"], ids=lambda p: p.name
)
def test_the_test_that_is_shown_passes(tmp_path: Path, page: Path) -> None:
    samples = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    [sample] = [each for each in samples if each.startswith("def test_")]
    (tmp_path / "conftest.py").write_text(BOT)
    (tmp_path / "test_greeting.py").write_text(sample)
    assert "1 passed" in run_pytest(tmp_path)


def test_each_test_begins_with_an_empty_workspace_and_slacks_limits(tmp_path: Path) -> None:
    tests = """
        def test_one(slack_workspace):
            slack_workspace.person("Lee")

        def test_two(slack_sandbox):
            assert "lee" not in [person["name"] for person in slack_sandbox.people()]
            print("limits are", slack_sandbox.settings()["limits"])
    """
    (tmp_path / "test_two.py").write_text(textwrap.dedent(tests))
    assert "limits are slack" in run_pytest(tmp_path, "-s")
    assert "limits are off" in run_pytest(tmp_path, "-s", "-o", "slack_limits=off")


def test_the_fixtures_cost_nothing_where_nobody_asks_for_them(tmp_path: Path) -> None:
    (tmp_path / "test_alone.py").write_text(
        "import sys\ndef test_it():\n    assert 'slack_sandbox.hub' not in sys.modules and 'httpx' not in sys.modules\n"
    )
    assert "1 passed" in run_pytest(tmp_path)
