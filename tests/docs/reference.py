"""The reference pages, made from what the code says of itself.

python -m tests.docs.reference    # write them
"""

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def settings() -> str:
    """Return the page of the settings."""
    from response.project.config import Config

    lines = [
        "# Settings",
        "",
        "From the environment, or a file `.env` in the folder where `response` runs. A secret may also be given as",
        "`NAME_FILE`, the path of a file that holds it. All mistakes are reported together when a process starts.",
        "",
        "| Setting | Default | What it is |",
        "|---|---|---|",
    ]
    for name, field in Config.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = default.get_secret_value() if hasattr(default, "get_secret_value") else default
        is_unset = shown in (None, "", [])
        lines.append(f"| `{name.upper()}` | {'' if is_unset else f'`{shown}`'} | {field.description} |")
    return "\n".join(lines) + "\n"


def slack_app() -> str:
    """Return the page of what the Slack app needs."""
    from response.slack.manifest import BOT_EVENTS, BOT_SCOPES, COMMAND, PATHS

    lines = ["# The Slack app", "", "## Addresses", "", "| For | Address |", "|---|---|"]
    lines += [f"| {what} | `<SITE_URL>{path}` |" for what, path in PATHS.items()]
    lines += ["", f"The slash command is `{COMMAND['command']}`, with *escape channels, users, and links* switched on."]
    lines += ["", "## Bot token scopes", "", "| Scope | What for |", "|---|---|"]
    lines += [f"| `{scope}` | {reason} |" for scope, reason in BOT_SCOPES.items()]
    lines += ["", "## Bot events", "", "| Event | What for |", "|---|---|"]
    lines += [f"| `{event}` | {reason} |" for event, reason in BOT_EVENTS.items()]
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


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "slack-app.md": slack_app,
    "commands.md": commands,
    "incident-1.schema.json": schema,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
