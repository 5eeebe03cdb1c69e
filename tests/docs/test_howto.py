"""Every sample of the how-tos does what its page says, and what the pages promise is so."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from response.core.models import Incident, Person
from response.plugins.contexts import NAMES
from response.plugins.errors import PluginError
from response.plugins.testing import Clock, Company, LoadPlugin, Message, Room, reactions
from tests.docs.samples import console, mistakes, pages, promised_names, samples
from tests.unit.test_cli import response

SAMPLES = samples()
Load = Callable[[str], None]


@pytest.fixture
def load(plugin: LoadPlugin, tmp_path: Path) -> Load:
    """Load a sample as the file that it says it is."""

    def load(name: str) -> None:
        plugin(SAMPLES[name].write(tmp_path / "howto"))

    return load


def said(company: Company, channel: Room, words: str) -> list[Message]:
    return [message for message in company.bo.sees(channel) if message.get("bot_id") and words in message.all_text]


def test_every_sample_is_run_by_a_test_below() -> None:
    used = set(re.findall(r'"(\w[\w-]*\.md: [^"]+)"', Path(__file__).read_text("utf-8")))
    assert sorted(SAMPLES.keys() - used) == []


# -- the first plugin


def test_the_first_plugin_answers(company: Company, channel: Room, load: Load) -> None:
    load("write-a-plugin.md: plugins/oncall.py")
    assert reactions(company.asks(company.bo, channel, "oncall")) == ["white_check_mark"]
    company.bo.waits_for(channel, "Lee is on call this week.")


def test_the_first_plugin_saved_again_calls_somebody(company: Company, channel: Room, load: Load) -> None:
    load("write-a-plugin.md: plugins/oncall.py, saved again")
    company.asks(company.bo, channel, "oncall the lights are out")
    company.bo.waits_for(channel, f"I have told {company.lee.mention}.")
    called = company.lee.waits_for(company.lee.direct_messages(company.bot), f"{company.bo.mention} calls you:")
    assert "the lights are out" in called.text
    assert "/incident/1/|Look>" in called.text


def test_checking_the_plugins_prints_what_the_page_shows(tmp_path: Path) -> None:
    SAMPLES["write-a-plugin.md: plugins/oncall.py"].write(tmp_path)
    [(command, output)] = console("write-a-plugin.md")
    name, *arguments = command.split()
    assert name == "response"
    done = response(*arguments, PLUGIN_DIR=str(tmp_path / "plugins"), LOG_LEVEL="WARNING")
    assert (done.returncode, done.stdout) == (0, output)


# -- what handlers there are


def test_the_command_hands_over(company: Company, incident: Incident, channel: Room, load: Load) -> None:
    load("command.md: plugins/handover.py")
    company.asks(company.bo, channel, "ho")
    assert company.bo.waits_for(channel, "To whom? Say `@incident handover @name").is_ephemeral
    company.asks(company.bo, channel, f"handover {company.lee.mention} all is quiet")
    company.bo.waits_for(channel, f"{company.lee.mention} leads now.")
    incident.refresh_from_db()
    assert incident.lead == Person.objects.known_as(company.lee.id)
    assert incident.timeline_events().last().text == f"{company.bo.mention} handed over: all is quiet"


def test_the_command_lists_to_who_asked(company: Company, channel: Room, load: Load) -> None:
    load("command.md: plugins/checklist.py")
    company.asks(company.bo, channel, "severity minor")
    company.asks(company.bo, channel, "checklist")
    assert company.bo.waits_for(channel, "Still missing: lead, summary, impact.").is_ephemeral


def test_the_keyword_points_to_the_wiki(company: Company, channel: Room, load: Load) -> None:
    load("keyword.md: plugins/wiki.py")
    company.bo.says(channel, "Where are all the runbooks?")
    company.settled()
    assert said(company, channel, "Runbooks are on the wiki") == []
    company.bo.says(channel, "Is there a Run  Book, or a playbook?")
    company.bo.waits_for(channel, "Runbooks are on the wiki")
    company.settled()
    assert len(said(company, channel, "Runbooks are on the wiki")) == 1


def test_the_keyword_that_is_looked_up_follows_its_file(
    company: Company, channel: Room, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEAMS_FILE_PATH", str(tmp_path / "teams.txt"))
    load("keyword.md: plugins/teams.py")
    company.bo.says(channel, "Is it payments?")
    company.settled()
    (tmp_path / "teams.txt").write_text("payments: @payments-oncall\nmap: @map-oncall\n")
    company.bo.says(channel, "Who knows about Payments?")
    company.bo.waits_for(channel, "For payments, ask @payments-oncall.")
    assert len(said(company, channel, "payments-oncall")) == 1


def test_the_event_welcomes_somebody(company: Company, channel: Room, load: Load) -> None:
    load("event.md: plugins/welcome.py")
    company.lee.joins(channel)
    assert company.lee.waits_for(channel, "Welcome. What we know: Payments are failing").is_ephemeral
    company.settled()
    assert not [message for message in company.bo.sees(channel) if "Welcome" in message.text]


def test_the_event_says_who_looks(company: Company, channel: Room, load: Load) -> None:
    load("event.md: plugins/eyes.py")
    message = company.bo.says(channel, "The queue is full")
    company.bo.reacts(message, "tada")
    company.bo.reacts(message, "eyes")
    company.bo.waits_for(channel, f"{company.bo.mention} looks into it.")
    company.settled()
    assert len(said(company, channel, "looks into it.")) == 1


def test_the_reminder_comes_every_45_minutes(company: Company, channel: Room, load: Load, clock: Clock) -> None:
    load("reminder.md: plugins/breaks.py")
    clock.passes(minutes=44)
    assert said(company, channel, "45 minutes have gone by") == []
    for _ in range(2):
        clock.passes(minutes=46)
    reminders = said(company, channel, "45 minutes have gone by")
    assert len(reminders) == 2
    assert reminders[0].buttons == ["Snooze 30 min", "Stop reminding"]


def test_the_reminder_that_comes_once_waits_until_it_is_bad(
    company: Company, channel: Room, load: Load, clock: Clock
) -> None:
    load("reminder.md: plugins/customers.py")
    clock.passes(minutes=30)
    assert said(company, channel, "Do customers know?") == []
    company.asks(company.bo, channel, "severity major")
    for _ in range(3):
        clock.passes(minutes=30)
    assert len(said(company, channel, "Do customers know?")) == 1


def test_the_button_pages_a_team(company: Company, channel: Room, load: Load) -> None:
    load("button-and-form.md: plugins/pager.py")
    company.asks(company.bo, channel, "page")
    company.bo.presses("Page database", in_message=company.bo.waits_for(channel, "Whom?"))
    assert company.bo.waits_for(channel, "I have paged database for incident 1, Bo Watcher.").is_ephemeral


def test_the_form_changes_the_shift(company: Company, incident: Incident, channel: Room, load: Load) -> None:
    load("button-and-form.md: plugins/shifts.py")
    company.asks(company.bo, channel, "shift")
    company.bo.presses("Change the shift", in_message=company.bo.waits_for(channel, "A new shift:"))
    form = company.bo.modal()
    assert "Incident 1 has been running for" in form.all_text
    assert form.value("What they do") == "Watches"
    assert company.bo.submits({"Who comes": company.bo.id, "Until": "late"}) == {
        "Until": "A time has a colon in it, such as 17:30."
    }
    assert company.bo.submits({"Until": "17:30"}) == {"Who comes": "You are here already."}
    assert company.bo.submits({"Who comes": company.lee.id, "What they do": "Leads"}) == {}
    company.bo.waits_for(channel, f"{company.lee.mention} is here until 17:30.")
    assert company.bo.waits_for(channel, "Noted by hand: ").text.endswith(" until 17:30.")
    incident.refresh_from_db()
    assert incident.lead == Person.objects.known_as(company.lee.id)


def test_the_headline_opens_the_call(company: Company, load: Load) -> None:
    load("headline-button.md: plugins/call.py")
    company.declare()
    [actions] = [block for block in company.headline().blocks if block["type"] == "actions"]
    assert [element.get("url") for element in actions["elements"]][1] == "https://meet.example.org/incident-1"


def test_the_button_on_the_headline_is_gone_when_it_is_done(company: Company, load: Load) -> None:
    load("headline-button.md: plugins/security.py")
    company.declare()
    company.bo.presses("Tell security", in_message=company.headline())
    company.bo.waits_for(company.incidents, lambda message: message.buttons and "Tell security" not in message.buttons)
    company.bo.waits_for(company.incidents, f"{company.bo.mention} has told security.")


def test_closing_asks_for_five_whys(company: Company, incident: Incident, channel: Room, load: Load) -> None:
    load("lifecycle.md: plugins/five_whys.py")
    company.asks(company.bo, channel, "close")
    company.bo.waits_for(channel, "While it is fresh: why did it happen")
    assert [(each.details, str(each.created_by)) for each in incident.action_items()] == [
        ("Write down five whys", "Bo Watcher")
    ]


def test_what_is_critical_is_told_to_everybody(company: Company, channel: Room, load: Load) -> None:
    load("lifecycle.md: plugins/loud.py")
    company.asks(company.bo, channel, "severity major")
    company.settled()
    company.asks(company.bo, channel, "severity critical")
    company.oz.waits_for(company.general, ":fire: Payments are failing")
    company.settled()
    assert len([m for m in company.oz.sees(company.general) if "Payments are failing" in m.text]) == 1


def test_the_setting_comes_from_the_environment(
    company: Company, channel: Room, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIDGE_SEATS", "7")
    load("setting.md: plugins/bridge.py")
    company.asks(company.bo, channel, "bridge")
    company.bo.waits_for(channel, "https://meet.example.org/incident>, there are 7 seats.")
    assert settings.BRIDGE_SEATS == 7


def test_a_setting_that_cannot_be_read_says_which(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIDGE_SEATS", "many")
    with pytest.raises(PluginError, match=r"bridge\.py:5: BRIDGE_SEATS: Input should be a valid integer"):
        load("setting.md: plugins/bridge.py")


def test_the_page_shows_what_is_open(company: Company, channel: Room, load: Load) -> None:
    load("models-and-pages.md: plugins/board.py")
    company.asks(company.bo, channel, "board")
    company.bo.waits_for(channel, "/plugins/board/|All open incidents>")
    assert company.browser().get("/plugins/board/").status_code == 302
    page = company.browser(company.lee).get("/plugins/board/")
    assert "<h1>1 open</h1>" in page.content.decode()
    assert "Payments are failing</a>" in page.content.decode()


def test_a_plugin_for_the_original_runs_as_the_readme_prints_it(company: Company, channel: Room, load: Load) -> None:
    load("old-plugins.md: plugins/from_the_readme.py")
    company.asks(company.bo, channel, "duration")
    company.bo.waits_for(channel, ":stopwatch: The incident has been running for")


# -- packages and tests of their own


def run(command: list[str], folder: Path, **environ: str) -> str:
    """Run Python in a folder; returns what it printed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join([str(folder), *sys.path])} | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_package_is_built_and_found(tmp_path: Path) -> None:
    for name in ("packaging.md: pyproject.toml", "packaging.md: oncall_sheet/commands.py"):
        SAMPLES[name].write(tmp_path)
    (tmp_path / "oncall_sheet" / "__init__.py").touch()
    run(["-m", "hatchling", "build", "-t", "wheel"], tmp_path)
    [wheel] = (tmp_path / "dist").iterdir()
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = "import django; django.setup(); from response.plugins.registry import *; print(command_for('oncall').key)"
    environ = {"DJANGO_SETTINGS_MODULE": "response.project.settings", "PYTHONSAFEPATH": "1", "LOG_LEVEL": "WARNING"}
    environ["PYTHONPATH"] = ":".join([str(tmp_path / "installed"), *sys.path])
    assert run(["-c", code], tmp_path / "dist", **environ) == "oncall_sheet.commands.oncall\n"


