"""What is kept, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from response.core.models import Incident
from response.slack import inbox, retention
from response.slack.models import Delivery, Handling, Heard, InboundRequest

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=60)
YESTERDAY = timezone.now() - timedelta(hours=30)
TEXT = {"text": "secret plans"}


def received(key: str, *, handled: bool = True, note: str = "", at: object = LONG_AGO) -> InboundRequest:
    return InboundRequest.objects.create(
        key=key, kind="event", lane="C1", payload=TEXT, received_at=at, handled_at=at if handled else None, note=note
    )


def keys() -> set[str]:
    return set(InboundRequest.objects.values_list("key", flat=True))


def test_what_slack_cannot_repeat_any_more_is_forgotten_and_what_nobody_has_handled_is_not() -> None:
    received("handled")
    received("unwanted", handled=False, note=inbox.UNWANTED)
    received("waiting", handled=False)
    received("young", at=timezone.now())
    retention.forget()
    assert keys() == {"waiting", "young"}


def test_a_request_stays_while_one_of_its_handlers_waits() -> None:
    Handling.objects.create(request=received("waits"), handler="event:some.plugin")
    retention.forget()
    assert InboundRequest.objects.get().payload == TEXT


def test_texts_go_before_the_keys_that_tell_repetitions() -> None:
    received("handled", at=YESTERDAY)
    received("unwanted", handled=False, note=inbox.UNWANTED, at=timezone.now() - timedelta(minutes=11))
    received("waiting", handled=False, at=YESTERDAY)
    retention.forget()
    left = dict(InboundRequest.objects.values_list("key", "payload"))
    assert left == {"handled": {}, "unwanted": {}, "waiting": TEXT}


def test_what_is_answered_at_once_is_forgotten_too() -> None:
    inbox.remember("form", "interaction", "C1", TEXT)
    InboundRequest.objects.update(received_at=LONG_AGO)
    retention.forget()
    assert keys() == set()


def test_what_was_sent_is_forgotten_and_what_was_not_is_kept(incident: Incident) -> None:
    for state in Delivery.State:
        Delivery.objects.create(
            kind="post", incident=incident, lane="out:1:comms", state=state, sent_at=LONG_AGO, created_at=LONG_AGO
        )
    retention.forget()
    assert set(Delivery.objects.exclude(sent_at=None).values_list("state", flat=True)) == {
        "waiting",
        "sending",
        "refused",
    }


def test_many_rows_go_in_steps() -> None:
    for number in range(7):
        Heard.objects.create(subject=f"name:C{number}", ts="1", heard_at=LONG_AGO)
    sizes = [len(ids) for ids in steps_of_three()]
    assert sizes == [3, 3, 1]


def steps_of_three() -> list[list[int]]:
    found = []
    for ids in retention.in_steps(Heard.objects.all(), at_once=3):
        Heard.objects.filter(pk__in=ids).delete()
        found.append(ids)
    return found
