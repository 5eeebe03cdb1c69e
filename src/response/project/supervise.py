"""Several processes as one: they start together, and when one ends the others are stopped.

Why honcho: docs/decisions/supervisor.md.
"""

import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import honcho.manager
from honcho.printer import Message, Printer
from honcho.process import Popen, Process

from response.project.parent import end_with_parent
from response.project.reloading import Reloader

# A worker may take 8 s for the jobs at hand, and Procrastinate a moment to sign off.
honcho.manager.KILL_WAIT = 12


@dataclass(frozen=True)
class Service:
    """One process to supervise: its name in the output, its command, and the signal that has it start anew."""

    name: str
    command: Sequence[str]
    anew: signal.Signals | None = None


def supervise(
    services: Sequence[Service],
    *,
    environ: dict[str, str],
    once_started: Callable[[], None] | None = None,
    reloader: Reloader | None = None,
) -> int:
    """Run the services until Ctrl-C, SIGTERM or the end of one of them. Returns the exit status for the whole.

    It is 0 after Ctrl-C and SIGTERM; a service that ends by itself is a failure, whatever its own status.
    `once_started` runs in a thread of its own as soon as all have been started; what it raises stops everything,
    and is raised here. With a `reloader`, the services start anew when plugins have changed.
    """
    manager = _Manager(services, once_started, reloader)
    for service in services:
        manager.add_process(service.name, f"exec {shlex.join(service.command)}", env=environ)
    manager.loop()
    if manager.failure is not None:
        raise manager.failure
    if manager.told_to_stop:
        return 0
    return manager.returncode or 1


class _Manager(honcho.manager.Manager):  # type: ignore[misc]
    def __init__(
        self, services: Sequence[Service], once_started: Callable[[], None] | None, reloader: Reloader | None
    ) -> None:
        super().__init__(_Printer(sys.stdout))
        self._process_ctor = _Leashed
        self._services = services
        self._once_started = once_started
        self._reloader = reloader
        self._told_too_early = False
        self.failure: Exception | None = None

    @property
    def told_to_stop(self) -> bool:
        """Whether a signal ended it, rather than one of the services."""
        return self.returncode in {info["rc"] for info in honcho.manager.SIGNALS.values()}

    def _start(self) -> None:
        super()._start()
        if self._once_started is not None:
            threading.Thread(target=self._watch_over, args=[self._once_started], daemon=True).start()
        if self._reloader is not None:
            run = partial(self._reloader.run, self._start_anew)
            threading.Thread(target=self._watch_over, args=[run], daemon=True).start()

    def _start_anew(self) -> None:
        """Have those services take up changed code that can."""
        for service in self._services:
            pid = self._processes[service.name].get("pid")
            if service.anew and pid and not self._terminating:
                with suppress(ProcessLookupError):  # it has just ended, and the others are about to
                    os.kill(pid, service.anew)

    def _watch_over(self, once_started: Callable[[], None]) -> None:
        try:
            once_started()
        except Exception as error:  # noqa: BLE001  (raised again in the main thread)
            if not self._terminating:  # else it failed because everything is being stopped
                self.failure = error
                os.kill(os.getpid(), signal.SIGTERM)

    def terminate(self) -> None:
        """Stop all; but only once all have said their process id, without which honcho cannot stop them."""
        if self._all_started():
            super().terminate()
        else:
            self._told_too_early = True

    def _system_print(self, data: str) -> None:
        super()._system_print(data)
        if self._told_too_early and self._all_started():
            self._told_too_early = False
            super().terminate()


class _Leashed(Process):  # type: ignore[misc]
    """A process that ends with its supervisor, however that one ends."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        end_with_parent(signal.SIGKILL)  # this is the process that relays the output, and ignores gentler signals
        self._child_ctor = partial(Popen, preexec_fn=end_with_parent)
        super().run(events, ignore_signals)


class _Printer(Printer):  # type: ignore[misc]
    """Leaves out what the supervisor says about itself, except which service ended."""

    def write(self, message: Message) -> None:
        if message.name == honcho.manager.SYSTEM_PRINTER_NAME and " stopped (rc=" not in str(message.data):
            return
        super().write(message)
