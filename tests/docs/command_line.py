"""The page of the `response` command: what its help says, and each command's options."""

import argparse
import re
from collections.abc import Iterator
from importlib import import_module

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, DjangoHelpFormatter

from response import cli

PARSERS = {
    "demo": "response.project.demo.parser",
    "sandbox": "slack_sandbox.cli.parser",
    "setup": "response.setup.options.parser",
    "manifest": "response.setup.manifest_command.parser",
    "run": "response.cli.run_parser",
    "web": "response.cli.web_parser",
    "worker": "response.cli.worker_parser",
    "socket": "response.cli.socket_parser",
    "doctor": "response.doctor.command.parser",
}
SECTION = re.compile(r"^(\w.*):\n((?:  response .*\n)+)", re.MULTILINE)
LINE = re.compile(r"^  response (\S+) +(.*)$", re.MULTILINE)


def page() -> str:
    """Return the page. Raises AssertionError for a command of ours whose options it does not know."""
    assert PARSERS.keys() == cli._COMMANDS.keys()
    lines = [
        "# The command line",
        "",
        "`response` finds its settings in the environment and in `.env` of the folder where it is run. Without",
        "`DATABASE_URL` it starts the embedded PostgreSQL. A mistake is one sentence and the exit status 1.",
        "",
        "Every command of Django works too: `response help` lists them, `response <command> --help` explains one.",
    ]
    for title, listed in SECTION.findall(cli.HELP):
        lines += ["", f"## {title}"]
        for command, sentence in LINE.findall(listed):
            lines += ["", f"### `response {usage(command)}`", "", sentence, *options(command)]
    return "\n".join(lines) + "\n"


def usage(command: str) -> str:
    """Return a command with the words that it takes by their place."""
    words = [action for action in actions(command) if not action.option_strings]
    return " ".join([command, *(f"[{each.dest}]" if each.nargs == "?" else f"<{each.dest}>" for each in words)])


def options(command: str) -> list[str]:
    """Return the table of what a command takes; nothing for Django's own, which explain themselves."""
    rows = [f"| `{shown(action)}` | {said(command, action)} |" for action in actions(command)]
    return ["", "| Option | |", "|---|---|", *rows] if rows else []


def shown(action: argparse.Action) -> str:
    """Return an option as it is typed."""
    if not action.option_strings:
        return f"<{action.dest}>"
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return action.option_strings[-1] + value


def said(command: str, action: argparse.Action) -> str:
    """Return what an option's help says."""
    text = str(parser(command)._get_formatter()._expand_help(action)).replace("<", "&lt;").replace("|", "\\|")
    return f"needed; {text}" if action.option_strings and action.required else text


def actions(command: str) -> Iterator[argparse.Action]:
    """Yield what a command of ours takes, without what all of Django's take."""
    for action in parser(command)._actions if is_ours(command) else ():
        common = {"-h", "--version", *DjangoHelpFormatter.show_last}
        if action.help != argparse.SUPPRESS and not common & set(action.option_strings):
            yield action


def is_ours(command: str) -> bool:
    return command in PARSERS or get_commands().get(command.replace("-", "_")) == "response"


def parser(command: str) -> argparse.ArgumentParser:
    """Return the parser of a command."""
    if command in PARSERS:
        module, _, name = PARSERS[command].rpartition(".")
        found = getattr(import_module(module), name)()
    else:
        django: BaseCommand = load_command_class("response", command.replace("-", "_"))
        found = django.create_parser("response", command)
    assert isinstance(found, argparse.ArgumentParser)
    return found
