"""The web process and the worker, as threads of the test run: real HTTP, real jobs, one process to look into."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from response.project.worker import work_until
from response.project.wsgi import application


class QuietHandler(WSGIRequestHandler):
    """Keep the test's output for the test."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def web() -> Iterator[str]:
    """Serve the application on a free port. Yields its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def worker() -> Iterator[None]:
    """Run jobs as they come in."""
    runner = asyncio.Runner()
    stop = asyncio.Event()

    def work() -> None:
        with runner:
            runner.run(work_until(stop))

    loop = runner.get_loop()
    thread = threading.Thread(target=work, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
