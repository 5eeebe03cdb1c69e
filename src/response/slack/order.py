"""What happened last counts, in whatever order Slack tells: events come late, twice, and out of order.

https://docs.slack.dev/apis/events-api promises no order. Every event says when what it tells of happened (`event_ts`);
whoever acts on one asks here first whether something newer was heard about the same thing.
"""

from django.db import connection

from response.slack.models import Heard
from response.slack.payloads import JsonDict, text_at

# One statement: of two that are told in the same moment, the newer one wins.
HEAR = """
    INSERT INTO response_heard AS heard (subject, ts, heard_at) VALUES (%(subject)s, %(ts)s, now())
    ON CONFLICT (subject) DO UPDATE SET ts = excluded.ts, heard_at = excluded.heard_at WHERE heard.ts < excluded.ts
    RETURNING id
"""


def is_news(subject: str, event: JsonDict) -> bool:
    """Whether nothing newer was heard about the subject; an event without a time always is news."""
    ts = text_at(event, "event_ts")[:20]
    if not ts:
        return True
    with connection.cursor() as cursor:
        cursor.execute(HEAR, {"subject": subject[:120], "ts": ts})
        return cursor.fetchone() is not None


def last_heard(subject: str) -> str:
    """Return the time of the newest event about the subject; "" when there was none."""
    return Heard.objects.filter(subject=subject[:120]).values_list("ts", flat=True).first() or ""
