"""The page for three in the morning speaks of what there is."""

import re
from pathlib import Path

import yaml

from response.operations.metrics.catalogue import METRICS
from response.operations.probes import PROBES
from response.slack.client import ADVICE

PAGE = (Path(__file__).parents[2] / "docs" / "howto" / "operate.md").read_text("utf-8")
RULES = yaml.safe_load(PAGE.split("```yaml")[1].split("```")[0])["groups"][0]["rules"]


def test_alerts_ask_for_metrics_that_there_are() -> None:
    samples = {metric.name for metric in METRICS}
    samples |= {f"{metric.name}_{part}" for metric in METRICS for part in ("bucket", "sum", "count") if metric.buckets}
    named = {name for rule in RULES for name in re.findall(r"\bresponse_\w+", rule["expr"])}
    assert named - samples == set()
    assert set(re.findall(r"`(response_\w+)`", PAGE)) <= samples | {"response_tally"}


def test_alerts_ask_for_labels_that_there_are() -> None:
    labels = {metric.name: set(metric.labels) for metric in METRICS}
    for rule in RULES:
        for name, chosen in re.findall(r"\b(response_\w+)\{([^}]*)\}", rule["expr"]):
            assert set(re.findall(r"(\w+)=", chosen)) <= labels[name]


def test_each_alert_is_explained() -> None:
    explained = re.findall(r"^\| \*\*(\w+)\*\* \|", PAGE, re.MULTILINE)
    assert explained == [rule["alert"] for rule in RULES]


def test_each_probe_is_explained() -> None:
    assert {address.partition("?")[0] for address in re.findall(r"^\| `(/[^`]+)`", PAGE, re.MULTILINE)} == set(PROBES)


def test_what_slack_may_answer_is_explained() -> None:
    rows = PAGE.split("## When Slack refuses")[1].split("##")[0]
    explained = set(re.findall(r"`(\w+)`", rows))
    assert set(ADVICE) - explained - {"not_authed"} == set()
