"""Storing what came before it is acknowledged: once, with its job, or not at all.

Slack waits for this, thousands of times an hour, so a request costs one statement and one round trip
(docs/decisions/inbox.md has the figures). The statement calls the function that Procrastinate itself defers jobs
with; a test compares what both write.
"""

import json
from typing import Any

from django.db import connection
from psycopg import Cursor

from response.slack.models import InboundRequest
from response.slack.queue import INBOUND, defer

ANY_LANE = "workspace"
TASK = "handle_request"
UNWANTED = "no incident has this channel"

STORE = """
    WITH stored AS (
        INSERT INTO response_inboundrequest (key, kind, lane, payload, received_at, handled_at, note)
        SELECT %(key)s, %(kind)s, %(lane)s::text, %(payload)s::jsonb, now(),
            CASE WHEN %(is_handled)s::boolean THEN now() END,
            CASE
                WHEN NOT %(if_in_incident)s::boolean THEN ''
                WHEN EXISTS (SELECT FROM response_commschannel WHERE channel_id = %(lane)s::text) THEN ''
                ELSE %(unwanted)s::text
            END
        ON CONFLICT (key) DO NOTHING
        RETURNING id, lane, note
    )
"""
STORE_ONLY = STORE + "SELECT id FROM stored"  # noqa: S608 - nothing in it comes from outside
STORE_AND_DEFER = (
    STORE  # noqa: S608 - nothing in it comes from outside
    + """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ('default', %(task)s::text, %(priority)s::integer, 'in:' || lane, NULL,
         jsonb_build_object('request_id', id), NULL)
        ::procrastinate_job_to_defer_v1
    ]) FROM stored WHERE note = ''
"""
)


def take(key: str, kind: str, lane: str, payload: dict[str, Any], *, if_in_incident: bool = False) -> None:
    """Store a request and defer its job. What is here already is left alone.

    With `if_in_incident` there is a job only when the channel is an incident's; the others cost one row.
    """
    run(STORE_AND_DEFER, key, kind, lane, payload, if_in_incident=if_in_incident)


def remember(key: str, kind: str, lane: str, payload: dict[str, Any]) -> None:
    """Store a request that is answered at once and needs no job."""
    run(STORE_ONLY, key, kind, lane, payload, is_handled=True)


def take_up(lane: str) -> None:
    """Defer the jobs of what came from a channel before it was known to be an incident's."""
    early = InboundRequest.objects.select_for_update().filter(lane=lane, note=UNWANTED).exclude(payload={})
    for request in early.order_by("id"):
        request.note = ""
        request.save(update_fields=["note"])
        defer(TASK, lock=f"in:{lane}", priority=INBOUND, request_id=request.pk)


def run(
    statement: str,
    key: str,
    kind: str,
    lane: str,
    payload: dict[str, Any],
    *,
    if_in_incident: bool = False,
    is_handled: bool = False,
) -> None:
    """Execute the statement as psycopg's own cursor does: prepared, which Django's cursors are not."""
    values = {
        "key": key,
        "kind": kind,
        "lane": (lane or ANY_LANE)[:40],
        "payload": json.dumps(payload),
        "if_in_incident": if_in_incident,
        "is_handled": is_handled,
        "unwanted": UNWANTED,
        "task": TASK,
        "priority": INBOUND,
    }
    with connection.wrap_database_errors:
        connection.ensure_connection()
        with Cursor(connection.connection) as cursor:
            cursor.execute(statement, values, prepare=True)
