"""The least a server can do for an event of Slack: verify its signature and store it. The yardstick of `response web`.

python -m bench.ack_bare                       # the server that `response web` runs
python -m bench.ack_bare --server gunicorn     # another one, when it is installed
"""

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool
from slack_sdk.signature import SignatureVerifier

from bench.load import Result
from response.project import embedded

SECRET = "bench-signing-secret"
THREADS = 8


@cache
def pool() -> ConnectionPool[Any]:
    return ConnectionPool(os.environ["ACK_DATABASE_URL"], min_size=1, max_size=THREADS, open=True)


verifier = SignatureVerifier(SECRET)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The bare WSGI app."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    headers = {
        "x-slack-request-timestamp": environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"],
        "x-slack-signature": environ["HTTP_X_SLACK_SIGNATURE"],
    }
    status = "401 Unauthorized"
    if verifier.is_valid_request(body, headers):
        with pool().connection() as connection:
            connection.execute("INSERT INTO ack_bare (body) VALUES (%s)", [body.decode()])
        status = "200 OK"
    start_response(status, [("Content-Length", "0"), ("Content-Type", "text/plain")])
    return [b""]


def server_command(server: str, port: int, workers: int, threads: int) -> list[str]:
    """How each candidate serves the bare app."""
    app = "bench.ack_bare:application"
    commands = {
        "gunicorn": [
            *("gunicorn", app, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--workers", str(workers), "--threads", str(threads), "--log-level", "warning"),
        ],
        "granian": [
            *("granian", app, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", str(threads), "--log-level", "warning"),
        ],
    }
    program, *arguments = commands[server]
    return [sys.executable, "-m", program, *arguments]


@contextlib.contextmanager
def serving(command: list[str], port: int, environ: dict[str, str]) -> Iterator[int]:
    """Run a server until the block ends. Yields its process id as soon as it accepts connections."""
    process = subprocess.Popen(command, env=os.environ | environ)
    try:
        wait_for_port(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=15)


def wait_for_port(port: int, process: subprocess.Popen[Any], patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit(f"nothing came up on port {port}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def load(url: str, *, requests: int, connections: int, per_second: float | None = None, secret: str = SECRET) -> Result:
    """Run the load generator in its own process and return what it saw. Without a pace, it is as fast as it can be."""
    command = [
        *(sys.executable, "-m", "bench.load", url, "--secret", secret),
        *("--requests", str(requests), "--connections", str(connections)),
        *(("--per-second", str(per_second)) if per_second else ()),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Result(**json.loads(done.stdout))


def resident_mb(pid: int) -> float:
    """Memory of a process and all below it. Pages they share count once (Linux)."""
    total = 0
    for process in [pid, *descendants(pid)]:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return round(total / 1024, 1)


def descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def measure(database_url: str, server: str, *, workers: int, requests: int, connections: int) -> dict[str, Any]:
    """Serve the bare app, warm it up, load it, and return the figures."""
    port = free_port()
    command = server_command(server, port, workers, THREADS)
    with serving(command, port, {"ACK_DATABASE_URL": database_url}) as pid:
        url = f"http://127.0.0.1:{port}/"
        load(url, requests=500, connections=connections)
        result = load(url, requests=requests, connections=connections)
        memory = resident_mb(pid)
    return {
        "server": server,
        "workers": workers,
        "connections": connections,
        "per_s": result.per_s,
        "p50_ms": result.p50_ms,
        "p99_ms": result.p99_ms,
        "refused": result.refused,
        "memory_mb": memory,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=["gunicorn", "granian"], default="granian")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--connections", type=int, default=8)
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="response-bench-")
    try:
        with embedded.running(folder) as database_url:
            with psycopg.connect(database_url, autocommit=True) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS ack_bare (id bigserial PRIMARY KEY, body text)")
            figures = measure(
                database_url,
                given.server,
                workers=given.workers,
                requests=given.requests,
                connections=given.connections,
            )
            print(json.dumps(figures))
        embedded.remove(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
