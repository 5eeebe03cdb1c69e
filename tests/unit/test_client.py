"""How a call is sent."""

import pytest

from response.slack.client import as_sent

READING = [
    "auth.test",
    "bots.info",
    "conversations.history",
    "conversations.info",
    "conversations.list",
    "conversations.members",
    "conversations.replies",
    "pins.list",
    "users.info",
    "usergroups.list",
    "users.list",
    "users.lookupByEmail",
]


@pytest.mark.parametrize("method", READING)
def test_what_reads_is_asked_by_its_address_as_slack_takes_no_json_for_it(method: str) -> None:
    assert as_sent(method, {"channel": "C1", "cursor": None}) == {"http_verb": "GET", "params": {"channel": "C1"}}


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.create", "views.open", "reactions.add"])
def test_what_writes_is_sent_as_json(method: str) -> None:
    assert as_sent(method, {"channel": "C1", "thread_ts": None}) == {"json": {"channel": "C1"}}
