"""The how-tos of running it: commands are run where they can be, and name what there is."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import yaml
from django.template import Context
from psycopg.sql import SQL, Identifier
from pytest_django import Settings

from response.cli import main
from response.core import actions
from response.core.models import Person
from response.project.config import Config
from response.project.renamed import RENAMED
from response.ui.export import views as export
from tests.docs.samples import blocks, console, pages
from tests.transfer.originals import LAST
from tests.unit.test_cli import response
from tests.upgrades.test_upgrades import address

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
RUNNING = [
    "backup.md", "connect-slack.md", "docker.md", "export-template.md", "from-the-original.md", "install.md",
    "kubernetes.md", "operate.md", "proxy.md", "sign-in.md", "systemd.md", "troubleshoot.md", "upgrade.md",
]  # fmt: skip
WRITTEN = "postgresql://response:password@localhost/"

Databases = Callable[[str], str]


@pytest.fixture
def databases(postgres: None, django_db_setup: None) -> Iterator[Databases]:
    """Makes a database of each name that a page has, and returns its address."""
    made: dict[str, str] = {}
    with psycopg.connect(address("postgres"), autocommit=True) as server:

        def make(name: str) -> str:
            if name not in made:
                made[name] = f"howto_{len(made)}"
                server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(made[name])))
                server.execute(SQL("CREATE DATABASE {}").format(Identifier(made[name])))
            return address(made[name])

        yield make
        for name in made.values():
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture
def run(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Run a page's line in a folder of its own, with databases for those that it names; returns what it printed."""
    monkeypatch.chdir(tmp_path)

    def run_line(line: str) -> str:
        words = [re.sub(rf"{WRITTEN}(\w+)", lambda found: databases(found[1]), word) for word in shlex.split(line)]
        given = {"DATABASE_URL": databases("response"), "SECRET_KEY": "only for this test"}
        while "=" in words[0]:
            given |= [words.pop(0).split("=", 1)]
        if words[0] == "createdb":
            databases(words[1])
            return ""
        assert words[0] == "response", line
        done = response(*words[1:], **given)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_line


def commands(page: str) -> list[str]:
    return [command for command, _ in console(page)]


def rows(export: str) -> list[str]:
    return export.splitlines()[1:]


DECLARE = """response shell --no-imports -c '
from response.core import actions
from response.core.models import Person
actions.declare("Payments are failing", by=Person.objects.create(external_id="URAE"))'"""


def test_what_is_backed_up_as_the_page_says_is_restored_as_it_says(run: Callable[[str], str]) -> None:
    run("response migrate --verbosity 0")
    run(DECLARE)
    for command in commands("backup.md"):
        run(command)
    assert "Payments are failing" in run("response export")
    assert rows(run(f"DATABASE_URL={WRITTEN}response_new response export")) == rows(run("response export"))


def test_an_upgrade_goes_as_the_page_says(run: Callable[[str], str]) -> None:
    run("response migrate --verbosity 0")
    backup, _install, migrate = commands("upgrade.md")
    assert "is a dump of PostgreSQL" in run(backup)
    run(migrate)
    assert run("response migrate --check") == ""


def test_the_move_from_the_original_goes_as_the_page_says(run: Callable[[str], str], databases: Databases) -> None:
    with psycopg.connect(databases("original")) as original:
        original.execute("SET TIME ZONE 'UTC'")
        original.execute(LAST)  # type: ignore[arg-type]
    migrate, look, bring = commands("from-the-original.md")
    run(migrate)
    assert "This was a dry run: nothing was stored." in run(look)
    assert '"response.incident":0' in run("response export")
    run(bring)
    assert '"response.incident":0' not in run("response export")


def test_docker_and_kubernetes_are_told_of_what_there_is() -> None:
    text = pages()["docker.md"] + pages()["upgrade.md"]
    profiles = {profile for service in COMPOSE.values() for profile in service["profiles"]}
    assert set(re.findall(r"--profile (\w+)", text)) == profiles
    assert set(re.findall(r"exec (\w+) response", text)) <= COMPOSE.keys()
    made = [*(ROOT / "deploy/kubernetes").glob("*.yaml")]
    names = {
        each["metadata"]["name"] for file in made for each in yaml.safe_load_all(file.read_text()) if "metadata" in each
    }
    assert set(re.findall(r"(?:job|deploy)/?\s?(response-\w+)", pages()["kubernetes.md"] + text)) <= names
    for name in re.findall(r"`(\w+\.yaml)`", pages()["kubernetes.md"]):
        assert (ROOT / "deploy/kubernetes" / name).is_file()
    units = {unit.stem for unit in (ROOT / "deploy/systemd").glob("*.service")}
    [restarted] = re.findall(r"systemctl restart ([\w -]+)`", text)
    [enabled] = re.findall(r"systemctl enable --now ([\w -]+)$", pages()["systemd.md"], re.MULTILINE)
    assert set(restarted.split()) == set(enabled.split()) == units


@pytest.mark.parametrize("page", RUNNING)
def test_settings_that_are_named_are_there(page: str) -> None:
    known = {name.upper() for name in Config.model_fields} | {each.old for each in RENAMED}
    known |= {f"{name}_FILE" for name in Config.secret_names()}
    named = {line.partition("=")[0] for block in blocks(pages()[page], "ini") for line in block.splitlines()}
    assert named - known == set()


@pytest.mark.parametrize("page", RUNNING)
def test_commands_that_are_named_are_there(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    offered = set(re.findall(r"response ([a-z-]+)", capsys.readouterr().out))
    named = set(re.findall(r"(?:`|\$ |exec web |-- )response ([a-z][a-z-]*)", pages()[page]))
    assert named - offered == set()


def test_the_template_that_a_page_shows_makes_an_export(db: None, tmp_path: Path, settings: Settings) -> None:
    lee = Person.objects.create(external_id="ULEE", full_name="Lee Leader")
    incident = actions.declare("Payments are *failing*", by=lee, summary="Ask <@ULEE>", lead=lee)
    actions.add_to_timeline(incident, "Rolled back", by=lee)
    [own] = blocks(pages()["export-template.md"], "django")
    settings.EXPORT_TEMPLATE = tmp_path / "incident.md"
    settings.EXPORT_TEMPLATE.write_text(own, "utf-8")
    text = export.template().render(Context(export.facts(incident)))
    assert text.startswith("# Payments are **failing**\n\nSeverity not set, led by Lee Leader.\n\nAsk @Lee Leader\n")
    assert re.search(r"^- [\d:]{8} \*\*Lee Leader\*\*: Rolled back$", text, re.MULTILINE)


def test_options_that_are_named_are_there() -> None:
    text = "\n".join(pages()[page] for page in RUNNING)
    for command, option in set(re.findall(r"response ([a-z-]+)(?: [^-`\n][^ `\n]*)* (--[a-z-]+)", text)):
        done = subprocess.run(
            [sys.executable, "-m", "response", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert option in done.stdout, f"response {command} {option}"
