"""`response demo`: everything on this machine, Slack included."""

from collections.abc import Sequence


class DemoError(Exception):
    """The demo cannot start. The message is one sentence."""


def main(arguments: Sequence[str]) -> int:
    raise DemoError(f"not yet {arguments}")
