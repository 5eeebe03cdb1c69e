"""Finding plugins, and what is said about one that cannot be loaded."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Timer

import pytest
from bench.ack_bare import free_port
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse

from response.plugins import discovery, registry
from response.plugins.arguments import TAKES
from response.plugins.errors import PluginError
from response.plugins.testing.loading import only_within
from response.project import embedded
from tests.unit.test_cli import one_sentence, response

GOOD = """
from response.plugins import incident_command

@incident_command(["runbook"], helptext="Where the runbook is")
def runbook() -> str:
    return "It is on the wiki."
"""


class Folder:
    """A folder of plugins, and Response started with it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, name: str, source: str = GOOD) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(source))

    def is_loaded(self, *, skip: bool = False) -> None:
        """Load the plugins of the folder as start-up does, in this process."""
        with override_settings(SKIP_BROKEN_PLUGINS=True) if skip else nullcontext():
            discovery.load()

    def refused(self) -> str:
        """Load the plugins; returns what is said about a broken one."""
        with pytest.raises(PluginError) as error:
            self.is_loaded()
        return str(error.value)

    def starts(self, **environ: str) -> subprocess.CompletedProcess[str]:
        return response("check", PLUGIN_DIR=str(self.path), **environ)

    def prints(self, expression: str, **environ: str) -> str:
        """Return what an expression is in a process that has started."""
        code = f"import django; django.setup(); from response.plugins import discovery, registry; print({expression})"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=ENVIRON | {"PLUGIN_DIR": str(self.path)} | environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


PATIENCE = 240.0
ENVIRON = {"PYTHONPATH": ":".join(sys.path), "DJANGO_SETTINGS_MODULE": "response.project.settings"}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    """An empty folder of plugins; what is loaded from it is gone after the test."""
    with override_settings(PLUGIN_DIR=tmp_path), only_within():
        yield Folder(tmp_path)


def test_a_file_with_one_decorated_function_is_a_plugin(folder: Folder) -> None:
    folder.add("runbook.py")
    folder.add("_shared.py", "raise RuntimeError('not a plugin')")
    folder.add("test_runbook.py", "raise RuntimeError('not a plugin')")
    folder.add("conftest.py", "raise RuntimeError('not a plugin')")
    folder.is_loaded()
    assert list(discovery.loaded) == ["runbook"]
    assert key("runbook") == "response_plugins.runbook.runbook"


def key(command: str) -> str | None:
    """Return what answers to a command."""
    handler = registry.command_for(command)
    return handler.key if handler else None


def test_a_package_in_the_folder_is_a_plugin_and_its_files_know_each_other(folder: Folder) -> None:
    folder.add("keeper/__init__.py", "from . import commands")
    folder.add("keeper/commands.py", "from response_plugins import _shared\n" + GOOD)
    folder.add("_shared.py", "")
    folder.is_loaded()
    assert key("runbook") == "response_plugins.keeper.commands.runbook"


def test_without_the_folder_there_are_no_plugins(folder: Folder) -> None:
    with override_settings(PLUGIN_DIR=folder.path / "nowhere"):
        discovery.load()
    assert discovery.loaded == {}


