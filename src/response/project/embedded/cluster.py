"""Making a cluster (PostgreSQL's word for a data folder) and the settings it is served with."""

import shutil
import tempfile
from pathlib import Path

from response.project.embedded.account import Account
from response.project.embedded.errors import EmbeddedError
from response.project.embedded.layout import DATABASE, PORT, USER, Layout
from response.project.embedded.places import POSTGRES_VERSION, binaries, cluster_home, is_ours

_UNFINISHED = "unfinished-"


def ready_cluster(layout: Layout, account: Account) -> Path:
    """The real path of this data folder's cluster, made first when there is none."""
    if not layout.cluster.is_symlink() and not layout.cluster.exists():
        _make(layout, account)
    cluster = layout.cluster.resolve()
    if not is_ours(layout, cluster):
        raise EmbeddedError(
            f"{layout.cluster} links to {cluster}, which belongs to another data folder; "
            "remove the link to begin with an empty database."
        )
    _check_version(cluster)
    if cluster.parent == layout.folder and account.changes and not account.can_enter(cluster):
        raise EmbeddedError(
            f"The account that owns {cluster} cannot enter it any more; "
            "give the folders above it back their modes, or begin with an empty data folder."
        )
    return cluster


def settings(layout: Layout, *, durable: bool) -> dict[str, str]:
    """Settings for a small server with few connections. Unless `durable`, a crash may lose data."""
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(layout.socket_dir),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "max_connections": "100",
        "shared_buffers": "24MB",
        "io_method": "sync",  # the default keeps three processes for reading ahead
        "jit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_logical_replication_workers": "0",  # one process less
        "max_worker_processes": "2",
        "max_parallel_workers": "0",
        "autovacuum_max_workers": "1",
        "autovacuum_worker_slots": "1",
        "min_wal_size": "16MB",
        "max_wal_size": "256MB",
        "logging_collector": "off",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] ",
        "timezone": "UTC",
    }
    if not durable:
        chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return chosen


def _check_version(cluster: Path) -> None:
    try:
        found = (cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise EmbeddedError(
            f"{cluster} is not a PostgreSQL data folder; remove it to begin with an empty database."
        ) from None
    if found != POSTGRES_VERSION:
        raise EmbeddedError(
            f"{cluster} was written by PostgreSQL {found} and this is PostgreSQL {POSTGRES_VERSION}; "
            "dump it with the old version, or move it away to begin with an empty database."
        )


def _make(layout: Layout, account: Account) -> None:
    """Make the cluster under another name first: one that was interrupted is never taken for a whole one."""
    programs = binaries(account)
    home = cluster_home(layout, account)
    for leftover in home.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if not (home / "cluster").exists():
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home))
        try:
            account.take(unfinished)
            _fill(unfinished, account, programs)
            unfinished.rename(home / "cluster")
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    if home != layout.folder:
        layout.cluster.symlink_to(home / "cluster")


def _fill(folder: Path, account: Account, programs: Path) -> None:
    _checked(
        account,
        [
            *(programs / "initdb", "-D", folder, "-U", USER, "--auth=trust", "--no-instructions"),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            "--wal-segsize=4",
        ],
    )
    _checked(
        account,
        [programs / "postgres", "--single", "-D", folder, "-c", "log_checkpoints=off", "postgres"],
        f"CREATE DATABASE {DATABASE}\n",
    )


def _checked(account: Account, command: list[str | Path], text: str | None = None) -> None:
    done = account.run(command, text)
    if done.returncode != 0:
        raise EmbeddedError(f"PostgreSQL could not make its data folder: {reason(done.stdout)}.")


def reason(output: str) -> str:
    """The line of PostgreSQL's output that says what went wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for mark in ("PANIC:", "FATAL:", "error:", "ERROR:"):
        for line in lines:
            if mark in line:
                return line.split(mark, 1)[1].strip().rstrip(".")
    return lines[-1].rstrip(".") if lines else "it said nothing"
