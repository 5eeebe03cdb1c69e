"""What pages and lists cost: the same few queries for a line or for thousands, and never a call of Slack."""

import pytest
from bench.generate import Size, fill
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from response.api.models import ApiToken
from response.core import actions
from response.core.models import Incident, Person
from response.search import index
from response.ui import fragments
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

FEW = Size(incidents=2, entries=4, people=3, actions=3, longest=3, todo=2, open=1)
MANY = Size(incidents=200, entries=3000, people=60, actions=400, longest=1000, todo=50, open=120)
MOST_QUERIES = 13

ADDRESSES = {
    "home": "/",
    "document": "/incident/{0}/",
    "everything": "/incident/{0}/?show=everything",
    "long ago": "/incident/{0}/?at={1}",
    "now": "/incident/{0}/live/",
    "list": "/incidents/",
    "filtered": "/incidents/?status=open&severity=1&since=2020-01-01&sort=severity",
    "search": "/incidents/?q=people",
    "person": "/people/{2}/",
    "suggestions": "/people/?lead=a",
    "api incidents": "/api/incidents?limit=200",
    "api actions": "/api/incidents/{0}/actions?limit=200",
    "api timeline": "/api/incidents/{0}/timeline?limit=200",
    "api people": "/api/people?limit=200",
}


def cost(address: str, size: Size) -> tuple[int, str]:
    """Fill the database; return how many queries an address takes then, and what it answers."""
    fill(connection, size)
    newest = Incident.objects.latest("pk")
    actions.edit(newest, by=newest.reporter, report="<@U0000001> asks the people in <#C000000001>", severity="1")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    index.catch_up()
    reader = Person.objects.order_by("pk")[0]
    token = ApiToken.objects.issue("tests", reader)[1]
    client = Client(headers={"Authorization": f"Bearer {token}"}) if "/api" in address else signed_in(reader)
    asked = address.format(newest.pk, newest.events.latest("pk").pk, newest.reporter_id)
    client.get(asked)  # notes the token's use
    fragments.shelf.kept.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(asked)
    assert answer.status_code == 200
    return len(queries), answer.content.decode()


def empty() -> None:
    """Take away what was generated, so that something else can be."""
    with connection.cursor() as cursor:
        tables = "response_person, response_incident, auth_user"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_it_costs_the_same_few_queries_however_much_there_is(address: str, settings: Settings) -> None:
    settings.SLACK_API_URL = "http://127.0.0.1:9/api/"  # nobody answers there, so a call of Slack would fail
    few, short = cost(address, FEW)
    empty()
    many, long = cost(address, MANY)
    assert few == many <= MOST_QUERIES
    assert len(long) >= len(short)


def test_the_generator_makes_what_was_asked_for() -> None:
    fill(connection, MANY)
    newest = Incident.objects.latest("pk")
    assert (Incident.objects.count(), Incident.objects.open().count()) == (200, 120)
    assert (newest.events.count(), newest.actions.count()) == (1000, 52)
    assert sum(incident.events.count() for incident in Incident.objects.all()) == 3000
    assert newest.elapsed().total_seconds() < 3600
