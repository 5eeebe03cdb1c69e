"""`response demo`: everything on this machine, Slack included.

This process only supervises, so it imports neither Django nor its settings: what it starts does.
"""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from response.project import anew, embedded, ports
from response.project.config import PluginDir
from response.project.embedded.locks import try_alone
from response.project.flags import offer_skipping
from response.project.parent import end_with_parent
from response.project.reloading import FOR_SERVICES, Reloader
from response.project.supervise import Service, supervise

HOST = "127.0.0.1"
# Says that the folder is ours to delete; holds the app's token and secrets, so that they stay the same.
MARK = "response-demo.json"
PATIENCE = 60.0


class DemoError(Exception):
    """The demo cannot start. The message is one sentence."""


@dataclass(frozen=True)
class Demo:
    """Where one demo lives and listens."""

    folder: Path
    web_port: int
    sandbox_port: int
    secrets: dict[str, str]
    host: str = HOST

    @property
    def web_url(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://localhost:{self.sandbox_port}"

    def environ(self, database_url: str) -> dict[str, str]:
        """The environment of the parts. It overrules what this shell and `.env` say about a real workspace."""
        return os.environ | {
            "DATABASE_URL": database_url,
            "DEBUG": "false",
            "DEMO_SIGN_IN": "true",
            "DJANGO_SETTINGS_MODULE": "response.project.settings",
            "ALLOWED_HOSTS": "",
            "INCIDENT_CHANNEL_NAME": "incidents",
            "INCIDENT_BOT_NAME": "incident",
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
            "RESPONSE_DATA_DIR": str(self.folder),
            "SECRET_KEY": self.secrets["secret_key"],
            "HEARTBEAT_URL": "",
            "SENTRY_DSN": "",
            "OIDC_ISSUER": "",
            "OIDC_CLIENT_ID": "",
            "OIDC_CLIENT_SECRET": "",
            "RESPONSE_LOGIN_REQUIRED": "true",
            "SITE_URL": self.web_url,
            "SLACK_API_URL": f"http://{HOST}:{self.sandbox_port}/api/",
            "SLACK_APP_TOKEN": "",
            "SLACK_CLIENT_ID": self.secrets["client_id"],
            "SLACK_CLIENT_SECRET": self.secrets["client_secret"],
            "SLACK_SIGNING_SECRET": self.secrets["signing_secret"],
            "SLACK_SIGNING_SECRET_PREVIOUS": "",
            "SLACK_TOKEN": self.secrets["bot_token"],
            "TRUSTED_PROXIES": "0",
        }

    def services(self) -> list[Service]:
        this = [sys.executable, "-m", "response"]
        state = str(self.folder / "workspace.json")
        return [
            Service(
                "sandbox", [*this, "sandbox", "--host", self.host, "--port", str(self.sandbox_port), "--state", state]
            ),
            Service("web", [*this, "web", "--bind", f"{self.host}:{self.web_port}", "--threads", "4"], anew.WEB),
            Service("worker", [*this, "worker", "--concurrency", "4"], anew.WORKER),
        ]


def main(arguments: Sequence[str]) -> int:
    """Run the demo until Ctrl-C. Returns the exit status."""
    given = parser().parse_args(arguments)
    folder = given.data.expanduser().resolve()
    ports.require_free(given.host, given.port, "--port (make demo PORT=...)")
    ports.require_free(given.host, given.sandbox_port, "--sandbox-port (make demo SANDBOX_PORT=...)")
    with _only_one(folder, fresh=given.fresh), embedded.running(folder) as database_url:
        demo = Demo(folder, given.port, given.sandbox_port, _secrets(folder / MARK), given.host)
        environ = demo.environ(database_url)
        print("Starting PostgreSQL, a Slack workspace and Response ...", flush=True)
        _run_part(["response", "migrate", "--verbosity", "0"], environ)
        return _supervise(demo, environ)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("response demo", description="Try Response on this machine, Slack included.")
    found.add_argument("--port", type=int, default=8000, help="of Response's pages (default: %(default)s)")
    found.add_argument("--sandbox-port", type=int, default=3010, help="of the Slack sandbox (default: %(default)s)")
    found.add_argument(
        "--host", default=HOST, help="address to listen on (default: %(default)s); in a container 0.0.0.0"
    )
    found.add_argument("--fresh", action="store_true", help="delete the data of earlier demos first")
    found.add_argument(
        "--data",
        type=Path,
        default=Path(".data/demo"),
        metavar="FOLDER",
        help="where data is kept (default: .data/demo)",
    )
    offer_skipping(found)
    return found


@contextmanager
def _only_one(folder: Path, *, fresh: bool) -> Iterator[None]:
    """Keep a second demo out of this folder for the block."""
    lock = _claim(folder)
    try:
        if fresh:
            _empty(folder)
        yield
    finally:
        os.close(lock)


def _claim(folder: Path) -> int:
    """Take the folder for this process; closing the descriptor gives it back."""
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
            raise DemoError(f"{folder} holds something else than a demo; choose another folder with --data.")
        folder.mkdir(parents=True, exist_ok=True)
        lock = try_alone(folder / MARK)
    except OSError as error:
        raise DemoError(f"The demo cannot use {folder}: {error.strerror} ({error.filename}).") from error
    if lock is None:
        raise DemoError(f"A demo runs in {folder} already; stop it first, or choose another folder with --data.")
    return lock


def _empty(folder: Path) -> None:
    """Delete all but the mark, which we hold."""
    embedded.remove(folder)
    for entry in folder.iterdir():
        if entry.name == MARK:
            entry.write_text("")
        elif entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _secrets(mark: Path) -> dict[str, str]:
    """The secrets that sandbox and app share; made at the first start."""
    made = {
        "bot_token": f"xoxb-{secrets.token_hex(24)}",
        "client_id": f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}",
        "client_secret": secrets.token_hex(16),
        "signing_secret": secrets.token_hex(16),
        "secret_key": secrets.token_hex(32),
    }
    kept: dict[str, str] = made | json.loads(mark.read_text() or "{}")
    mark.write_text(json.dumps(kept))
    return kept


def _supervise(demo: Demo, environ: dict[str, str]) -> int:
    """Run the parts; meanwhile prepare the workspace, and say where to look as soon as all answer."""

    def prepare() -> None:
        _run_part(["response.project.demo_workspace"], environ)
        _wait_for(demo.web_url)
        print(_welcome(demo), flush=True)

    reloader = Reloader(PluginDir().plugin_dir, environ)
    return supervise(demo.services(), environ=environ | FOR_SERVICES, once_started=prepare, reloader=reloader)


def _run_part(module_and_arguments: Sequence[str], environ: dict[str, str]) -> None:
    """Run a module of ours to its end. What it says goes to the terminal."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *module_and_arguments],
        env=environ,
        preexec_fn=end_with_parent,  # noqa: PLW1509  (it makes one system call)
    )
    if process.wait() != 0:
        raise DemoError("The demo could not be prepared; the lines above say why.")


def _wait_for(url: str) -> None:
    """Wait until a server answers, whatever it says."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  (it is our own)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise DemoError(f"{url} does not answer.")


def _welcome(demo: Demo) -> str:
    return f"""
  Response is running. Open these two side by side:

    Slack, the sandbox   {demo.sandbox_url}
    Response's pages     {demo.web_url}

  Sign in to the pages with a press on a name, or with Slack.
  In the sandbox be Rae, and write in #general:  /incident Payments are failing

  Ctrl-C stops everything. The data stays in {_shown(demo.folder)}; `make demo FRESH=1` starts over.
"""


def _shown(folder: Path) -> str:
    return str(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder)
