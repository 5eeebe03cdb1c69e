"""What an open page asks every second, asked as it does: of the web process, over HTTP."""

import httpx
import pytest

from response.core import actions
from response.core.models import Incident
from response.ui import live
from slack_sandbox.testing import wait_for
from tests.scenarios.conftest import Company


def ask(company: Company, address: str, seen: str = "") -> httpx.Response:
    """Ask without a session, as a page does."""
    return httpx.get(company.url + address, headers={"If-None-Match": seen})


@pytest.mark.parametrize("subject", ["incident", "all"])
def test_a_page_hears_whether_anything_has_changed(company: Company, incident: Incident, subject: str) -> None:
    address = live.address(str(incident.pk) if subject == "incident" else live.EVERYTHING)
    first = ask(company, address)
    assert (first.status_code, first.content, first.headers["Cache-Control"]) == (204, b"", "no-store")
    assert "Set-Cookie" not in first.headers
    assert first.headers["X-Request-ID"]
    seen = first.headers["ETag"]
    assert ask(company, address, seen).status_code == 304
    actions.set_summary(incident, "A full queue", by=incident.reporter)
    changed = wait_for(lambda: answer if (answer := ask(company, address, seen)).status_code == 204 else None)
    assert changed.headers["ETag"] != seen


@pytest.mark.parametrize("address", ["1", "1:nonsense", "all:AAAA", "%00", "x" * 5000, "all/"])
def test_nobody_hears_anything_at_an_address_that_was_made_up(
    company: Company, incident: Incident, address: str
) -> None:
    answer = ask(company, f"/live/{address}")
    assert (answer.status_code, answer.headers.get("ETag")) == (404, None)


def test_an_address_holds_for_one_incident(company: Company, incident: Incident) -> None:
    changed = live.address(str(incident.pk)).replace(f"/{incident.pk}:", f"/{incident.pk + 1}:")
    assert ask(company, changed).status_code == 404
