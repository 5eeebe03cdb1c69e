"""What `response setup` can be told without being asked."""

import argparse
from pathlib import Path

from response.slack import manifest


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    found = argparse.ArgumentParser(
        "response setup",
        description="Make the Slack app, check its tokens, write .env, and prepare the incidents channel. "
        "What no option says is asked.",
    )
    found.add_argument("--yes", action="store_true", help="ask nothing; take the options, .env and the defaults")
    found.add_argument("--name", help=f"of the app (default: {manifest.NAME})")
    found.add_argument("--bot-name", help=f"what people mention (default: {manifest.BOT_NAME})")
    way = found.add_mutually_exclusive_group()
    way.add_argument("--socket", action="store_true", help="Slack is reached by Socket Mode: no address is needed")
    way.add_argument("--http", metavar="ADDRESS", help="Slack calls this address, with TLS")
    found.add_argument("--site-url", metavar="ADDRESS", help="where people reach the pages")
    found.add_argument("--token", help="bot token, xoxb-…; better in the environment, as SLACK_TOKEN")
    found.add_argument("--app-token", help="app-level token, xapp-…; better as SLACK_APP_TOKEN")
    found.add_argument("--signing-secret", help="better in the environment, as SLACK_SIGNING_SECRET")
    found.add_argument("--client-id", help="people sign in to the pages with Slack; empty: they do not")
    found.add_argument("--client-secret", help="better in the environment, as SLACK_CLIENT_SECRET")
    found.add_argument("--database-url", help="PostgreSQL to use; without one, the one that comes with Response")
    found.add_argument("--channel", help="of the headline posts (default: incidents)")
    found.add_argument("--env-file", type=Path, default=Path(".env"), metavar="FILE", help="default: %(default)s")
    found.add_argument(
        "--manifest-file", type=Path, default=Path("slack-app.yaml"), metavar="FILE", help="default: %(default)s"
    )
    found.add_argument("--replace", action="store_true", help="replace other values that stand in the file")
    found.add_argument("--another-workspace", action="store_true", help="yes, it is another workspace than before")
    found.add_argument("--no-hello", action="store_true", help="post nothing in the incidents channel")
    found.add_argument("--slack-api-url", help=argparse.SUPPRESS)
    return found
