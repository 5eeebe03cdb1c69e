"""`response manifest`: what Slack makes the app of, to read, to keep, or to paste.

What no option says is as the settings have it: a manifest that is pasted must not take an app's address away.
"""

import argparse
import sys
from collections.abc import Sequence

from response.project.config import Config, read_config
from response.setup.answers import Mistake, check_address, check_name
from response.slack import manifest


def main(arguments: Sequence[str]) -> int:
    """Print the manifest, or the link that makes the app of it."""
    given, config = parser().parse_args(arguments), read_config()
    api_url = given.slack_api_url or config.slack_api_url
    address = None if given.socket else given.http or called_at(config)
    try:
        made = manifest.app_manifest(
            check_name(given.name, manifest.LONGEST_NAME),
            check_name(given.bot_name or config.incident_bot_name, manifest.LONGEST_BOT_NAME),
            check_address(address, api_url) if address else None,
            manifest.sign_in_site(config.site_url, api_url),
        )
    except Mistake as mistake:
        print(f"response: {mistake}", file=sys.stderr)
        return 1
    if given.link:
        print(manifest.link(made, api_url))
    else:
        print((manifest.as_json if given.json else manifest.as_yaml)(made), end="")
    return 0


def called_at(config: Config) -> str | None:
    """Return the address at which Slack calls an installation with these settings; None with Socket Mode."""
    by_http = bool(config.signing_secrets) and not config.slack_app_token.get_secret_value()
    return config.site_url if by_http and config.site_url.startswith("https://") else None


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        "response manifest",
        description="Print the manifest of the Slack app. What no option says is as the settings have it.",
    )
    found.add_argument("--name", default=manifest.NAME, help="of the app (default: %(default)s)")
    found.add_argument("--bot-name", help="what people mention (default: INCIDENT_BOT_NAME)")
    way = found.add_mutually_exclusive_group()
    way.add_argument("--socket", action="store_true", help="Slack is reached by Socket Mode: no address is needed")
    way.add_argument("--http", metavar="ADDRESS", help="Slack calls this address, with TLS")
    found.add_argument("--json", action="store_true", help="as JSON instead of YAML")
    found.add_argument("--link", action="store_true", help="the address of the page that makes the app of it")
    found.add_argument("--slack-api-url", metavar="ADDRESS", help="of a sandbox, for the link (default: SLACK_API_URL)")
    return found
