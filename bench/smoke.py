"""`make smoke`: everything as real processes on free ports, and the whole path once, from outside over HTTP.

With `--processes many` it is what compose.yaml runs, several of each: two web processes whose pages are asked in turn,
two workers, and one that takes what Slack sends by Socket Mode, on one PostgreSQL.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from types import FrameType

import httpx

from bench import stack
from bench.company import Company, install
from bench.path import STEPS, Step, Unmet
from bench.several import several
from slack_sandbox.control import Refused, Sandbox
from slack_sandbox.seen import NotSeen


def walk(company: Company, said: Callable[[], str]) -> bool:
    """Take every step, a line each, and say how many went well; before that what `said` gives, when one did not."""
    passed = sum([take(number, step, company) for number, step in enumerate(STEPS, start=1)])
    if passed < len(STEPS) and (words := said()):
        print(f"Meanwhile the processes said:\n{words}")
    print(f"smoke: {passed} of {len(STEPS)} steps passed", flush=True)
    return passed == len(STEPS)


def take(number: int, step: Step, company: Company) -> bool:
    """Take one step and print how it went. Returns whether it went well."""
    started = time.monotonic()
    problem = trouble(step, company)
    outcome = f"FAILED: {problem}" if problem else "ok"
    print(f"{number}. {step.__doc__}: {outcome} ({time.monotonic() - started:.2f} s)", flush=True)
    return problem is None


def trouble(step: Step, company: Company) -> str | None:
    """Take a step; return what went wrong in a sentence, or None."""
    try:
        step(company)
    except (Unmet, NotSeen) as error:
        return str(error)
    except Refused as error:
        return f"expected Slack to allow it, saw {error}"
    except TimeoutError as error:
        return f"expected something to happen, saw {error}"
    except httpx.HTTPError as error:
        return f"expected an answer, saw {type(error).__name__}: {error}"
    except StopIteration:
        return "expected a button or message, saw none of that name"
    return None


FORMS: dict[str, Callable[[], AbstractContextManager[stack.Stack]]] = {"few": stack.running, "many": several}


def main(arguments: Sequence[str] | None = None) -> int:
    """Start everything, walk, stop everything. Returns the exit status."""
    parser = argparse.ArgumentParser("make smoke", description="Walk the whole path once, with real processes.")
    parser.add_argument("--processes", choices=FORMS, default="few", help="default: %(default)s")
    given = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupted)
    started = time.monotonic()
    try:
        with FORMS[given.processes]() as running, Sandbox(running.sandbox_url) as sandbox:
            company = install(sandbox, running)
            sandbox.settings(limits="slack")
            if running.app_token:
                company.workspace.wait_for(lambda: sandbox.connections("Response"), timeout=20)
            print(f"Everything runs ({time.monotonic() - started:.2f} s)", flush=True)
            return 0 if walk(company, running.said) else 1
    except stack.NotStarted as error:
        print(f"smoke: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("smoke: interrupted", file=sys.stderr)
        return 130


def interrupted(_number: int, _frame: FrameType | None) -> None:
    """End what is going on, and let nothing interrupt the tidying up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
