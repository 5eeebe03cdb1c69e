"""Storing what came before it is acknowledged: once, with its job, in one transaction."""

import json
from typing import Any

from django.db import connection, transaction

from response.slack.queue import INBOUND, defer

ANY_LANE = "workspace"

# The model's own insert cannot both skip a repetition and say that it did.
INSERT = """
    INSERT INTO response_inboundrequest (key, kind, lane, payload, received_at, note)
    VALUES (%s, %s, %s, %s, now(), '')
    ON CONFLICT (key) DO NOTHING
    RETURNING id
"""


@transaction.atomic
def take(key: str, kind: str, lane: str, payload: dict[str, Any]) -> bool:
    """Store a request and defer its job. Returns False, and does nothing, when it is here already."""
    lane = (lane or ANY_LANE)[:40]
    request_id = remember(key, kind, lane, payload)
    if request_id is None:
        return False
    defer("handle_request", lock=f"in:{lane}", priority=INBOUND, request_id=request_id)
    return True


def remember(key: str, kind: str, lane: str, payload: dict[str, Any]) -> int | None:
    """Store a request. Returns its id, or None when it is here already."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [key, kind, lane, json.dumps(payload)])
        row = cursor.fetchone()
    return row[0] if row else None
