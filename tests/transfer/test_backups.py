"""`response backup` and `restore`, as processes with databases of their own."""

import gzip
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from response.transfer import backups


@pytest.fixture
def new_database(postgres: None, django_db_setup: None) -> Iterator[list[str]]:
    """Names and makes databases: each call of `made` is the address of another one, without tables."""
    made: list[str] = []
    yield made
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        for name in made:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def another(made: list[str]) -> str:
    """Make a database, and return its address."""
    made.append(f"backup_{uuid4().hex[:12]}")
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{made[-1]}"')  # type: ignore[arg-type]
    return address(made[-1])


def address(name: str) -> str:
    parts = connection.settings_dict
    user = f"{parts['USER']}:{parts['PASSWORD']}"
    return f"postgresql://{user}@:{parts['PORT']}/{name}?host={quote(parts['HOST'], safe='')}"


def response(url: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "DATABASE_URL": url,
        "SECRET_KEY": "only for this test",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "response", *arguments]
    return subprocess.run(command, env=settings | environ, capture_output=True, text=True, check=False, timeout=120)


def done(url: str, *arguments: str, **environ: str) -> str:
    """Run a command that succeeds, and return what it says."""
    ran = response(url, *arguments, **environ)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


RECORD = """
from response.core import actions
from response.core.models import Person
rae = Person.objects.create(external_id="URAE", full_name="Rae")
actions.close(actions.declare("Payments are failing", by=rae), by=rae)
"""


def test_a_backup_is_put_back(new_database: list[str], tmp_path: Path) -> None:
    first = another(new_database)
    done(first, "migrate", "--verbosity", "0")
    done(first, "shell", "--no-imports", "-c", RECORD)
    before = rows(done(first, "export"))

    for kind, options in (("a dump of PostgreSQL", []), ("the export", ["--portable"])):
        file = tmp_path / f"response{len(options)}.backup"
        assert f"is {kind}" in done(first, "backup", str(file), *options)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        second = another(new_database)
        assert "is back. Start Response again." in done(second, "restore", str(file))
        assert rows(done(second, "export")) == before
        again = response(second, "restore", str(file))
        assert again.returncode == 1
        assert again.stderr.endswith("Nothing was restored.\n")
        assert rows(done(second, "export")) == before
    with psycopg.connect(address(new_database[1])) as dumped:  # what was on its way is in the dump
        assert dumped.execute("SELECT count(*) > 0 FROM procrastinate_jobs").fetchone() == (True,)


def rows(export: str) -> list[str]:
    lines = export.splitlines()
    assert json.loads(lines[-1])["rows"] == len(lines) - 2 > 3
    return lines[1:]


def test_a_damaged_backup_restores_nothing(new_database: list[str], tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"PGDMP\x01\x10\x00nothing more")
    (tmp_path / "export").write_bytes(gzip.compress(b'{"format":"response-export"')[:-4])
    url = another(new_database)
    for file in ("dump", "export", "nothing"):
        ran = response(url, "restore", str(tmp_path / file))
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
        assert "Nothing was restored." in ran.stderr or "No such file" in ran.stderr


def test_a_full_disk_is_a_sentence(new_database: list[str]) -> None:
    ran = response(another(new_database), "backup", "/proc/response.backup")
    assert "/proc/response.backup cannot be written" in ran.stderr


def test_the_tools_are_as_new_as_the_server(db: None) -> None:
    found = backups.tool("pg_dump")
    assert found is not None
    assert backups.version_of(found) >= backups.server_version()
    assert backups.tool("pg_nothing") is None
    assert backups.version_of(Path("/bin/true")) == 0
