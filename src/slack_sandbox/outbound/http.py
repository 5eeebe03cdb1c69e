"""One request to an app over HTTP."""

import asyncio

import httpx

from slack_sandbox.outbound.outcome import Outcome

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


class HttpLine:
    """The HTTP client all requests to apps go through."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def post(self, url: str, body: bytes, headers: dict[str, str], *, seconds: float) -> Outcome:
        """Send a body; the app has `seconds` to answer."""
        sent = {"User-Agent": AGENT, "Accept": "*/*", **headers}
        try:
            async with asyncio.timeout(seconds):
                answer = await self._http().post(url, content=body, headers=sent)
        except (TimeoutError, httpx.TimeoutException):
            return Outcome(None, "", "http_timeout")
        except httpx.TooManyRedirects:
            return Outcome(None, "", "too_many_redirects")
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            return Outcome(None, "", "unknown_error")
        except httpx.HTTPError as error:
            return Outcome(None, "", "ssl_error" if "SSL" in str(error).upper() else "connection_failed")
        failure = None if answer.is_success else "http_error"
        no_retry = failure is not None and answer.headers.get("x-slack-no-retry") == "1"
        return Outcome(answer.status_code, answer.text, failure, no_retry)

    def _http(self) -> httpx.AsyncClient:
        # A kept connection that the app's server closes under us would look like a failed delivery. There is no limit
        # here: who waits for a connection would be counted as waiting for the app.
        if self._client is None:
            self._client = httpx.AsyncClient(
                timeout=httpx.Timeout(None),
                trust_env=False,
                follow_redirects=True,
                max_redirects=2,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            )
        return self._client

    async def close(self) -> None:
        """Let go of every connection."""
        if self._client is not None:
            await self._client.aclose()
