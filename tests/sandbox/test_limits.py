"""How often methods may be called, as Slack has it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.testing import Room, Sandbox, Workspace
from slack_sandbox.tiers import PER_MINUTE, TIERS, tier_of
from slack_sandbox.webapi.registry import METHODS
from tests.sandbox.conftest import Installed
from tests.sandbox.shapes import load, present

Json = dict[str, Any]


@pytest.fixture
def client(app: Installed, sandbox: Sandbox) -> Any:
    """A client that does not try again on its own, in a workspace with Slack's limits."""
    sandbox.settings(limits="slack")
    app.client.retry_handlers.clear()
    return app.client


def until_limited(call: Any, most: int = 200, **arguments: Any) -> tuple[int, int]:
    """How often a call was let through, and after how many seconds it may come again."""
    let = 0

    def go_on() -> None:
        nonlocal let
        for _ in range(most):
            call(**arguments)
            let += 1

    with pytest.raises(SlackApiError, match="ratelimited") as raised:
        go_on()
    assert raised.value.response.status_code == 429
    return let, int(raised.value.response.headers["Retry-After"])


@pytest.mark.usefixtures("unlimited")
def test_without_the_setting_nothing_is_limited(app: Installed) -> None:
    for _ in range(30):
        app.client.conversations_list()


def test_a_method_has_its_tier_a_minute(client: Any, sandbox: Sandbox, general: Room) -> None:
    let, seconds = until_limited(client.conversations_list)
    assert (let, 55 <= seconds <= 60) == (20, True)
    assert client.conversations_info(channel=general.id)["ok"], "other methods are not concerned"
    call = sandbox.calls("conversations.list")[-1]
    assert (call["limited"], call["fault"], call["done"], call["status"]) == (True, "tier", False, 429)
    sandbox.advance(seconds)
    assert client.conversations_list()["ok"]


def test_another_app_has_limits_of_its_own(client: Any, install: Any) -> None:
    until_limited(client.conversations_list)
    assert install("Other").client.conversations_list()["ok"]


def test_a_channel_takes_a_message_a_second_after_a_short_burst(
    client: Any, sandbox: Sandbox, general: Room, workspace: Workspace, app: Installed
) -> None:
    sandbox.advance(0)
    let, seconds = until_limited(client.chat_postMessage, channel=general.id, text="x")
    assert 5 <= let <= 8, "five at once, and one for each second that passed meanwhile"
    assert seconds == 1
    other = workspace.channel("other", app.bot)
    assert client.chat_postMessage(channel=other.id, text="x")["ok"], "other channels are not concerned"
    sandbox.advance(1)
    assert client.chat_postMessage(channel=general.id, text="x")["ok"]


def test_apps_sold_elsewhere_read_history_once_a_minute(
    client: Any, sandbox: Sandbox, general: Room, app: Installed
) -> None:
    sandbox.settings(limits="off")
    for number in range(20):
        client.chat_postMessage(channel=general.id, text=str(number))
    sandbox.settings(limits="distributed")
    page = client.conversations_history(channel=general.id, limit=100)
    assert len(page["messages"]) == 15
    let, seconds = until_limited(client.conversations_history, channel=general.id)
    assert (let, 55 <= seconds <= 60) == (0, True)
    assert client.conversations_info(channel=general.id)["ok"]


def test_every_method_has_a_tier() -> None:
    assert set(PER_MINUTE) >= set(TIERS.values())
    assert tier_of("conversations.create") == "2"
    assert tier_of("chat.update") == "3"
    assert tier_of("views.open") == "4"
    assert tier_of("chat.postMessage") == "posting"


@present
def test_the_tiers_are_those_of_slacks_pages() -> None:
    facts = load("derived/webapi_method_facts.json")
    told = {name: facts[name]["tier_docs"][1:] for name in METHODS if name in facts}
    ours = {name: tier_of(name) for name in told}
    assert {name: ours[name] for name, tier in told.items() if tier != "5" and tier != ours[name]} == {}
    assert {name for name, tier in told.items() if tier == "5"} == {
        name for name, tier in ours.items() if tier in ("posting", "special")
    }
