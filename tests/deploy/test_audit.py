"""`.ci/audit`: a vulnerability fails it, and that nobody can be asked does not. And it says what is in the package."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Osv(BaseHTTPRequestHandler):
    """Knows of one vulnerability, in Django. https://google.github.io/osv.dev/post-v1-query/"""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        affected = {"package": {"name": "django", "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": []}]}
        known = {"id": "PYSEC-2026-1", "summary": "made up", "modified": "2026-01-01T00:00:00Z", "affected": [affected]}
        body = json.dumps({"vulns": [known]} if asked["package"]["name"] == "django" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def osv() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()


def audit(url: str, sbom: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"AUDIT_OPTIONS": f"--vulnerability-service osv --osv-url {url}"}
    command = [sys.executable, str(ROOT / ".ci" / "audit"), str(sbom)]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)


def test_a_vulnerability_fails(osv: str, tmp_path: Path) -> None:
    done = audit(osv, tmp_path / "sbom.json")
    assert done.returncode == 1, done.stderr
    assert "has PYSEC-2026-1" in done.stdout


def test_that_nobody_can_be_asked_does_not_fail(tmp_path: Path) -> None:
    done = audit("http://127.0.0.1:9/v1/query", tmp_path / "sbom.json")
    assert done.returncode == 0, done.stderr
    assert "audit: nobody could be asked" in done.stdout


def test_what_is_in_the_package_is_listed(osv: str, tmp_path: Path) -> None:
    audit(osv, tmp_path / "sbom.json")
    listed = json.loads((tmp_path / "sbom.json").read_text())
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    names = {component["name"] for component in listed["components"]}
    assert {"django", "psycopg", "slack-sdk", "procrastinate"} <= names
    assert all(component["hashes"] for component in listed["components"])
