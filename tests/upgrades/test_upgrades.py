"""A database of every released version becomes one of this version. `make.py` keeps them."""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from response import __version__
from tests.upgrades.make import FOLDER

KEPT = sorted([*FOLDER.glob("*.backup"), *FOLDER.glob("*.export.gz")])
CHANGES = (FOLDER.parents[1] / "CHANGELOG.md").read_text("utf-8")
RELEASED = re.findall(r"^## \[?(\d+\.\d+\.\d+)", CHANGES, re.MULTILINE)


@pytest.fixture
def database(postgres: None, django_db_setup: None) -> Iterator[str]:
    """The address of a database without tables, for one test."""
    name = f"upgrade_{uuid4().hex[:12]}"
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield address(name)
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def address(name: str) -> str:
    parts = connection.settings_dict
    return (
        f"postgresql://{parts['USER']}:{parts['PASSWORD']}@:{parts['PORT']}/{name}?host={quote(parts['HOST'], safe='')}"
    )


def run(database: str, *arguments: str) -> str:
    """Run Python with the settings of a database, and return what it prints."""
    environ = {"DATABASE_URL": database, "SECRET_KEY": "only for this test", "PATH": os.environ["PATH"]}
    environ |= {"DJANGO_SETTINGS_MODULE": "response.project.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def counts(export: str) -> dict[str, int]:
    """Return how many rows of each table an export holds."""
    found: dict[str, int] = json.loads(export.partition("\n")[0])["tables"]
    return found


def released_with(file: Path) -> dict[str, int]:
    """Return how many rows of the record there were when the file was kept."""
    version = re.match(r"\d+\.\d+\.\d+", file.name)
    assert version
    return counts(gzip.decompress((FOLDER / f"{version[0]}.export.gz").read_bytes()).decode())


@pytest.mark.parametrize("version", sorted({*RELEASED, __version__}))
@pytest.mark.parametrize("ending", ["backup", "export.gz"])
def test_every_version_is_kept(version: str, ending: str) -> None:
    assert FOLDER / f"{version}.{ending}" in KEPT, "run: python -m tests.upgrades.make"


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.name)
def test_what_was_kept_is_upgraded_and_read(file: Path, database: str) -> None:
    run(database, "-m", "response", "restore", str(file))
    assert run(database, "-m", "response", "migrate", "--check") == ""
    before, after = released_with(file), counts(run(database, "-m", "response", "export"))
    assert before["response.incident"] >= 3
    assert {table: after.get(table) for table in before} == before
    assert int(run(database, "-m", "tests.upgrades.look").split()[0]) > 50
