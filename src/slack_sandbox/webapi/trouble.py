"""What becomes of a call while something is wrong, and the note of it in the journal."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from slack_sandbox.faults import Fault
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel

JSON_TYPE = "application/json; charset=utf-8"
PAGE = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Something went wrong.</body></html>"


@dataclass(frozen=True)
class Incoming:
    """A call, before anything is done."""

    request: Request
    method: str
    app_id: str | None
    args: Json
    channel: Channel | None = None
    caller: str = "none"
    """The kind of its token."""
    scopes: tuple[str, ...] = ()
    began: float = field(default_factory=time.time)

    @property
    def hub(self) -> Hub:
        """The sandbox it came to."""
        hub: Hub = self.request.app.state.hub
        return hub


@dataclass(frozen=True)
class Mishap:
    """What the client gets instead of the answer: another one, or none and a broken connection."""

    what: str
    """The kind of the fault, or `tier`."""
    response: Response | None = None


Act = Callable[[], tuple[Json, Response]]


async def answered(call: Incoming, act: Act) -> Response:
    """Do it, unless something is in the way, and answer, unless something is in the way of that."""
    mishap = await _before(call)
    done, response = False, Response(status_code=500)
    answer: Json = {"ok": False, "error": "ratelimited" if _is_limited(mishap) else "internal_error"}
    if mishap is None:
        answer, response = act()
        done = bool(answer.get("ok"))
        mishap = _after(call, response)
    sent = response if mishap is None else mishap.response
    _note(call, answer, mishap, sent, done=done)
    return sent if sent is not None else await _hang_up(call)


async def _before(call: Incoming) -> Mishap | None:
    """Whatever this call suffers before anything is done."""
    if slow := _take(call, "latency"):
        await asyncio.sleep(slow.ms / 1000)
    if _take(call, "refused"):
        return Mishap("refused")
    if broken := _take(call, "error"):
        return Mishap("error", Response("upstream error", broken.status or 503, media_type="text/plain"))
    if limited := _take(call, "ratelimit"):
        return Mishap("ratelimit", _come_back(limited.retry_after))
    return _over_its_tier(call)


def _over_its_tier(call: Incoming) -> Mishap | None:
    if call.app_id is None:
        return None
    hub, where = call.hub, call.channel.id if call.channel else ""
    seconds = hub.limits.wait(hub.settings.limits, call.method, call.app_id, where, hub.clock.now())
    return Mishap("tier", _come_back(seconds)) if seconds else None


def _come_back(seconds: int) -> Response:
    return Response('{"ok":false,"error":"ratelimited"}', 429, {"Retry-After": str(seconds)}, JSON_TYPE)


def _after(call: Incoming, response: Response) -> Mishap | None:
    """The act is done, but the client does not learn of it."""
    if lost := _take(call, "lost"):
        return Mishap("lost", Response("", lost.status) if lost.status else None)
    if mangled := _take(call, "malformed"):
        return Mishap("malformed", _mangle(call.hub.faults.choose(mangled, call.method), response))
    return None


def _mangle(how: str, response: Response) -> Response:
    """HTTP 200 with what is no JSON object."""
    body, kind = bytes(response.body), response.media_type or JSON_TYPE
    content = {"html": PAGE.encode(), "empty": b"", "list": b"[%s]" % body, "truncated": body[: len(body) // 2]}[how]
    return Response(content, 200, media_type="text/html" if how == "html" else kind)


async def _hang_up(call: Incoming) -> Response:
    call.request.scope["sandbox.hang_up"]()
    await asyncio.sleep(0.01)  # until the server has noticed that nobody is there
    return Response("", 500)


def _take(call: Incoming, kind: str) -> Fault | None:
    return call.hub.faults.take(kind, call.method, call.channel)


def _is_limited(mishap: Mishap | None) -> bool:
    return mishap is not None and mishap.what in ("ratelimit", "tier")


def _note(call: Incoming, answer: Json, mishap: Mishap | None, sent: Response | None, *, done: bool) -> None:
    call.hub.journal.add(
        "api",
        call.began,
        method=call.method,
        app_id=call.app_id,
        token_kind=call.caller,
        scopes=list(call.scopes),
        channel=call.channel.id if call.channel else None,
        args=call.args,
        answer=answer,
        done=done,
        status=sent.status_code if sent is not None else None,
        fault=mishap.what if mishap else None,
        limited=_is_limited(mishap),
        lost=mishap is not None and mishap.what in ("lost", "malformed"),
    )
