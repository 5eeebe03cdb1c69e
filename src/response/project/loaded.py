"""What the web process has loaded when it begins its work, and keeps."""

import gc

from django.urls import get_resolver


def keep() -> None:
    """Load the pages, and take what is there by now out of the garbage collector's rounds.

    It is hundreds of thousands of objects, none of which ever goes. To look through them took up to 100 ms of every
    tenth request or so; and no page is slower for being the first that somebody asks for.
    """
    get_resolver().url_patterns  # noqa: B018 - to be asked for is to be imported
    gc.collect()
    gc.freeze()
