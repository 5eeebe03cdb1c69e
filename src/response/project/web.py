"""The web process: Granian serving the WSGI application (docs/decisions/server.md says why Granian)."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.util import Finalize
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from response.project import anew
from response.project.config import read_config
from response.project.mistakes import sentence_for
from response.project.parent import end_with_parent

DEFAULT_THREADS = 8
# Slack gives up on a request after 3 s; a worker process that needs longer than this to finish has a thread stuck.
GRACE = 10


def serve(host: str, port: int, *, workers: int, threads: int = DEFAULT_THREADS) -> None:
    """Serve until SIGTERM or SIGINT, then finish the requests at hand. SIGHUP takes up changed code."""
    server = Server(
        "response.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=own_log(read_config().log_format),
    )
    # Our threads mostly wait for the database and for Slack, so more of them than processors are right.
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.getMessage())
    server.on_startup(partial(anew.heed, anew.WEB))
    server.serve(target_loader=load, wrap_loader=False)


def own_log(log_format: str) -> dict[str, Any]:
    """How Granian writes what it has to say itself: the way it does, or as JSON like everything else."""
    as_json = {"()": "response.operations.logs.Json"}
    return {"formatters": {"generic": as_json, "access": as_json}} if log_format == "json" else {}


def load() -> Callable[..., Any]:
    """Import the application, in each worker process, and have that end with the process that started it."""
    end_with_parent()
    try:
        # Each worker process sets Django up itself.
        from response.project.wsgi import application  # noqa: PLC0415, I001
        from response.operations.metrics.tally import Flusher  # noqa: PLC0415
        from response.project import loaded  # noqa: PLC0415
        from response.project.doubts import say_doubts  # noqa: PLC0415
    except Exception as error:
        if sentence := sentence_for(error):
            sys.exit(f"response: {sentence}")
        raise
    say_doubts(read_config())
    flusher = Flusher()
    flusher.start()
    Finalize(None, flusher.stop, exitpriority=1)  # what atexit knows does not run in such a process
    loaded.keep()
    return application
