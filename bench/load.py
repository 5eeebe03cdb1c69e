"""Signed message events for a Response server, as fast as it answers or at a pace, over connections that stay open.

    python -m bench.load http://127.0.0.1:8000/slack/events --secret s3cret --requests 5000 --connections 8
    python -m bench.load http://127.0.0.1:8000/slack/events --secret s3cret --per-second 100

Run it as a process of its own, so that it does not share a lock with what it measures. It prints one JSON object.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import asdict, dataclass
from statistics import quantiles
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Result:
    """What a run of requests saw: milliseconds, answers a second, and answers that were not 200."""

    p50_ms: float
    p99_ms: float
    per_s: float
    requests: int
    refused: int


def message_event(text: str, *, channel: str = "C0000000001", user: str = "U0000000001") -> bytes:
    """The body of an event as Slack sends it for a message, with an id of its own."""
    now = time.time()
    event = {
        "type": "message",
        "channel": channel,
        "channel_type": "channel",
        "user": user,
        "text": text,
        "ts": f"{now:.6f}",
        "event_ts": f"{now:.6f}",
        "team": "T0000000001",
    }
    body = {
        "token": "unused",
        "team_id": "T0000000001",
        "api_app_id": "A0000000001",
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{uuid.uuid4().hex[:12].upper()}",
        "event_time": int(now),
    }
    return json.dumps(body).encode()


def signature_headers(body: bytes, secret: str) -> dict[str, str]:
    """Slack's v0 signature: https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    timestamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def signed_request(url: str, body: bytes, secret: str) -> bytes:
    """A whole HTTP request, ready for the wire, on a connection to be kept."""
    parts = urlsplit(url)
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **signature_headers(body, secret),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {parts.path or '/'} HTTP/1.1\r\n{head}\r\n".encode() + body


class Pace:
    """When the next request is due: at once, or at even distances."""

    def __init__(self, per_second: float | None) -> None:
        self.distance = 1 / per_second if per_second else 0.0
        self.last = time.perf_counter()

    def next(self) -> float:
        self.last = self.last + self.distance if self.distance else time.perf_counter()
        return self.last


class Connection(asyncio.Protocol):
    """Sends the next request when the answer to the last one is whole, and the pace allows."""

    def __init__(self, requests: list[bytes], pace: Pace, seconds: list[float], statuses: list[int]) -> None:
        self.requests = requests
        self.pace = pace
        self.seconds = seconds
        self.statuses = statuses
        self.buffer = b""
        self.due = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send_next()

    def send_next(self) -> None:
        if not self.requests:
            self.transport.close()
            return
        request = self.requests.pop()
        self.due = self.pace.next()
        if (wait := self.due - time.perf_counter()) > 0:
            asyncio.get_running_loop().call_later(wait, self.transport.write, request)
        else:
            self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, separator, rest = self.buffer.partition(b"\r\n\r\n")
        if not separator or len(rest) < content_length(head):
            return
        self.seconds.append(time.perf_counter() - self.due)
        self.statuses.append(int(head.split(b" ", 2)[1]))
        self.buffer = b""
        self.send_next()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio passes it)
        if not self.done.done():
            self.done.set_result(None)


def content_length(head: bytes) -> int:
    """Bytes of the body that follows these response headers; a server that does not say is not measured."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    raise ValueError(f"the answer has no Content-Length: {head!r}")


async def send_all(url: str, requests: list[bytes], connections: int, per_second: float | None = None) -> Result:
    """Send all requests over so many connections, and wait until each is answered.

    At a pace, the wait is counted from the moment when a request was due, also when all connections were waiting.
    """
    total = len(requests)
    seconds: list[float] = []
    statuses: list[int] = []
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    pace = Pace(per_second)
    started = time.perf_counter()
    protocols = []
    for _ in range(connections):
        _, protocol = await loop.create_connection(
            lambda: Connection(requests, pace, seconds, statuses), parts.hostname or "127.0.0.1", parts.port or 80
        )
        protocols.append(protocol)
    await asyncio.gather(*(protocol.done for protocol in protocols))
    elapsed = time.perf_counter() - started
    cuts = quantiles(seconds, n=100)
    return Result(
        p50_ms=round(cuts[49] * 1000, 3),
        p99_ms=round(cuts[98] * 1000, 3),
        per_s=round(len(seconds) / elapsed, 1),
        requests=total,
        refused=total - statuses.count(200),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--secret", required=True, help="the app's signing secret")
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--per-second", type=float, help="the pace; as fast as they are answered unless given")
    parser.add_argument("--channel", default="C0000000001", help="the channel the messages are said in")
    parser.add_argument("--user", default="U0000000001", help="who says them")
    given = parser.parse_args()
    events = (
        message_event(f"message {number}", channel=given.channel, user=given.user) for number in range(given.requests)
    )
    requests = [signed_request(given.url, event, given.secret) for event in events]
    print(json.dumps(asdict(asyncio.run(send_all(given.url, requests, given.connections, given.per_second)))))


if __name__ == "__main__":
    main()
