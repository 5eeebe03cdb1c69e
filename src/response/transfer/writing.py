"""`response export`: a line of JSON for each row."""

import json
from collections.abc import Iterator
from typing import TextIO

from django.db import connection, transaction

from response import __version__
from response.core import clock
from response.transfer.rows import as_json, written
from response.transfer.tables import kept, label, rows

FORMAT, VERSION = "response-export", 1
AT_ONCE = 1000


def write(stream: TextIO) -> int:
    """Write everything, as it is at one moment, whoever changes things meanwhile. Returns the number of rows."""
    count = 0
    for line in lines():
        stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        count += 1
    return count - 2


def lines() -> Iterator[dict[str, object]]:
    """Return the lines: what the file is, the rows, and the end, by which a file that was cut off is noticed."""
    with transaction.atomic():
        if not connection.savepoint_ids:  # a transaction has its level from its beginning
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        models = kept()
        counts = {label(model): rows(model).count() for model in models}
        made = {"response": __version__, "made_at": as_json(clock.now())}
        yield {"format": FORMAT, "version": VERSION, **made, "tables": counts}
        for model in models:
            for row in rows(model).iterator(chunk_size=AT_ONCE):
                yield written(row)
        yield {"end": True, "rows": sum(counts.values())}
