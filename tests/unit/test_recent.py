"""What open pages fetch: who they are is known for half a minute, and not a moment longer than they are signed in."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from response.core import clock
from response.core.models import Incident, Person

pytestmark = pytest.mark.django_db


def fetch(reader: Client, incident: Incident) -> int:
    return reader.get(f"/incident/{incident.pk}/live/").status_code


@pytest.mark.django_db(transaction=True)
def test_a_second_fetch_costs_one_query(pages: Client, incident: Incident) -> None:
    fetch(pages, incident)
    with CaptureQueriesContext(connection) as captured:
        fetch(pages, incident)
    assert ["response_pulse" in each["sql"] for each in captured] == [True]


def test_it_holds_for_half_a_minute_at_most(pages: Client, lee: Person, incident: Incident) -> None:
    assert fetch(pages, incident) == 200
    Person.objects.filter(pk=lee.pk).update(is_outside=True)
    assert pages.get(f"/incident/{incident.pk}/").status_code == 403  # the page itself asks
    clock.move(timedelta(seconds=14))
    assert fetch(pages, incident) == 200
    clock.move(timedelta(seconds=17))
    assert fetch(pages, incident) == 403


def test_nobody_fetches_with_a_session_that_has_ended(pages: Client, incident: Incident) -> None:
    assert fetch(pages, incident) == 200
    pages.logout()
    assert fetch(pages, incident) == 302


def test_a_session_that_nobody_has_opens_nothing(client: Client, incident: Incident) -> None:
    client.cookies["sessionid"] = "made-up"
    assert [fetch(client, incident) for _ in range(2)] == [302, 302]


def test_what_changes_anything_always_asks(pages: Client, lee: Person, incident: Incident) -> None:
    assert fetch(pages, incident) == 200
    Person.objects.filter(pk=lee.pk).update(is_outside=True)
    assert pages.post(f"/incident/{incident.pk}/timeline/", {"text": "hello"}).status_code == 403
    assert not incident.events.filter(text="hello").exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_fetched_is_the_same_compressed_or_not(pages: Client, incident: Incident) -> None:
    path = f"/incident/{incident.pk}/live/"
    plain, packed = pages.get(path), pages.get(path, headers={"Accept-Encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.content) == plain.content
    assert b"Payments are failing" in plain.content
    assert plain["ETag"] == packed["ETag"]
