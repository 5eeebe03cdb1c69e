"""The docs say what the code does."""

import re
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
import yaml

from tests.docs import plugins
from tests.docs.reference import FOLDER, PAGES

ROOT = Path(__file__).parents[2]
DOCS = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "examples").glob("*/README.md"),
    ]
)


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), "run: python -m tests.docs.reference"


@pytest.mark.parametrize("module", ["response.plugins", "response.plugins.testing"])
def test_everything_that_plugins_may_import_is_in_the_reference(module: str) -> None:
    page = (FOLDER / "plugins.md").read_text("utf-8")
    exported = import_module(module).__all__
    assert [name for name in exported if not re.search(rf"`@?{name}\b", page)] == []


def test_every_test_that_the_sandboxs_page_names_is_there() -> None:
    from tests.docs import sandbox
    from tests.sandbox.test_methods import REFUSALS

    named = {*sandbox.LIMITS.values(), *sandbox.FAULTS.values(), sandbox.METHODS_TEST, sandbox.REFUSED_TEST}
    files = {name: (ROOT / "tests" / "sandbox" / name).read_text("utf-8") for name in {n.split("::")[0] for n in named}}
    assert [each for each in named if f"def {each.split('::')[1]}(" not in files[each.split("::")[0]]] == []
    limited = {(name, error) for error, names in sandbox.limited_by_method().items() for name in names}
    assert limited <= set(REFUSALS)


def test_every_decorator_kind_and_name_is_in_the_reference() -> None:
    from response.plugins.arguments import TAKES
    from response.plugins.contexts import NAMES
    from response.plugins.forms import Input, Note
    from response.plugins.meanings import RETURNS, about
    from response.plugins.registry import REGISTRIES

    assert set(plugins.DECORATORS) == set(TAKES)
    assert {*plugins.DECORATORS.values(), "check"} == set(NAMES) == set(RETURNS)
    assert {registry.kind for registry in REGISTRIES} | {"check"} == set(NAMES)
    assert [name for kind, names in NAMES.items() for name in names if not about(kind, name)] == []
    assert {each.__name__ for each in (*get_args(Input), Note)} < set(plugins.SAID)


def test_a_missing_docstring_is_noticed() -> None:
    def silent() -> None: ...

    with pytest.raises(AssertionError, match="silent has no docstring"):
        plugins.documented("silent", silent)


def test_every_setting_scope_event_and_command_says_what_it_is_for() -> None:
    from response.plugins import registry
    from response.project.config import Config
    from response.slack.manifest import BOT_EVENTS, BOT_SCOPES

    assert [name for name, field in Config.model_fields.items() if not field.description] == []
    assert [name for name, reason in [*BOT_SCOPES.items(), *BOT_EVENTS.items()] if not reason] == []
    commands = [handler for handler in registry.commands if handler.is_built_in]
    assert [each.names for each in commands if not (each.helptext and each.example and each.group)] == []


def test_every_page_of_the_reference_is_listed() -> None:
    listed = re.findall(r"\]\((\w[\w-]*\.md)\)", (FOLDER / "README.md").read_text("utf-8"))
    assert set(listed) == {page.name for page in FOLDER.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in DOCS:
        for name in re.findall(r"`make ([a-z-]+)", page.read_text("utf-8")):
            assert name in targets, f"{page.name} names `make {name}`"


@pytest.mark.parametrize("name", ["original.md", "mistakes.md"])
def test_every_test_that_a_page_names_exists(name: str) -> None:
    page = (FOLDER / name).read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert named
    assert sorted(named - written) == []


def test_every_problem_of_the_doctor_has_its_test() -> None:
    from response.doctor.problems import ALL

    written = {
        name
        for file in (ROOT / "tests" / "doctor").glob("test_*.py")
        for name in re.findall(r"def test_(\w+)", file.read_text("utf-8"))
    }
    assert [problem.name for problem in ALL if problem.name not in written] == []
    assert len({problem.name for problem in ALL}) == len(ALL)


def test_the_site_shows_every_page_in_the_order_of_the_docs() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = re.findall(r"[\w/-]+\.md", str(site["nav"]))
    assert sorted(listed) == sorted(str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md"))
    sections = [next(iter(each)) for each in site["nav"] if isinstance(each, dict)]
    assert sections == ["Tutorial", "How-to", "Reference", "Explanation", "Decisions"]
    assert site["theme"]["font"] is False, "fonts would come from another host"


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\w[\w-]*\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert set(listed) == {page.name for page in folder.glob("*.md")} - {"README.md"}
