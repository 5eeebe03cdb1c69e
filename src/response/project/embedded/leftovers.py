"""What a killed keeper may leave behind, dealt with before a server starts."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from response.project.embedded.errors import EmbeddedError
from response.project.embedded.layout import Layout, socket_in

# Seconds for a server to stop.
_PATIENCE = 60.0


def clear_leftovers(layout: Layout, cluster: Path) -> None:
    """Deal with what a killed keeper may leave: a server without a keeper, or files that name one long gone.

    PostgreSQL does not start when its pid file names a living process, whatever that is; after a reboot or
    in a container the number is soon somebody else's. We hold the keeper's lock: the cluster is ours to judge.
    """
    pid_file = cluster / "postmaster.pid"
    with suppress(FileNotFoundError):
        pid = int(pid_file.read_text().split("\n", 1)[0])
        if _serves(pid, cluster):
            os.kill(pid, signal.SIGINT)
            _wait_until_gone(pid, cluster)
    pid_file.unlink(missing_ok=True)
    Path(f"{socket_in(layout.socket_dir)}.lock").unlink(missing_ok=True)


def _serves(pid: int, cluster: Path) -> bool:
    """Whether process `pid` is a PostgreSQL server of this cluster."""
    command = _command_line(pid)
    return "postgres" in command and f"-D {cluster} " in f"{command} "


def _command_line(pid: int) -> str:
    """The command line of a process; empty when there is none. Slim images lack `ps`, macOS lacks /proc."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    command = ["/bin/ps", "-o", "args=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603


def _wait_until_gone(pid: int, cluster: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while _serves(pid, cluster):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"A PostgreSQL server of {cluster} (process {pid}) does not stop; end it first.")
        time.sleep(0.02)
