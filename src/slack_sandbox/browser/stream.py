"""Live updates as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from slack_sandbox.feeds import Feeds
from slack_sandbox.hub import Hub
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json

KEEP_ALIVE_SECONDS = 15


async def stream(request: Request) -> Response:
    """`/client/stream?as=`: open until the page goes or the server stops."""
    hub: Hub = request.app.state.hub
    user_id = request.query_params.get("as", "")
    if user_id not in hub.workspace.people:
        return JSONResponse({"ok": False, "error": "user_not_found"}, 404)
    opened = [view_payload(hub, view, state=view.values) for view in hub.workspace.stack(user_id)]
    first: list[Json] = [{"type": "hello", "seq": hub.feeds.seq}]
    if opened:
        first.append({"type": "view", "stack": opened})
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(hub.feeds, user_id, first), headers=headers, media_type="text/event-stream")


async def _lines(feeds: Feeds, user_id: str, first: list[Json]) -> AsyncIterator[str]:
    watcher = feeds.open(user_id)
    try:
        for event in first:
            yield _line(event)
        while True:
            try:
                event_or_end = await asyncio.wait_for(watcher.events.get(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event_or_end is None:
                return
            yield _line(event_or_end)
    finally:
        feeds.drop(watcher)


def _line(event: Json) -> str:
    return f"data: {json.dumps(event, separators=(',', ':'))}\n\n"


ROUTES = [Route("/client/stream", stream)]
