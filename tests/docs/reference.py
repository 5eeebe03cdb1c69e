"""The reference pages, made from what the code says of itself.

python -m tests.docs.reference    # write them
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


SECTIONS = {
    "database_url": "Database and keys",
    "site_url": "Pages",
    "response_login_required": "Signing in",
    "log_level": "Log",
    "slack_token": "Slack",
    "incident_channel_name": "Names",
    "severity_reminder_minutes": "Reminders",
    "handler_timeout": "Work and watching",
    "inbox_kept_hours": "How long things are kept",
    "plugin_dir": "Plugins",
}
"""The sections of the settings, each by the first setting in it."""


def settings() -> str:
    """Return the page of the settings."""
    from response.project.config import Config
    from response.project.renamed import RENAMED

    lines = [
        "# Settings",
        "",
        "Response reads them from the environment and from a file `.env` in the folder where `response` runs; the",
        "environment goes first. `response setup` writes what is needed: `SLACK_TOKEN`, and with it `SLACK_APP_TOKEN`",
        "(Socket Mode) or `SLACK_SIGNING_SECRET` (HTTP). Everything else has a default.",
        "",
        "A secret may also stand in a file: `SLACK_TOKEN_FILE` is the path of one that holds `SLACK_TOKEN`. All",
        "mistakes are reported together when a process starts. Changed settings count from the next start of the",
        "processes.",
    ]
    for name, field in Config.model_fields.items():
        if name in SECTIONS:
            lines += ["", f"## {SECTIONS[name]}", "", "| Setting | Default | What it is |", "|---|---|---|"]
        lines.append(f"| `{name.upper()}` | {default(field)} | {field.description} |")
    lines += ["", "## Former names", ""]
    lines += [
        "They still work. Where both are set, the present name counts. For those that will go, a line in the log at"
    ]
    lines += ["each start, and `response doctor`, say what to change.", "", "| Was | Is | |", "|---|---|---|"]
    for each in RENAMED:
        fate = "stays: the original's name" if each.stays else "will go"
        lines.append(f"| `{each.old}` | `{each.new}` | {fate} |")
    return "\n".join(lines) + "\n"


def default(field: Any) -> str:
    """Return a setting's default as it is written in `.env`; nothing where there is none."""
    value = field.get_default(call_default_factory=True)
    shown = value.get_secret_value() if hasattr(value, "get_secret_value") else value
    if shown in (None, "", []):
        return ""
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"


def slack_app() -> str:
    """Return the page of what the Slack app needs."""
    from response.slack import manifest

    lines = [
        "# The Slack app",
        "",
        "`response setup` makes the app from its manifest, which `response manifest` prints;",
    ]
    lines += ["`response doctor` compares what the app may do with this list.", ""]
    lines += ["## Addresses", "", "With Socket Mode Slack calls none of them.", "", "| For | Address |", "|---|---|"]
    lines += [f"| {what} | `<SITE_URL>{path}` |" for what, path in manifest.PATHS.items()]
    command = manifest.COMMAND["command"]
    lines += ["", f"The slash command is `{command}`, with *escape channels, users, and links* switched on."]
    lines += ["", "## Bot token scopes", "", "| Scope | What for | What needs it |", "|---|---|---|"]
    for scope, reason in manifest.BOT_SCOPES.items():
        lines.append(f"| `{scope}` | {reason} | {', '.join(f'`{name}`' for name in manifest.NEEDED_BY[scope])} |")
    lines += ["", f"The app-level token of Socket Mode needs `{manifest.SOCKET_SCOPE}`."]
    lines += ["", "## Bot events", "", "| Event | What for |", "|---|---|"]
    lines += [f"| `{event}` | {reason} |" for event, reason in manifest.BOT_EVENTS.items()]
    lines += ["", "## Signing in with Slack", ""]
    lines += [f"The redirect URL is `<SITE_URL>{manifest.SIGN_IN_PATH}`.", ""]
    lines += ["| User token scope | What for |", "|---|---|"]
    lines += [f"| `{scope}` | {reason} |" for scope, reason in manifest.SIGN_IN_SCOPES.items()]
    lines += ["", "## The manifest", "", "For Socket Mode:", "", "```yaml"]
    lines += [manifest.as_yaml(manifest.app_manifest()) + "```"]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Return the page of the commands."""
    import django

    django.setup()
    from response.plugins import registry

    lines = ["# Commands", "", "Say them in an incident's channel: `@incident <command> …`.", ""]
    lines += ["| Command | What it does | For example |", "|---|---|---|"]
    handlers = sorted((handler for handler in registry.commands if handler.is_built_in), key=lambda h: h.names)
    for handler in handlers:
        lines.append(f"| `{', '.join(handler.names)}` | {handler.helptext} | `@incident {handler.example}` |")
    return "\n".join(lines) + "\n"


def schema() -> str:
    """Return the schema of an incident's JSON."""
    import json

    import django

    django.setup()
    from response.ui.export import shapes

    return json.dumps(shapes.schema(), indent=2) + "\n"


def plugins() -> str:
    """Return the page of what plugins build on."""
    import django

    django.setup()
    from tests.docs import plugins as page

    return page.page()


