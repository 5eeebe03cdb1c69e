"""People are known by one id."""

import pytest
from django.db import IntegrityError, transaction

from response.core.models import Person

pytestmark = pytest.mark.django_db


def test_one_id_is_one_person(rae: Person) -> None:
    assert Person.objects.known_as("URAE", name="somebody else") == rae
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(external_id="URAE", app_id="slack")


def test_an_unknown_id_is_kept_as_that_id(db: None) -> None:
    assert str(Person.objects.known_as("W0UNKNOWN")) == "W0UNKNOWN"
