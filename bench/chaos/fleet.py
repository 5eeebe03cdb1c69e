"""Response's processes, and what is done to them."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import psycopg

from bench.stack import Stack
from response.project.parent import end_with_parent

WORKERS = 2
KILL_EVERY = 3.0  # seconds
RESTART_WEB_EVERY = 20.0


class Fleet:
    """A web process and some workers; whatever is ended is started anew."""

    def __init__(self, stack: Stack, seed: int) -> None:
        self.stack = stack
        self.chance = random.Random(seed)
        self.workers = [self.start("worker") for _ in range(WORKERS)]
        self.web = self.start("web", "--bind", stack.bind)
        self.killed = self.restarted = self.database_restarts = 0
        self._calm = threading.Event()
        self._trouble: threading.Thread | None = None

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start one of Response's processes."""
        with self.stack.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "response", *arguments],
                env=os.environ | self.stack.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent,  # noqa: PLW1509  (it makes one system call)
            )

    def begin_trouble(self) -> None:
        """Kill and restart from now on, until `end_trouble`."""
        self._trouble = threading.Thread(target=self._make_trouble, daemon=True)
        self._trouble.start()

    def end_trouble(self) -> None:
        """Leave the processes alone."""
        self._calm.set()
        if self._trouble:
            self._trouble.join()

    def _make_trouble(self) -> None:
        web_due = time.monotonic() + RESTART_WEB_EVERY
        while not self._calm.wait(KILL_EVERY):
            self.kill_a_worker()
            if time.monotonic() > web_due:
                self.restart_web()
                web_due = time.monotonic() + RESTART_WEB_EVERY

    def kill_a_worker(self) -> None:
        """Start another worker, and end an older one as the kernel would when memory runs out."""
        self.workers.append(self.start("worker"))
        gone = self.workers.pop(self.chance.randrange(len(self.workers) - 1))
        gone.kill()
        gone.wait()
        self.killed += 1

    def restart_web(self) -> None:
        """End the web process, gently or not, and start it anew."""
        self.web.send_signal(self.chance.choice([signal.SIGTERM, signal.SIGKILL]))
        self.web.wait()
        self.web = self.start("web", "--bind", self.stack.bind)
        self.restarted += 1

    def restart_database(self) -> None:
        """End PostgreSQL, with everybody's connections; its keeper starts it again."""
        with psycopg.connect(self.stack.environ["DATABASE_URL"], autocommit=True) as connection:
            row = connection.execute("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)").fetchone()
        assert row is not None
        os.kill(int(row[0]), signal.SIGINT)
        self.database_restarts += 1

    def stop(self) -> None:
        """End every process."""
        self.end_trouble()
        for process in (self.web, *self.workers):
            process.terminate()
        for process in (self.web, *self.workers):
            process.wait(timeout=30)
