"""Runs one PostgreSQL server for as long as somebody uses it.

Started by `server.py` as a file of its own with `python -S`, it imports the standard library only and stays
small. It holds the keeper's lock and waits for the users' lock. The kernel gives that one back for killed
processes too, so the server ends with its last user, however that one ended.

    keeper.py {"command": [...], "uid": 65534, "gid": 65534, "users_lock": "...", "keeper_fd": 5, ...}
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

# Seconds that an orderly shutdown may take. After that the server stops at once, and recovers when it starts.
_PATIENCE = 15
# A server that ends sooner than this after its start has something wrong with it: it is not started again.
_SOONEST_END = 5.0
_PR_SET_PDEATHSIG = 1


class Keeper:
    def __init__(self, spec: dict[str, Any]) -> None:
        self.command: list[str] = spec["command"]
        self.environment: dict[str, str] = spec["environment"]
        self.identity: dict[str, Any] = spec["identity"]
        self.pid_file = Path(spec["pid_file"])
        self.socket_dir = Path(spec["socket_dir"])
        self.users_fd = os.open(spec["users_lock"], os.O_RDWR)
        self.keeper_fd: int = spec["keeper_fd"]
        self.stopping = False
        self.server: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Serve until the last user is gone, then clean up. Returns the exit status."""
        signal.signal(signal.SIGTERM, lambda *_: self.stop())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        announced = False
        while not self.stopping:
            started = time.monotonic()
            self.server = self._start()
            if not announced:
                announced = True
                if not self._announce(self.server):
                    break
                threading.Thread(target=self._stop_with_last_user, daemon=True).start()
            self.server.wait()
            if time.monotonic() - started < _SOONEST_END:
                break
        self._leave()
        return 0 if self.stopping else 1

    def stop(self) -> None:
        """Ask the server to close its connections and end."""
        self.stopping = True
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            hurry = threading.Timer(_PATIENCE, self.server.send_signal, [signal.SIGQUIT])
            hurry.daemon = True
            hurry.start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            stderr=sys.stderr.fileno(),
            cwd="/",
            env=self.environment,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  (it makes one system call)
            **self.identity,
        )

    def _announce(self, server: subprocess.Popen[bytes]) -> bool:
        """Say on standard output whether the server came up: who started us waits for that."""
        while not (ready := self._is_ready()) and server.poll() is None:
            time.sleep(0.01)
        os.write(sys.stdout.fileno(), b"ready\n" if ready else b"ended\n")
        os.close(sys.stdout.fileno())
        return ready

    def _is_ready(self) -> bool:
        """PostgreSQL writes its state into the last line of its pid file."""
        try:
            lines = self.pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def _stop_with_last_user(self) -> None:
        fcntl.flock(self.users_fd, fcntl.LOCK_EX)
        self.stop()

    def _leave(self) -> None:
        """Give back our own lock before the users' one: who waits for that must not think we serve."""
        with suppress(OSError):  # it is gone, or holds a file of somebody else's
            for left_by_a_crash in self.socket_dir.glob(".s.PGSQL.*"):
                left_by_a_crash.unlink()
            self.socket_dir.rmdir()
        os.close(self.keeper_fd)


def _end_with_parent() -> None:
    """Have the kernel stop the server when the keeper is killed. Without Linux the next start does it."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

if __name__ == "__main__":
    status = Keeper(json.loads(sys.argv[1])).run()
    os._exit(status)  # a thread may still wait for the users' lock
