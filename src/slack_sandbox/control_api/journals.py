"""`/control/journal`: reading what went in and out."""

import time
from collections.abc import Callable

from starlette.requests import Request

from slack_sandbox.control_api.routing import Answer, control
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json

PAGE = 1000
LARGEST_PAGE = 5000
LONGEST_WAIT = 30.0
FIELDS = ("kind", "method", "what", "type", "state", "app_id", "event_id", "channel", "fault")
"""What entries may be chosen by."""


@control("/journal")
async def journal(hub: Hub, request: Request, _body: Json) -> Answer:
    """What follows `since`, in pages of `limit` entries, of which those are given that have the fields asked for.

    With `wait` (seconds) it answers as soon as there is one. `seq` is where the next page begins, `more` whether it is
    there already.
    """
    query = request.query_params
    seq, fits = max(int(query.get("since", "0")), 0), _chooser(request)
    limit = min(int(query.get("limit", PAGE)), LARGEST_PAGE)
    until = time.monotonic() + min(float(query.get("wait", "0")), LONGEST_WAIT)
    found: list[Json] = []
    while True:
        page = hub.journal.since(seq, limit)
        seq = page[-1]["seq"] if page else seq
        found += filter(fits, page)
        if found or seq < hub.journal.seq or time.monotonic() >= until or hub.journal.is_released:
            return {"seq": seq, "more": seq < hub.journal.seq, "entries": found}
        await hub.journal.wait(seq, until - time.monotonic())


def _chooser(request: Request) -> Callable[[Json], bool]:
    wanted = {name: value for name, value in request.query_params.items() if name in FIELDS}
    return lambda entry: all(str(entry.get(name)) == value for name, value in wanted.items())


@control("/journal/summary")
async def summary(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Calls by method and outcome, deliveries by what and outcome, events by state, since the last reset."""
    return hub.journal.tally.as_json() | {"seq": hub.journal.seq, "open": len(hub.courier.ledger.open)}


@control("/journal/open")
async def open_events(hub: Hub, _request: Request, _body: Json) -> Answer:
    """The events that are still on their way or wait for a retry."""
    return [record.as_json() for record in hub.courier.ledger.open.values()]
