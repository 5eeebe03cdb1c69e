"""What can be searched: one document an incident, derived from the record and made anew whenever that changes."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from response.core.models import Incident


class SearchDocument(models.Model):
    """The words of an incident: its report weighs most, then summary and impact, then its timeline."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, primary_key=True, related_name="searchable")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_words")]

    def __str__(self) -> str:
        return f"Words of incident {self.incident_id}"
