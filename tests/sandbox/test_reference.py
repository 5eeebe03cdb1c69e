"""The reference page says what there is."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from slack_sandbox.control_api.journals import FIELDS
from slack_sandbox.faults import GIVEN, KINDS
from slack_sandbox.journal import KINDS as JOURNAL_KINDS
from slack_sandbox.outbound.ledger import STATES
from slack_sandbox.settings import Settings
from slack_sandbox.socket_mode.links import REASONS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "sandbox.md").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fault_is_explained(kind: str) -> None:
    assert f"| `{kind}` | {KINDS[kind]} |" in PAGE


def test_no_kind_is_explained_that_is_none() -> None:
    tables = PAGE.split("| Kind | What happens |")[1:]
    explained = {name for table in tables for name in re.findall(r"^\| `(\w+)`", table.split("\n\n")[0], re.MULTILINE)}
    assert explained == set(KINDS)


def test_every_field_of_a_fault_is_explained() -> None:
    table = PAGE.split("| Field | |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table.replace("`chat.*`", ""))) == set(GIVEN) - {"kind"}


def test_every_setting_is_explained_with_its_default() -> None:
    table = PAGE.split("| Setting | Default | |")[1].split("\n\n")[0]
    explained = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", table, re.MULTILINE))
    assert explained == {field.name: shown(getattr(Settings(), field.name)) for field in fields(Settings)}


def shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(shown(each) for each in value)
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).lower().removesuffix(".0")


def test_every_kind_of_entry_and_state_of_an_event_is_explained() -> None:
    for kind, explained in JOURNAL_KINDS.items():
        assert f"| `{kind}` | {explained} |" in PAGE
    for state, explained in STATES.items():
        assert f"| `{state}` | {explained} |" in PAGE
    assert all(f"`{field}`" in PAGE for field in FIELDS)


def test_every_reason_to_disconnect_is_named() -> None:
    assert all(f"`{reason}`" in PAGE for reason in REASONS)