def test_the_tests_of_the_first_plugin_pass(tmp_path: Path) -> None:
    SAMPLES["write-a-plugin.md: plugins/oncall.py"].write(tmp_path)
    for name in (
        "test-a-plugin.md: pyproject.toml",
        "test-a-plugin.md: tests/conftest.py",
        "test-a-plugin.md: tests/test_oncall.py",
    ):
        SAMPLES[name].write(tmp_path)
    *_, (command, _) = console("test-a-plugin.md")
    assert command.startswith("python ")
    assert "2 passed" in run([*command.split()[1:], "-p", "no:cacheprovider"], tmp_path)


# -- what the pages promise

KINDS = {
    "command.md": {"It": "command"},
    "keyword.md": {"It": "keyword"},
    "event.md": {"It": "event"},
    "reminder.md": {"It": "reminder"},
    "button-and-form.md": {
        "action_handler": "action",
        "form_opener": "form",
        "check": "check",
        "dialog_handler": "dialog",
    },
    "headline-button.md": {"It": "headline"},
    "lifecycle.md": {"It": "hook"},
}


def test_every_how_to_is_listed() -> None:
    listed = re.findall(r"\]\((\w[\w-]*\.md)\)", pages()["README.md"])
    assert sorted(listed) == sorted(pages().keys() - {"README.md"})


def test_the_pages_cover_every_kind_of_handler() -> None:
    assert {kind for kinds in KINDS.values() for kind in kinds.values()} == set(NAMES)


@pytest.mark.parametrize("page", KINDS)
def test_a_page_says_what_its_handlers_may_name(page: str) -> None:
    promised = promised_names(page)
    assert {KINDS[page][who]: sorted(names) for who, names in promised.items()} == {
        kind: sorted(NAMES[kind]) for kind in KINDS[page].values()
    }


@pytest.mark.parametrize("page", [page for page in pages() if "## Mistakes\n\n|" in pages()[page] or page in KINDS])
def test_a_mistake_says_what_the_page_says(page: str, plugin: LoadPlugin) -> None:
    found = mistakes(page)
    assert found, page
    for written, sentence in found:
        function = "def f(): ...\n" if written.startswith("@") else ""
        with pytest.raises(PluginError) as error:
            plugin(f"from response.plugins import *\n\n{written}\n{function}")
        assert str(error.value).endswith(sentence), written
