"""Starting the embedded server when it does not run, and being one of its users."""

import json
import os
import shutil
import socket
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from response.project.embedded import keeper
from response.project.embedded.account import ENVIRONMENT, Account, account_for
from response.project.embedded.cluster import ready_cluster, reason, settings
from response.project.embedded.errors import EmbeddedError, explained
from response.project.embedded.layout import Layout, layout_of, socket_in
from response.project.embedded.leftovers import clear_leftovers
from response.project.embedded.locks import alone, hold_shared, is_shared, try_alone
from response.project.embedded.places import binaries, is_ours

# Seconds for a server that is coming up or going away, recovery after a crash included.
_PATIENCE = 60.0
_LOG_LIMIT = 5_000_000
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)

# What this process holds until it ends, by data folder.
_leases: dict[Path, int] = {}


def ensure_running(data_dir: Path | str, *, durable: bool = True) -> str:
    """Have the server of `data_dir` run until this process ends, and return its address.

    The first use makes the folder and the database. `durable=False`, for tests, gives up safety in a crash
    for speed; it counts for the process that starts the server. Raises EmbeddedError when it cannot be.
    """
    layout = layout_of(data_dir)
    if layout.folder not in _leases:
        _leases[layout.folder] = _use(layout, durable=durable)
    return layout.url


@contextmanager
def running(data_dir: Path | str, *, durable: bool = True) -> Iterator[str]:
    """Have the server of `data_dir` run for the block. As `ensure_running` otherwise.

    When nobody else uses the server, it has stopped at the end of the block.
    """
    layout = layout_of(data_dir)
    lease = _use(layout, durable=durable)
    try:
        yield layout.url
    finally:
        os.close(lease)
        keeper_lock = _wait_for_keeper_to_leave(layout)
        if keeper_lock is not None:
            os.close(keeper_lock)


def remove(data_dir: Path | str) -> None:
    """Delete the database of a data folder that nobody uses, wherever it lies."""
    layout = layout_of(data_dir)
    if not layout.folder.is_dir():
        return
    with explained(layout.folder), _nobody_using(layout):
        cluster = layout.cluster.resolve()
        if layout.cluster.is_symlink() and is_ours(layout, cluster):
            shutil.rmtree(cluster.parent, ignore_errors=True)
        shutil.rmtree(layout.folder)


@contextmanager
def _nobody_using(layout: Layout) -> Iterator[None]:
    """Keep everybody away for the block, once a server without users has stopped."""
    keeper_lock = _wait_for_keeper_to_leave(layout)
    if keeper_lock is None:
        raise EmbeddedError(f"The database in {layout.folder} is in use; stop what runs on it first.")
    try:
        with alone(layout.start_lock):
            yield
    finally:
        os.close(keeper_lock)


def _wait_for_keeper_to_leave(layout: Layout) -> int | None:
    """Wait while the server stops because it has no users. Returns the keeper's lock; None when it has some."""
    deadline = time.monotonic() + _PATIENCE
    while (keeper_lock := try_alone(layout.keeper_lock)) is None:
        if is_shared(layout.users_lock) or time.monotonic() > deadline:
            return None
        time.sleep(0.02)  # the keeper is about to see that nobody is left
    return keeper_lock


def _use(layout: Layout, *, durable: bool) -> int:
    with explained(layout.folder):
        layout.folder.mkdir(parents=True, exist_ok=True)
        lease = hold_shared(layout.users_lock)
        try:
            with alone(layout.start_lock):
                keeper_lock = _keeper_lock_or_served(layout)
                if keeper_lock is not None:
                    _start(layout, keeper_lock, durable=durable)
        except BaseException:
            os.close(lease)
            raise
        return lease


def _keeper_lock_or_served(layout: Layout) -> int | None:
    """None when the server answers; otherwise the keeper's lock, for the keeper that we are to start."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        keeper_lock = try_alone(layout.keeper_lock)
        if keeper_lock is not None:
            return keeper_lock
        if _answers(layout):
            return None
        time.sleep(0.02)  # it is restarting, or about to leave
    raise EmbeddedError(f"The embedded PostgreSQL of {layout.folder} does not answer; its log is {layout.log}.")


def _answers(layout: Layout) -> bool:
    """Whether a server process speaks, and not only a socket is left of one that was just killed.

    https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SSL
    """
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_PATIENCE)
        try:
            client.connect(str(socket_in(layout.socket_dir)))
            client.sendall(_SSL_REQUEST)
            return client.recv(1) in {b"N", b"S"}
        except OSError:
            return False


def _start(layout: Layout, keeper_lock: int, *, durable: bool) -> None:
    try:
        account = account_for(layout.cluster)
        cluster = ready_cluster(layout, account)
        clear_leftovers(layout, cluster)
        _make_socket_dir(layout, account)
        options = [f"--{name}={value}" for name, value in settings(layout, durable=durable).items()]
        command = [str(binaries(account) / "postgres"), "-D", str(cluster), *options]
        _start_keeper(layout, cluster, account, command, keeper_lock)
    finally:
        os.close(keeper_lock)  # the keeper has inherited it


def _start_keeper(layout: Layout, cluster: Path, account: Account, command: list[str], keeper_lock: int) -> None:
    """Start the keeper in a session of its own, where Ctrl-C does not reach it, and wait for the server."""
    spec = {
        "command": command,
        "environment": ENVIRONMENT,
        "identity": account.identity,
        "pid_file": str(cluster / "postmaster.pid"),
        "socket_dir": str(layout.socket_dir),
        "users_lock": str(layout.users_lock),
        "keeper_fd": keeper_lock,
    }
    with _log_file(layout) as log:
        before = log.tell()
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-S", "-E", keeper.__file__, json.dumps(spec)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd="/",
            start_new_session=True,
            pass_fds=[keeper_lock],
        )
    if process.stdout is None or process.stdout.readline() != b"ready\n":
        said = layout.log.read_bytes()[before:].decode(errors="replace")
        raise EmbeddedError(f"The embedded PostgreSQL did not start: {reason(said)} (its log is {layout.log}).")
    process.stdout.close()
    process.returncode = 0  # it outlives us on purpose: no warning that it was not waited for


def _log_file(layout: Layout) -> IO[bytes]:
    if layout.log.exists() and layout.log.stat().st_size > _LOG_LIMIT:
        layout.log.unlink()
    return layout.log.open("ab")


def _make_socket_dir(layout: Layout, account: Account) -> None:
    """Make the folder of the socket, or refuse one that somebody else made there before us."""
    folder = layout.socket_dir
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.geteuid()}:
        raise EmbeddedError(f"{folder}, where the database's socket is to be, belongs to somebody else; remove it.")
    account.take(folder)
