"""What the tests use: Response's testing kit, and a runbook."""

from typing import TYPE_CHECKING

import pytest

from runbook_keeper.models import Runbook

if TYPE_CHECKING:
    from response.plugins.testing import Company  # pytest imports it, to show more of what fails

pytest_plugins = ["response.plugins.testing"]


@pytest.fixture
def payments(company: "Company") -> Runbook:
    """A runbook for payments."""
    return Runbook.objects.create(
        name="Payments", url="https://wiki.example.org/payments", phrases="card gateway\npayments fail"
    )
