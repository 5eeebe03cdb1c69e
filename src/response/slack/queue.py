"""Deferring jobs, always in the transaction of the change that caused them."""

from typing import Any

from procrastinate.contrib.django import app

# Higher goes first, within a lane too: what is said overtakes topic and card, which are rendered when they go.
INBOUND, DECLARE, TALK, COSMETIC, CHORE = 20, 10, 0, -5, -10


def defer(task: str, *, lock: str, priority: int = TALK, **arguments: Any) -> None:
    """Run a job of `slack/jobs.py` after this transaction; jobs with one `lock` run one after the other."""
    app.configure_task(task, lock=lock[:200], priority=priority).defer(**arguments)