BROKEN = {
    "a syntax error": ("def f(:\n", "a.py:1: ", "Correct that line"),
    "a missing package": ("import os\nimport nosuchthing\n", "a.py:2: ModuleNotFoundError", "Install what it imports"),
    "an error on import": ("\n\n1 / 0\n", "a.py:3: ZeroDivisionError", "Correct that line"),
    "leaving": ("raise SystemExit('bye')\n", "a.py:1: SystemExit: bye", "Correct that line"),
    "an impossible parameter": (
        "from response.plugins import keyword_handler\n\n\n@keyword_handler(['x'])\ndef f(chanel): ...\n",
        "a.py:4: f() asks for `chanel`",
        "It may name: ",
    ),
    "one name twice": (
        GOOD + GOOD.replace("def runbook", "def other"),
        "a.py:10: the command `runbook` is taken",
        "a.py:4",
    ),
    "a default of a setting that is none of the kinds": (
        "from response.plugins import setting\nsetting('TEAMS', [])\n",
        "a.py:2: the default of TEAMS is a text, a number, True or False, and not []",
        "a setting is read as what its default is",
    ),
    "a name of a setting in small letters": (
        "from response.plugins import setting\nsetting('runbook url', '')\n",
        "a.py:2: a setting is named in capitals",
        '"RUNBOOK_URL"',
    ),
    "a handler that yields": (
        "from response.plugins import incident_command\n\n\n@incident_command(['x'])\ndef f():\n    yield 'x'\n",
        "a.py:4: f() yields, and nobody goes through it",
        "Return what it says",
    ),
    "a decorated class": (
        "from response.plugins import incident_command\n\n\n@incident_command(['x'])\nclass F: ...\n",
        "a.py:4: @incident_command decorates a function",
        "and not",
    ),
    "one function name twice": (
        "from response.plugins import event_handler\n" + "\n\n@event_handler('pin_added')\ndef f(): ...\n" * 2,
        "a.py:8: f is also what the event handler at",
        "Give the function a name of its own",
    ),
    "a name of a setting that is taken": (
        "from response.plugins import setting\nsetting('SITE_URL', '')\n",
        "a.py:2: the setting SITE_URL is Response's",
        "another name",
    ),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_is_a_sentence_with_file_line_and_what_to_change(folder: Folder, mistake: str) -> None:
    source, where_and_what, remedy = BROKEN[mistake]
    folder.add("a.py", source)
    sentence = folder.refused()
    assert where_and_what in sentence
    assert remedy in sentence
    assert sentence.endswith(".")
    assert key("runbook") is None


WRITTEN_WRONGLY = {
    "@incident_command": "a list of names, each one word",
    "@incident_command()": "incident_command takes: commands, func, helptext, example, group",
    "@incident_command('runbook')": "a list of names, each one word, and not 'runbook'",
    "@incident_command(['run book'])": "a list of names, each one word, and not ['run book']",
    "@incident_command([])": "a list of names, each one word, and not []",
    "@incident_command(['x'], help='y')": "incident_command takes: commands, func, helptext, example, group",
    "@keyword_handler": "a list of words and phrases",
    "@keyword_handler('runbook')": "or a lookup function that returns one, and not 'runbook'",
    "@keyword_handler([''])": "a list of words and phrases",
    "@keyword_handler()": "a list of words and phrases",
    "@event_handler": "the type of one of Slack's events",
    "@event_handler(['pin_added'])": "the type of one of Slack's events, and not ['pin_added']",
    "@event_handler()": "event_handler takes: event, func",
    "@action_handler": "the action id of a button",
    "@action_handler(5)": "the action id of a button, and not 5",
    "@form_opener": "the action id of a button",
    "@form_opener('')": "the action id of a button, and not ''",
    "@dialog_handler": "the callback id of a form",
    "@dialog_handler('form', check='no')": "a function as check if there is one, and not 'form', 'no'",
    "@dialog_handler('form', check=lambda user, chanel: {})": "asks for `chanel`, which no check handler gets",
    "@headline_post_action": "a whole number, the order",
    "@headline_post_action('first')": "a whole number, the order, and not 'first'",
    "@recurring_notification": "minutes, more than 0, and how many times at most",
    "@recurring_notification(0, 3)": "minutes, more than 0, and how many times at most, and not 0, 3",
    "@recurring_notification('5')": "minutes, more than 0, and how many times at most, and not '5', 1",
    "@recurring_notification(5, max_notifications=0.5)": "and not 5, 0.5",
    "@recurring_notification(every=5)": "recurring_notification takes: interval_mins, max_notifications, func",
    "@single_notification": "minutes, 0 or more",
    "@single_notification(-1)": "minutes, 0 or more, and not -1",
    "@lifecycle_handler": "a moment: opened, changed, closed, reopened, channel_created",
    "@lifecycle_handler('begun')": "a moment: opened, changed, closed, reopened, channel_created, and not 'begun'",
    "@incident_command(['x'])\nasync": "is async, and nobody waits for it. Take the `async` away",
}


@pytest.mark.parametrize("written", WRITTEN_WRONGLY)
def test_a_decorator_that_is_written_wrongly_says_how_it_is_written(folder: Folder, written: str) -> None:
    between = " " if written.endswith("async") else "\n"
    source = f"from response.plugins import *\n\n\n{written}{between}def f(): ...\n"
    folder.add("a.py", source)
    sentence = folder.refused()
    assert "a.py:4: " in sentence
    assert WRITTEN_WRONGLY[written] in sentence
    assert sentence.endswith(".")


def test_every_decorator_has_a_mistake_in_the_list_above() -> None:
    assert {name for name in TAKES if not any(f"@{name}" in written for written in WRITTEN_WRONGLY)} == set()


def test_start_up_ends_with_that_sentence_unless_told_to_go_on(folder: Folder) -> None:
    folder.add("a.py", "import nosuchthing")
    assert "a.py:1: ModuleNotFoundError: No module named 'nosuchthing'." in one_sentence(folder.starts())
    assert folder.starts(SKIP_BROKEN_PLUGINS="true").returncode == 0


def test_two_plugins_with_one_command_name_both_places(folder: Folder) -> None:
    folder.add("a.py")
    folder.add("b.py")
    sentence = folder.refused()
    assert "b.py:4: the command `runbook` is taken by" in sentence
    assert "a.py:4. Give one of them another name." in sentence


def test_a_plugin_may_replace_a_built_in_command(folder: Folder) -> None:
    folder.add("a.py", GOOD.replace("runbook", "duration"))
    folder.is_loaded()
    assert key("duration") == "response_plugins.a.duration"


def test_broken_plugins_can_be_skipped_and_leave_nothing_behind(folder: Folder) -> None:
    folder.add("a.py", GOOD + "\nfrom response.plugins import setting\nsetting('HALF_DONE', 1)\n1 / 0\n")
    folder.add("b.py", GOOD.replace("runbook", "playbook"))
    folder.is_loaded(skip=True)
    [broken] = discovery.broken
    assert (broken.name, broken.origin) == ("a", str(folder.path / "a.py"))
    assert "a.py:10: ZeroDivisionError" in broken.reason
    assert list(discovery.loaded) == ["b"]
    assert key("runbook") is None
    assert not hasattr(settings, "HALF_DONE")


def start_page(**rights: bool) -> str:
    """The admin's start page, as somebody with these rights sees it."""
    client = Client()
    client.force_login(User.objects.create_user("ada", **rights))
    return client.get(reverse("admin:index"), follow=True).content.decode()


@pytest.mark.django_db
def test_the_admins_start_page_says_what_was_left_out_and_why(folder: Folder) -> None:
    folder.add("a.py", "raise RuntimeError('<script>')")
    folder.add("b.py", "import nosuchthing")
    folder.is_loaded(skip=True)
    shown = start_page(is_staff=True)
    assert "started without 2 plugins" in shown
    assert "a.py:1: RuntimeError: &lt;script&gt;. Correct that line." in shown
    assert "b.py:1: ModuleNotFoundError" in shown


@pytest.mark.django_db
def test_it_says_nothing_when_all_is_well_or_to_others(folder: Folder) -> None:
    assert "started without" not in start_page(is_staff=True)
    folder.add("a.py", "import nosuchthing")
    folder.is_loaded(skip=True)
    User.objects.all().delete()
    assert "started without" not in start_page()


def test_the_flag_reaches_the_web_process_and_the_worker(folder: Folder, tmp_path: Path) -> None:
    folder.add("a.py", "import nosuchthing")
    with running("run", "--skip-broken-plugins", data=tmp_path / "data", PLUGIN_DIR=str(folder.path)) as (_, said):
        waiting = {"web", "worker"}
        while waiting:
            line = next(line for line in said if "plugin_skipped name=a" in line)
            waiting -= {name for name in waiting if f" {name} " in line}


def test_without_it_there_is_one_sentence_and_nothing_starts(folder: Folder, tmp_path: Path) -> None:
    folder.add("a.py", "import nosuchthing")
    with running("run", data=tmp_path / "data", PLUGIN_DIR=str(folder.path)) as (_, said):
        [line] = said
    assert line.startswith("response: ")
    assert "a.py:1: ModuleNotFoundError: No module named 'nosuchthing'." in line


@contextmanager
def running(*command: str, data: Path, **environ: str) -> Iterator[tuple[str, Iterator[str]]]:
    """Run a command for the block, with a database of its own. Yields the address of its pages, and what it says."""
    bind = f"127.0.0.1:{free_port()}"
    with subprocess.Popen(
        [sys.executable, "-m", "response", *command, "--bind", bind],
        env=ENVIRON | {"PATH": os.environ["PATH"], "RESPONSE_DATA_DIR": str(data)} | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        overdue = Timer(PATIENCE, process.kill)  # ends the wait for a line that never comes
        overdue.start()
        try:
            yield f"http://{bind}", iter(process.stdout)
        finally:
            overdue.cancel()
            process.terminate()
            process.communicate(timeout=20)
            embedded.remove(data)


def test_a_setting_of_a_plugin_comes_from_the_environment(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("from a file\n")
    monkeypatch.setenv("TRIES", "5")
    monkeypatch.setenv("WIKI_TOKEN_FILE", str(tmp_path / "token"))
    folder.add("a.py", "from response.plugins import setting\nsetting('TRIES', 3)\nsetting('WIKI_TOKEN', '')")
    folder.add("b.py", "from response.plugins import setting\nPAUSE = setting('PAUSE', 1.5)")
    folder.is_loaded()
    assert (settings.TRIES, settings.WIKI_TOKEN, discovery.loaded["b"].PAUSE) == (5, "from a file", 1.5)


def test_a_setting_of_a_plugin_that_cannot_be_read_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIES", "many")
    folder.add("a.py", "from response.plugins import setting\nsetting('TRIES', 3)")
    assert "a.py:2: TRIES: " in folder.refused()


def package(folder: Folder, entry_point: str, **files: str) -> str:
    """Install a package beside the folder; returns where."""
    where = folder.path / "installed"
    for name, source in files.items():
        folder.add(f"installed/keeper/{name.replace('__', '/')}.py", source)
    folder.add("installed/keeper/__init__.py", "")
    folder.add("installed/keeper-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: keeper\nVersion: 1.0\n")
    if entry_point:
        folder.add("installed/keeper-1.0.dist-info/entry_points.txt", f"[response.plugins]\nkeeper = {entry_point}\n")
    return f"{ENVIRON['PYTHONPATH']}:{where}"


MODELS = """
from django.db import models

class Runbook(models.Model):
    incident = models.ForeignKey("response.Incident", on_delete=models.CASCADE)
    class Meta:
        app_label = "keeper"
"""
APPS = """
from django.apps import AppConfig

class Keeper(AppConfig):
    name = "keeper"
"""


def test_an_installed_package_is_a_plugin(folder: Folder) -> None:
    path = package(folder, "keeper.commands", commands=GOOD)
    assert folder.prints(
        "registry.command_for('runbook').key, discovery.loaded['keeper'].__name__", PYTHONPATH=path
    ) == ("keeper.commands.runbook keeper.commands")


def test_a_package_that_is_an_app_brings_models_and_handlers(folder: Folder) -> None:
    path = package(folder, "keeper.apps:Keeper", apps=APPS, models=MODELS, incident_plugin=GOOD)
    models = "__import__('django.apps').apps.apps.get_model('keeper.Runbook')._meta.label"
    assert folder.prints(f"registry.command_for('runbook').key, {models}", PYTHONPATH=path) == (
        "keeper.incident_plugin.runbook keeper.Runbook"
    )


def test_an_app_may_be_named_by_a_setting(folder: Folder) -> None:
    path = package(folder, "", models=MODELS, incident_plugin=GOOD)
    named = {"INSTALLED_PLUGIN_APPS": "keeper", "PYTHONPATH": path}
    assert folder.prints("registry.command_for('runbook').key", **named) == "keeper.incident_plugin.runbook"


@pytest.mark.parametrize("part", ["apps", "models", "incident_plugin"])
def test_a_broken_app_is_a_sentence_or_skipped(folder: Folder, part: str) -> None:
    parts = {"apps": APPS, "models": MODELS, "incident_plugin": GOOD}
    path = package(folder, "keeper.apps:Keeper", **{**parts, part: parts[part] + "\nimport nosuchthing\n"})
    sentence = one_sentence(folder.starts(PYTHONPATH=path))
    assert "nosuchthing" in sentence
    assert "keeper" in sentence
    shown = folder.prints(
        "[b.reason for b in discovery.broken], registry.command_for('runbook')",
        PYTHONPATH=path,
        SKIP_BROKEN_PLUGINS="1",
    )
    assert shown.count("nosuchthing") == 1
    assert shown.endswith("None")
