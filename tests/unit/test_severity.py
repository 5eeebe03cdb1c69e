"""What people mean when they say how bad it is."""

import pytest

from response.core.errors import UserError
from response.core.severity import Severity, emoji, label, worse


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("critical", Severity.CRITICAL),
        ("MAJOR", Severity.MAJOR),
        ("minor, 1 customer affected", Severity.MINOR),
        ("minor 1", Severity.MINOR),
        ("trivial, 10%", Severity.TRIVIAL),
        ("2", Severity.MAJOR),
        ("sev-1", Severity.CRITICAL),
        ("sev 3", Severity.MINOR),
        ("severity 4", Severity.TRIVIAL),
        ("I'd say Minor.", Severity.MINOR),
    ],
)
def test_a_severity_is_understood(said: str, meant: Severity) -> None:
    assert Severity.parse(said) == meant


@pytest.mark.parametrize("said", ["", "bad", "5", "10 customers", "critically", "minor or major"])
def test_anything_else_asks_back(said: str) -> None:
    with pytest.raises(UserError, match=r"critical \(1\), major \(2\), minor \(3\), trivial \(4\)"):
        Severity.parse(said)


def test_a_severity_that_is_no_longer_known_is_shown_as_it_is() -> None:
    assert (label("9"), emoji("9")) == ("9", "☁️")


def test_unset_is_less_bad_than_any() -> None:
    assert worse(None, "4") == "4"
    assert worse("2", "1") == "1"
    assert worse(None, None) is None
