"""Which part may know which. The picture is in docs/explanation/architecture.md."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"

# What each part of `response` may import from the others.
ALLOWED = {
    "core": set(),
    "reminders": {"core"},
    "plugins": {"core", "reminders"},
    "builtin": {"plugins", "core", "reminders"},
    "slack": {"plugins", "core", "reminders"},
    "search": {"slack", "plugins", "core"},
    "ui": {"search", "plugins", "core", "reminders"},
    "api": {"search", "plugins", "core", "reminders"},
    "accounts": {"slack", "plugins", "core"},
    "operations": {"slack", "plugins", "core", "reminders"},
    "admin": {"api", "operations", "search", "slack", "plugins", "core", "reminders"},
}

# The testing kit runs all of Response; nothing of Response knows it.
KIT = SRC / "response" / "plugins" / "testing"


def imports(file: Path) -> set[str]:
    """Return every module that a file imports, wherever the import stands in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def part_of(module: str) -> str | None:
    steps = module.split(".")
    return steps[1] if steps[0] == "response" and len(steps) > 1 and steps[1] in ALLOWED else None


def wrong_arrows(source: Path) -> list[str]:
    """Return "core/x.py imports response.slack" for each arrow that goes the wrong way."""
    wrong = []
    for part, allowed in ALLOWED.items():
        for file in sorted((source / "response" / part).rglob("*.py")):
            if KIT in file.parents:
                continue
            for module in sorted(imports(file)):
                other = part_of(module)
                if other and other != part and other not in allowed:
                    wrong.append(f"{file.relative_to(source)} imports {module}")
    return wrong


def test_arrows_point_one_way() -> None:
    assert wrong_arrows(SRC) == []


@pytest.mark.parametrize(
    "line",
    [
        "from response.slack import outbox",
        "import response.slack.client",
        "def f():\n    from response import slack",
        "from response.operations import status",
    ],
)
def test_core_importing_what_it_may_not_is_noticed(tmp_path: Path, line: str) -> None:
    core = tmp_path / "response" / "core"
    core.mkdir(parents=True)
    (core / "wrong.py").write_text(line)
    assert wrong_arrows(tmp_path)


def test_nothing_but_tests_imports_the_testing_kit() -> None:
    for file in (SRC / "response").rglob("*.py"):
        if KIT not in file.parents:
            assert not [m for m in imports(file) if m.startswith(("response.plugins.testing", "pytest"))], file


def test_the_example_uses_nothing_but_the_public_door() -> None:
    files = list((SRC.parent / "examples").glob("*/src/**/*.py"))
    assert files
    ours = [(file.name, m) for file in files for m in imports(file) if m.split(".")[0] in {"response", "slack_sandbox"}]
    assert [each for each in ours if not each[1].startswith(("response.core", "response.plugins"))] == []
    tests = [(file.name, m) for file in (SRC.parent / "examples").glob("*/tests/*.py") for m in imports(file)]
    not_the_kit = ("slack_sandbox", "response.slack", "response.project", "response.ui", "tests")
    assert [each for each in tests if each[1].startswith(not_the_kit)] == []


def test_the_sandbox_knows_nothing_of_response() -> None:
    files = (SRC / "slack_sandbox").rglob("*.py")
    assert [str(file) for file in files if any(m.split(".")[0] == "response" for m in imports(file))] == []


def test_core_knows_no_slack_http_or_html() -> None:
    foreign = {"slack_sdk", "httpx", "django.http", "django.template", "django.utils.html", "procrastinate"}
    for file in (SRC / "response" / "core").rglob("*.py"):
        assert not {m for m in imports(file) if m in foreign or m.split(".")[0] in foreign}, file


def test_only_the_client_calls_slack() -> None:
    for file in (SRC / "response").rglob("*.py"):
        if any(m.startswith(("slack_sdk.WebClient", "slack_sdk.web", "slack_sdk.webhook")) for m in imports(file)):
            assert file.name == "client.py", file
