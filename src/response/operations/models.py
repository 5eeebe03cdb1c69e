"""What is counted by all processes together."""

from django.db import models


class Tally(models.Model):
    """A number that only grows: one sample of a counter or of a histogram, as Prometheus knows them."""

    sample = models.CharField(max_length=100, help_text="The metric's name, for histograms with `_bucket` or `_sum`.")
    labels = models.CharField(max_length=400, help_text="The values of its labels, as a JSON list.")
    value = models.FloatField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["sample", "labels"], name="one_tally_per_sample")]

    def __str__(self) -> str:
        return f"{self.sample} {self.labels}"
