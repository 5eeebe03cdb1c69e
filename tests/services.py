"""The web process and the worker, as threads of the test run: real HTTP, real jobs, one process to look into."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import procrastinate
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params


class QuietHandler(WSGIRequestHandler):
    """Keep the test's output for the test."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def web() -> Iterator[str]:
    """Serve the application on a free port. Yields its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def worker(*, concurrency: int = 4) -> Iterator[None]:
    """Run jobs as they come in."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    tasks: list[asyncio.Task[None]] = []

    async def work() -> None:
        connector = procrastinate.PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
        async with app.with_connector(connector).open_async() as opened:
            ready.set()
            await opened.run_worker_async(
                concurrency=concurrency,
                install_signal_handlers=False,
                fetch_job_polling_interval=0.1,
                delete_jobs="successful",
                shutdown_graceful_timeout=2,
            )

    def run() -> None:
        tasks.append(loop.create_task(work()))
        loop.run_until_complete(asyncio.wait(tasks))
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=run, name="worker", daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(tasks[0].cancel)
        thread.join(10)
