"""One request to an app over HTTP, on a connection of its own.

A kept connection that the app's server closes under us would look like a failed delivery. A general client spends
several times as long on a request as this does, and thousands of events are sent.
"""

import asyncio
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import h11

from slack_sandbox.outbound.outcome import Outcome

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
MOST_REDIRECTS = 2
PORTS = {"http": 80, "https": 443}
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app's server said."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def redirected_to(self) -> str | None:
        """Where else to ask."""
        return self.headers.get("location") if self.status in (301, 302, 307, 308) else None


async def post(url: str, body: bytes, headers: dict[str, str], *, seconds: float) -> Outcome:
    """Send a body; the app has `seconds` to answer."""
    sent = {"User-Agent": AGENT, "Accept": "*/*", **headers}
    try:
        async with asyncio.timeout(seconds):
            answer = await _follow(url, body, sent)
    except TimeoutError:
        return Outcome(None, "", "http_timeout")
    except ssl.SSLError:
        return Outcome(None, "", "ssl_error")
    except (OSError, h11.RemoteProtocolError):
        return Outcome(None, "", "connection_failed")
    except (ValueError, h11.LocalProtocolError):  # no address, or none of HTTP
        return Outcome(None, "", "unknown_error")
    if answer.redirected_to:
        return Outcome(None, "", "too_many_redirects")
    failure = None if 200 <= answer.status < 300 else "http_error"
    no_retry = failure is not None and answer.headers.get("x-slack-no-retry") == "1"
    return Outcome(answer.status, answer.text, failure, no_retry)


async def _follow(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The answer, of where it is redirected to if need be."""
    for _ in range(MOST_REDIRECTS + 1):
        answer = await _exchange(urlsplit(url), body, headers)
        if answer.redirected_to is None:
            break
        url = urljoin(url, answer.redirected_to)
    return answer


async def _exchange(where: SplitResult, body: bytes, headers: dict[str, str]) -> Answer:
    if where.scheme not in PORTS or not where.hostname:
        raise ValueError(f"{where.geturl()!r} is no address")
    secure = where.scheme == "https"
    reader, writer = await asyncio.open_connection(
        where.hostname, where.port or PORTS[where.scheme], ssl=True if secure else None
    )
    try:
        connection = h11.Connection(h11.CLIENT)
        target = (where.path or "/") + (f"?{where.query}" if where.query else "")
        about = {"Host": where.netloc.rpartition("@")[2], "Connection": "close", "Content-Length": str(len(body))}
        request = h11.Request(method="POST", target=target, headers=list((about | headers).items()))
        parts = (connection.send(each) for each in (request, h11.Data(body), h11.EndOfMessage()))
        writer.write(b"".join(part or b"" for part in parts))
        await writer.drain()
        return await _read(connection, reader)
    finally:
        writer.close()


async def _read(connection: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    status, headers, content = 0, {}, bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(CHUNK))
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
        elif isinstance(event, h11.Data):
            content += event.data
        elif isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
            return Answer(status, headers, content.decode("utf-8", "replace"))
