"""`response manifest`: what Slack makes the app of, to read, to keep, or to paste."""

import argparse
import sys
from collections.abc import Sequence

from response.setup.answers import Mistake, check_address, check_name
from response.slack import manifest


def main(arguments: Sequence[str]) -> int:
    """Print the manifest, or the link that makes the app of it."""
    given = parser().parse_args(arguments)
    try:
        made = manifest.app_manifest(
            check_name(given.name, manifest.LONGEST_NAME),
            check_name(given.bot_name, manifest.LONGEST_BOT_NAME),
            check_address(given.http, given.slack_api_url) if given.http else None,
        )
    except Mistake as mistake:
        print(f"response: {mistake}", file=sys.stderr)
        return 1
    if given.link:
        print(manifest.link(made, given.slack_api_url))
    else:
        print((manifest.as_json if given.json else manifest.as_yaml)(made), end="")
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("response manifest", description="Print the manifest of the Slack app.")
    found.add_argument("--name", default=manifest.NAME, help="of the app (default: %(default)s)")
    found.add_argument("--bot-name", default=manifest.BOT_NAME, help="what people mention (default: %(default)s)")
    found.add_argument("--http", metavar="ADDRESS", help="where Slack reaches us; without it, Socket Mode is used")
    found.add_argument("--json", action="store_true", help="as JSON instead of YAML")
    found.add_argument("--link", action="store_true", help="the address of the page that makes the app of it")
    found.add_argument("--slack-api-url", default=manifest.SLACK_API, help="of a sandbox, for the link")
    return found
