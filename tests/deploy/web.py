"""A web process as it runs behind a proxy, and what Slack asks it when its address is entered."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import httpx
from django.db import connection
from slack_sdk.signature import SignatureVerifier

from slack_sandbox.testing import wait_for


@contextmanager
def web_process(port: int, **environ: str) -> Iterator[str]:
    """Run `response web` on the tests' database with these settings. Yields its own address."""
    parts = connection.settings_dict
    host = quote(parts["HOST"], safe="")
    ours = {
        "DATABASE_URL": f"postgresql://{parts['USER']}@:{parts['PORT']}/{parts['NAME']}?host={host}",
        "DJANGO_SETTINGS_MODULE": "response.project.settings",
        "SECRET_KEY": "only for this test",
    }
    command = [sys.executable, "-m", "response", "web", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=os.environ | ours | environ) as process:
        try:
            wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"), timeout=60)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@dataclass(frozen=True)
class Challenge:
    """A request of Slack's, and what it wants to read."""

    body: str
    headers: dict[str, str]
    expected: str


def challenge(secret: str) -> Challenge:
    """Ask as Slack does when an address is entered."""
    body, now = '{"type":"url_verification","challenge":"abc"}', str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=now, body=body) or ""
    return Challenge(body, {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": signature}, "abc")
