"""Behind a proxy under a sub-path: whether the proxy takes it away or passes it on, everything leads back below it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from bench.ack_bare import free_port
from django.contrib.auth.models import User

from response.core import actions
from response.core.models import Incident, Person
from tests.company import Company
from tests.deploy.web import challenge, web_process

SECRET = "of this test alone"
BELOW = "/tools/response"


@dataclass
class Served:
    """A web process, and where it is reached: below the sub-path or, by a proxy that takes that away, at its root."""

    address: str
    http: httpx.Client


@pytest.fixture(scope="module")
def web(django_db_setup: None) -> Iterator[str]:
    """A web process whose SITE_URL has a sub-path."""
    port = free_port()
    with web_process(port, SITE_URL=f"http://127.0.0.1:{port}{BELOW}/", SLACK_SIGNING_SECRET=SECRET) as address:
        yield address


@pytest.fixture(params=[BELOW, ""], ids=["passed on", "taken away"])
def served(request: pytest.FixtureRequest, web: str) -> Iterator[Served]:
    with httpx.Client(timeout=10) as http:
        yield Served(web + request.param, http)


@pytest.fixture
def incident(company: Company) -> Incident:
    """An incident, stored where the process sees it."""
    return actions.declare("Payments are failing", by=Person.objects.create(external_id="URAE"))


@pytest.fixture
def rae(company: Company) -> Iterator[User]:
    """Somebody who may sign in."""
    account = User.objects.create_superuser("rae", "rae@example.org", "a long enough password")
    yield account
    account.delete()


def test_everything_leads_below_the_sub_path(served: Served, incident: Incident, rae: User) -> None:
    page = follow(served, "/")
    leads = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert leads
    assert [lead for lead in leads if not lead.startswith(f"{BELOW}/")] == []
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": "rae", "password": "a long enough password"}
    done = served.http.post(str(page.url), data=form, headers={"Referer": str(page.url), **cookies(served)})
    assert done.status_code == 302, done.text
    assert done.headers["location"].startswith(f"{BELOW}/")
    assert {cookie.path for cookie in served.http.cookies.jar} == {f"{BELOW}/"}
    document = served.http.get(f"{served.address}/incident/{incident.pk}/", headers=cookies(served))
    assert "Payments are failing" in document.text
    found = re.findall(r'(?:href|src|action|data-live|hx-get)="(/[^"]*)"', document.text)
    assert [lead for lead in found if not lead.startswith(f"{BELOW}/")] == []


def cookies(served: Served) -> dict[str, str]:
    """What the browser sends, which sees the sub-path in front of the proxy."""
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in served.http.cookies.jar)}


def follow(served: Served, path: str) -> httpx.Response:
    """Open a page, and follow where it sends a browser, as the proxy would pass it on."""
    answer = served.http.get(served.address + path)
    while answer.is_redirect:
        location = answer.headers["location"]
        assert location.startswith(f"{BELOW}/"), location
        answer = served.http.get(served.address + location.removeprefix(BELOW))
    return answer


def test_styles_are_found(served: Served) -> None:
    page = follow(served, "/")
    style = re.search(rf'href="{BELOW}(/static/[^"]+\.css[^"]*)"', page.text)
    assert style
    assert "text/css" in served.http.get(served.address + style[1]).headers["content-type"]


def test_slack_is_heard(served: Served) -> None:
    request = challenge(SECRET)
    answer = served.http.post(f"{served.address}/slack/event", content=request.body, headers=request.headers)
    assert answer.text == request.expected


def test_links_in_slack_have_the_sub_path_once() -> None:
    environ = {"SITE_URL": "https://tools.example.com/response", "PYTHONPATH": os.pathsep.join(sys.path)}
    code = (
        "import django; django.setup()\n"
        "import threading\n"
        "from response.core.models import Incident\n"
        "from response.plugins import document_url\n"
        "show = lambda: print(document_url(Incident(pk=7)))\n"
        "show(); thread = threading.Thread(target=show); thread.start(); thread.join()\n"
    )
    command = [sys.executable, "-c", code]
    environ |= {"DJANGO_SETTINGS_MODULE": "response.project.settings", "PATH": os.environ["PATH"]}
    said = subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=60).stdout
    assert said.splitlines() == ["https://tools.example.com/response/incident/7/"] * 2
