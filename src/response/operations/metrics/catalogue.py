"""Every metric: its name, its kind, its labels, and what it says. docs/reference/metrics.md is made of this."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Metric:
    """A metric. A histogram has `buckets`, whose upper ends are in seconds."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    what: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SLOW = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0)

# Counted where it happens, and added up in the database by all processes together.

REQUESTS = Metric("response_requests_total", "counter", "Requests answered.", ("route", "method", "status"))
REQUEST_SECONDS = Metric(
    "response_request_seconds", "histogram", "How long a request took until its answer began.", ("route",), QUICK
)
SLACK_CALLS = Metric(
    "response_slack_calls_total",
    "counter",
    "Calls of Slack. `outcome` is ok, refused, limited, unanswered or unreached; `error` is Slack's own name.",
    ("method", "outcome", "error"),
)
SLACK_SECONDS = Metric("response_slack_call_seconds", "histogram", "How long Slack took to answer.", ("method",), QUICK)
DELIVERY_SECONDS = Metric(
    "response_delivery_seconds",
    "histogram",
    "From asking for something in Slack until Slack had it. `create_channel` is from the wish to the channel.",
    ("kind",),
    SLOW,
)
HEADLINE_SECONDS = Metric(
    "response_declare_to_headline_seconds", "histogram", "From declaring an incident to its headline.", (), SLOW
)
CHANNEL_SECONDS = Metric(
    "response_declare_to_channel_seconds",
    "histogram",
    "From declaring an incident to its channel, with the time until somebody pressed the button.",
    (),
    SLOW,
)
FAILURES = Metric("response_handler_failures_total", "counter", "Handlers that failed, unforeseen.", ("handler",))

# Read from the database when somebody asks.

INFO = Metric("response_info", "gauge", "Always 1; `version` is that of the process that answers.", ("version",))
CHECKS = Metric("response_check", "gauge", "1 while the check of `/readyz` is well, else 0.", ("check",))
OPEN = Metric("response_incidents_open", "gauge", "Open incidents; `severity` is empty while unset.", ("severity",))
INBOX = Metric("response_inbox_waiting", "gauge", "Requests of Slack whose handlers are not found yet.")
INBOX_AGE = Metric("response_inbox_oldest_seconds", "gauge", "The age of the oldest of them.")
OUTBOX = Metric("response_deliveries", "gauge", "What is not in Slack: waiting, sending or refused.", ("state",))
OUTBOX_AGE = Metric(
    "response_delivery_oldest_seconds", "gauge", "How long ago the oldest of them was asked for.", ("state",)
)
LIMITED = Metric("response_slack_limited_seconds", "gauge", "How long Slack limits a method yet.", ("method",))
JOBS = Metric("response_jobs", "gauge", "Jobs that wait (`todo`), run (`doing`) or have failed.", ("task", "status"))
JOB_WAIT = Metric("response_job_longest_wait_seconds", "gauge", "How long a job has waited for a worker, at most.")
WORKERS = Metric("response_workers", "gauge", "Workers that gave a sign of life in the last 30 s.")
REMINDERS = Metric("response_reminders_due", "gauge", "Reminders whose time has come.")
REMINDERS_LATE = Metric("response_reminder_late_seconds", "gauge", "By how much the first of them is late.")
BYTES = Metric("response_database_bytes", "gauge", "What the database takes on disk.")

COUNTED = (
    REQUESTS,
    REQUEST_SECONDS,
    SLACK_CALLS,
    SLACK_SECONDS,
    DELIVERY_SECONDS,
    HEADLINE_SECONDS,
    CHANNEL_SECONDS,
    FAILURES,
)
READ = (
    INFO,
    CHECKS,
    OPEN,
    INBOX,
    INBOX_AGE,
    OUTBOX,
    OUTBOX_AGE,
    LIMITED,
    JOBS,
    JOB_WAIT,
    WORKERS,
    REMINDERS,
    REMINDERS_LATE,
    BYTES,
)
METRICS = COUNTED + READ
