"""Options that several commands have. They reach the processes that these start, as settings do."""

import argparse
import os
from typing import Any


class SkipBrokenPlugins(argparse.Action):
    """`--skip-broken-plugins`: the setting of that name, for this start alone."""

    def __call__(self, *_: Any) -> None:
        """Set it, for this process and those it starts."""
        os.environ["SKIP_BROKEN_PLUGINS"] = "true"


def offer_skipping(parser: argparse.ArgumentParser) -> None:
    """Let a command start without the plugins that cannot be loaded."""
    parser.add_argument(
        "--skip-broken-plugins",
        action=SkipBrokenPlugins,
        nargs=0,
        help="start without plugins that cannot be loaded; the admin's start page says which, and why",
    )
