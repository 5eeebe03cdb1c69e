"""What the site needs besides its pages (mkdocs.yml): links out of docs/, and that nothing comes from another host."""

import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

ROOT = Path(__file__).parents[1]
OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+((?:examples|src|tests|deploy|bench)/[^)#]*|[A-Z]+\.md)[^)]*\)")
LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(https?:)?//|<link\b[^>]*\bhref=[\"']?https?://[^>]*>"
)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Say of what is in the repository alone where it is there."""
    return OUTSIDE.sub(r"\1 (`\2` in the repository)", markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Refuse a page that would load something from another host."""
    for found in LOADED.finditer(output):
        if 'rel="canonical"' not in found[0]:
            raise PluginError(f"{page.file.src_uri} loads something from another host: {found[0][:120]}")
    return output
