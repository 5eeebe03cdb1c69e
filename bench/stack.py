"""Response and a Slack sandbox as processes, on free ports, in a temporary folder that is gone afterwards."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import httpx

from bench.ack_bare import free_port
from response.project import embedded
from response.project.parent import end_with_parent

PATIENCE = 30.0


class NotStarted(Exception):
    """A part did not come up. The message says which, and what it said."""


@dataclass(frozen=True)
class Stack:
    """Where a running Response and its Slack answer, and what they share."""

    sandbox_url: str
    web_url: str
    bot_token: str
    signing_secret: str
    log: Path
    environ: dict[str, str] = field(default_factory=dict, repr=False)
    app_token: str = ""
    """Set, Slack's requests come by Socket Mode."""
    web_urls: tuple[str, ...] = ()
    """Where several web processes answer; `web_url` is the first of them."""

    @property
    def bind(self) -> str:
        """Where `response web` is to listen."""
        return self.web_url.removeprefix("http://")

    def said(self) -> str:
        """What the processes have written so far: nothing but trouble, at their log level."""
        return self.log.read_text(errors="replace").strip()


@contextmanager
def running() -> Iterator[Stack]:
    """Start PostgreSQL, the sandbox, `response migrate` and `response run`; stop and delete it all after the block."""
    with prepared() as stack, service(stack, "run", "--bind", stack.bind):
        wait_for(stack)
        yield stack


@contextmanager
def prepared(**settings: str) -> Iterator[Stack]:
    """Start PostgreSQL and the sandbox, and migrate; none of Response's own processes runs yet."""
    with _folder() as folder, embedded.running(folder) as database_url, ExitStack() as parts:
        log = parts.enter_context((folder / "log").open("ab"))
        sandbox_url = parts.enter_context(_sandbox(log))
        url = f"http://127.0.0.1:{free_port()}"
        stack = Stack(sandbox_url, url, f"xoxb-{secrets.token_hex(12)}", secrets.token_hex(16), folder / "log")
        stack = replace(stack, environ=_environ(stack, database_url) | settings)
        with service(stack, "migrate", "--verbosity", "0") as process:
            if process.wait() != 0:
                raise NotStarted(f"`response migrate` failed:\n{stack.said()}")
        yield stack


@contextmanager
def service(stack: Stack, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run one of Response's processes for the block."""
    with stack.log.open("ab") as log, _process(arguments, environ=stack.environ, stdout=log, stderr=log) as process:
        yield process


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for the block. PostgreSQL's account may pass through, so that its data can lie there as well."""
    folder = Path(tempfile.mkdtemp(prefix="response-bench-"))
    try:
        folder.chmod(0o711)
        (folder / "log").touch(mode=0o600)
        yield folder
    finally:
        embedded.remove(folder)
        shutil.rmtree(folder)


def _environ(stack: Stack, database_url: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "response.project.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_hex(16),
        "SITE_URL": stack.web_url,
        "SLACK_API_URL": f"{stack.sandbox_url}/api/",
        "SLACK_TOKEN": stack.bot_token,
        "SLACK_SIGNING_SECRET": stack.signing_secret,
        "SLACK_SIGNING_SECRET_PREVIOUS": "",
        "INCIDENT_CHANNEL_NAME": "incidents",
        "INCIDENT_CHANNEL_TEMPLATE": "inc-{number}",
        "INCIDENT_BOT_NAME": "incident",
        "DEBUG": "false",
        "DEMO_SIGN_IN": "true",  # people of these measurements sign in with a press
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def _sandbox(log: IO[bytes]) -> Iterator[str]:
    """A sandbox on a port of its choice. Yields its address."""
    with _process(["sandbox", "--port", "0"], stdout=subprocess.PIPE, stderr=log) as process:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        if "http://" not in line:
            raise NotStarted("The sandbox did not start.")
        yield line.split()[-1]


def wait_for(stack: Stack) -> None:
    """Wait until the pages answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if not httpx.get(stack.web_url, trust_env=False).is_error:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise NotStarted(f"`response run` does not answer at {stack.web_url}:\n{stack.said()}")


@contextmanager
def _process(
    arguments: Sequence[str],
    *,
    stdout: int | IO[bytes],
    stderr: int | IO[bytes],
    environ: dict[str, str] | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a `response` command for the block. Ctrl-C does not reach it: it is stopped when its turn comes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "response", *arguments],
        env=os.environ | (environ or {}),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509  (it makes one system call)
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