def export() -> str:
    """Return the page of what an export holds."""
    import django

    django.setup()
    from django.db import models

    from response.apps import is_plugin
    from response.transfer.tables import LEFT_OUT, columns, kept, label, links
    from response.transfer.writing import VERSION

    plugins = {app.label for app in django.apps.apps.get_app_configs() if is_plugin(app)}
    lines = [
        "# The export",
        "",
        f"`response export` writes version {VERSION}: lines of JSON in UTF-8, each an object.",
        "",
        "- The first says what the file is: `format`, `version`, the version of `response` that wrote it, `made_at`,",
        "  and how many rows each of the `tables` has.",
        "- Then a line for each row: its `table`, its `id`, and its `fields`. A field that ends in `_id` is the `id`",
        "  of a row of another table; moments are in UTC; `null` is what nobody has said.",
        '- The last is `{"end": true, "rows": …}`. A file without it was cut off.',
        "",
        "It holds the hashes of passwords and of API tokens: keep it as you keep a backup. Plugins' tables are in it.",
        "A file of an older version can be read in; what it does not have gets its default.",
        "",
    ]
    for model in kept():
        if model._meta.app_label in plugins:
            continue
        sentence = (model.__doc__ or "").strip().partition("\n")[0] if label(model).startswith("response.") else ""
        lines += [f"## `{label(model)}`", "", *([sentence, ""] if sentence else [])]
        lines += ["| Field | Holds | |", "|---|---|---|"]
        for field in columns(model):
            refers = isinstance(field, models.ForeignKey)
            holds = f"id of `{label(field.related_model)}`" if refers else KINDS.get(field.get_internal_type(), "text")
            holds += ", or `null`" if field.null else ""
            choices = ", ".join(f"`{value}` {shown}" for value, shown in field.choices or ())
            lines.append(f"| `{field.attname}` | {holds} | {' '.join(filter(None, [str(field.help_text), choices]))} |")
        for field in links(model):
            lines.append(f"| `{field.name}` | list of `{label(field.related_model)}` | |")
        lines.append("")
    lines += ["## What is left out", "", "| Table | What it holds |", "|---|---|"]
    lines += [f"| `{name}` | {reason} |" for name, reason in LEFT_OUT.items()]
    lines += ["", "And of `response.delivery` what is on its way to Slack, which the worker sends."]
    return "\n".join(lines) + "\n"


def sandbox() -> str:
    """Return the page of the sandbox: written by hand, but for what is counted at its end."""
    from tests.docs import sandbox as page

    return page.page()


def doctor() -> str:
    """Return the page of what the doctor knows."""
    from response.doctor.findings import State
    from response.doctor.problems import ALL

    lines = [
        "# What `response doctor` finds",
        "",
        "`response doctor` looks at settings, database, Slack, the way in, the channel and the work, and says of",
        "each that it is well, or what is wrong and what to do. `--json` prints the same as a list of objects with",
        "`check`, `state` (`ok`, `warning`, `failed`, `skipped`), `text`, `fix` and `problem`. It exits with 1 when",
        "something failed. It changes nothing, and says nothing in Slack. Operators find the same on the page",
        "`/operations/doctor/`, as the web process sees it.",
        "",
        "Each row has a test of the name `test_` and its problem, in `tests/doctor`.",
        "",
        "| Check | Problem | What it says | What to do |",
        "|---|---|---|---|",
    ]
    for problem in ALL:
        mark = " (a warning)" if problem.state is State.WARNING else ""
        lines.append(f"| {problem.check} | `{problem.name}`{mark} | {problem.text} | {problem.fix} |")
    return "\n".join(lines) + "\n"


def api() -> str:
    """Return the page of the API."""
    import django

    django.setup()
    from response.api.urls import api as described
    from tests.docs import api as page

    return page.page(described.get_openapi_schema(path_prefix="/api/"))


KINDS = {
    "BooleanField": "true or false",
    "DateTimeField": "moment",
    "FloatField": "number",
    "IntegerField": "number",
    "JSONField": "JSON",
    "PositiveIntegerField": "number",
    "PositiveSmallIntegerField": "number",
}


def metrics() -> str:
    """Return the page of the metrics."""
    from response.operations.metrics.catalogue import COUNTED, READ, Metric

    def row(metric: Metric) -> str:
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        ends = f" Buckets end at {', '.join(f'{end:g}' for end in metric.buckets)} s." if metric.buckets else ""
        return f"| `{metric.name}` | {metric.kind} | {labels} | {metric.what}{ends} |"

    head = ["", "| Metric | Kind | Labels | What it says |", "|---|---|---|---|"]
    lines = [
        "# Metrics",
        "",
        "`/metrics` answers Prometheus, for all processes together: scrape one address. Set `METRICS_TOKEN`, and have",
        "Prometheus send it:",
        "",
        "```yaml",
        "scrape_configs:",
        "  - job_name: response",
        "    scheme: https",
        "    authorization: {credentials_file: /etc/prometheus/response.token}",
        "    static_configs: [{targets: [response.example.org]}]",
        "```",
        "",
        "What to watch, and what to do about it: [operate Response](../howto/operate.md). Why they come out of the",
        "database: [metrics](../decisions/metrics.md).",
        "",
        "## Counted where it happens",
        *head,
        *map(row, COUNTED),
        "",
        "## Read from the database when somebody asks",
        *head,
        *map(row, READ),
    ]
    return "\n".join(lines) + "\n"


def command_line() -> str:
    """Return the page of the `response` command."""
    import django

    django.setup()
    from tests.docs import command_line as page

    return page.page()


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "settings.md": settings,
    "slack-app.md": slack_app,
    "commands.md": commands,
    "metrics.md": metrics,
    "plugins.md": plugins,
    "incident-1.schema.json": schema,
    "export.md": export,
    "doctor.md": doctor,
    "api.md": api,
    "sandbox.md": sandbox,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
