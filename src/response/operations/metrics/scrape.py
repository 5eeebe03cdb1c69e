"""All metrics as Prometheus reads them. Whichever process is asked, the answer is about all of them."""

import json
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from response.operations.metrics import catalogue, facts
from response.operations.metrics.catalogue import Metric
from response.operations.metrics.tally import tally
from response.operations.models import Tally

Samples = dict[tuple[str, ...], float]


def exposition() -> bytes:
    """Return the text that Prometheus reads."""
    tally.flush()
    return generate_latest(registry)


class Facts(Collector):
    """Reads what the catalogue names, all of it anew each time."""

    def collect(self) -> Iterator[Family]:
        """Yield the metrics, counted ones first."""
        counted = read_tallies()
        for metric in catalogue.COUNTED:
            yield (histogram if metric.kind == "histogram" else counter)(metric, counted)
        for metric in catalogue.READ:
            family = GaugeMetricFamily(metric.name, metric.what, labels=metric.labels)
            for labels, value in facts.READERS[metric]():
                family.add_metric(labels, value)
            yield family

    def describe(self) -> Iterator[Family]:
        """Name the metrics without asking the database, which the registry would do when it is made."""
        for metric in catalogue.METRICS:
            yield Family(metric.name.removesuffix("_total"), metric.what, metric.kind)


def read_tallies() -> dict[str, Samples]:
    """Return what was counted, by sample and labels."""
    found: dict[str, Samples] = {}
    for sample, labels, value in Tally.objects.order_by("sample", "labels").values_list("sample", "labels", "value"):
        found.setdefault(sample, {})[tuple(json.loads(labels))] = value
    return found


def counter(metric: Metric, counted: dict[str, Samples]) -> Family:
    family = CounterMetricFamily(metric.name, metric.what, labels=metric.labels)
    for labels, value in counted.get(metric.name, {}).items():
        family.add_metric(labels, value)
    return family


def histogram(metric: Metric, counted: dict[str, Samples]) -> Family:
    """Add up the buckets: Prometheus wants in each all that is in the smaller ones too."""
    family = HistogramMetricFamily(metric.name, metric.what, labels=metric.labels)
    buckets = counted.get(f"{metric.name}_bucket", {})
    for labels, total in counted.get(f"{metric.name}_sum", {}).items():
        so_far, ends = 0.0, []
        for end in (*map(str, metric.buckets), "+Inf"):
            so_far += buckets.get((*labels, end), 0)
            ends.append((end, so_far))
        family.add_metric(labels, ends, total)
    return family


registry = CollectorRegistry(auto_describe=False)
registry.register(Facts())
