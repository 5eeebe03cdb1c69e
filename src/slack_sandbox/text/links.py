"""The addresses in a stored text."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

LINK = re.compile(r"<(https?://[^|>\s]+)")


def links(text: str) -> list[str]:
    """As they were written."""
    return [url.replace("&amp;", "&") for url in LINK.findall(text)]


def domain_of(url: str, domains: Iterable[str]) -> str | None:
    """The domain that an address belongs to, which may be a part of its host."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as http://[
        return None
    return next((domain for domain in domains if host == domain or host.endswith(f".{domain}")), None)
