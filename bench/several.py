"""Response as compose.yaml runs it: web, worker and socket as processes of their own, on a PostgreSQL beside them."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import cycle

import httpx

from bench import stack
from bench.ack_bare import free_port
from response.slack.manifest import app_manifest
from slack_sandbox.control import Sandbox

WEB, WORKERS = 2, 2


@contextmanager
def several() -> Iterator[stack.Stack]:
    """Start two web processes, two workers and one for Socket Mode; stop and delete it all after the block."""
    token = f"xapp-1-A0RESPONSE-1-{secrets.token_hex(12)}"
    with stack.prepared(SLACK_APP_TOKEN=token) as prepared, ExitStack() as processes:
        with Sandbox(prepared.sandbox_url) as sandbox:
            sandbox.install(app_manifest(), app_token=token)  # it has to be known before it connects
        urls = (prepared.web_url, *(f"http://127.0.0.1:{free_port()}" for _ in range(WEB - 1)))
        made = replace(prepared, app_token=token, web_urls=urls)
        commands = [["web", "--bind", url.removeprefix("http://")] for url in urls]
        for command in [*commands, *[["worker"]] * WORKERS, ["socket"]]:
            processes.enter_context(stack.service(made, *command))
        for url in urls:
            stack.wait_for(replace(made, web_url=url))
        yield made


class InTurn(httpx.HTTPTransport):
    """Asks one web process after the other, as what stands in front of several does."""

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__()
        self.ports = cycle([httpx.URL(url).port for url in urls])

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to whose turn it is."""
        request.url = request.url.copy_with(port=next(self.ports))
        return super().handle_request(request)
