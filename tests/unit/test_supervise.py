"""Several processes as one: what happens when one of them ends, and when the whole is told to stop."""

import signal
import subprocess
import sys

SUPERVISE = """
import os, sys
from response.project.supervise import Service, supervise
services = [Service(str(number), command.split()) for number, command in enumerate(sys.argv[1:])]
sys.exit(supervise(services, environ=dict(os.environ), once_started=lambda: print("started", flush=True)))
"""
LIVES = "sleep 300"


def supervisor(*commands: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, *commands], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_when_one_ends_the_others_stop_and_the_whole_has_failed() -> None:
    with supervisor(LIVES, "true") as process:
        output, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "stopped (rc=0)" in output


def test_a_failure_keeps_its_exit_status() -> None:
    with supervisor(LIVES, "sh -c exit\\ 3") as process:
        process.communicate(timeout=20)
    assert process.returncode not in {0, None}


def test_told_to_stop_it_ends_well() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with supervisor(LIVES, LIVES) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "started\n"
            process.send_signal(number)
            process.communicate(timeout=20)
        assert process.returncode == 0


def test_nothing_outlives_a_killed_supervisor() -> None:
    with supervisor(LIVES, LIVES) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.kill()
        process.stdout.read()  # ends when the last process that holds our pipe has ended
