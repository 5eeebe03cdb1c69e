"""The doctor's page shows operators what `response doctor` says."""

import re

import pytest
from django.test import Client

from tests.company import Company


@pytest.fixture
def operator(company: Company) -> Client:
    """Bo, who may operate."""
    return company.browser(company.bo, is_staff=True)


def words(browser: Client) -> str:
    """The page's words, in one line."""
    answer = browser.get("/operations/doctor/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_what_needs_somebody_stands_with_what_to_do(company: Company, operator: Client) -> None:
    company.bo.archives(company.incidents)
    page = words(operator)
    assert "#incidents is archived: no headline can be posted. Unarchive it in Slack, which an app cannot do" in page
    assert "Broken channel archived_channel" in page
    assert "Database ✓ Well PostgreSQL" in page


def test_looking_again_looks_anew(company: Company, operator: Client) -> None:
    assert "The app is not in #incidents." in words(operator)
    company.sandbox.app("Response", channels=["incidents"])
    assert "The app is not in #incidents." not in words(operator)


def test_no_secret_is_on_the_page(company: Company, operator: Client) -> None:
    company.sandbox.app("Response", bot_token="xoxb-another")
    page = words(operator)
    assert "Slack does not take SLACK_TOKEN: invalid_auth." in page
    assert "xoxb-tests" not in page
    assert "signing secret of the tests" not in page


def test_members_do_not_see_it(company: Company) -> None:
    assert company.browser(company.lee).get("/operations/doctor/").status_code == 403
