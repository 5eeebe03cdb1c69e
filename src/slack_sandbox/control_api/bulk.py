"""`/control/act`, `/control/acts`: what people do, one or thousands at once."""

import asyncio

from starlette.requests import Request

from slack_sandbox.browser.acting import perform
from slack_sandbox.control_api.install import find_anybody
from slack_sandbox.control_api.routing import Answer, control
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.courier import CAUSED
from slack_sandbox.shapes import Json

AT_ONCE = 20


@control("/act", "POST")
async def act(hub: Hub, _request: Request, body: Json) -> Answer:
    """Anything a person can do in the chat; `as` may be a name."""
    return await _perform(hub, body)


@control("/acts", "POST")
async def act_many(hub: Hub, _request: Request, body: Json) -> Answer:
    """The same for many `acts`, begun in their order, `concurrency` of them at once. One refused stops no other.

    `event_ids` of each are the events it has caused.
    """
    gate = asyncio.Semaphore(int(body.get("concurrency") or AT_ONCE))

    async def take_turn(one: Json) -> Json:
        async with gate:
            await asyncio.sleep(0)  # what is no waiting would keep everybody else out for seconds
            caused: list[str] = []
            CAUSED.set(caused)
            try:
                return {**await _perform(hub, one), "event_ids": caused}
            except SlackError as error:
                return error.answer()

    return list(await asyncio.gather(*map(take_turn, body["acts"])))


async def _perform(hub: Hub, body: Json) -> Json:
    return await perform(hub, find_anybody(hub, str(body.get("as"))).id, body)
