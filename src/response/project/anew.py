"""Processes that take up changed code when they are told to, without being stopped by anybody."""

import logging
import os
import signal
import sys
from typing import NoReturn

WEB = signal.SIGHUP
"""Granian's own: a new process for each that serves, and then the old ones finish."""
WORKER = signal.SIGUSR1
"""Not SIGHUP: a worker in a terminal that is closed should end, and not live on."""


def hold(number: signal.Signals) -> None:
    """Let a signal wait that comes while this process starts: before there is a handler, it would end it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {number})


def heed(number: signal.Signals) -> None:
    """Take the signal, which has a handler now, and the one that waited."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})


def start_anew() -> NoReturn:
    """Become a new process with this one's number, command and environment, and with the code as it is now."""
    logging.shutdown()
    sys.stdout.flush()
    hold(WORKER)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - what we were started with
