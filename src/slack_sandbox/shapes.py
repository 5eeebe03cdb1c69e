"""The one loose type: JSON as Slack writes it."""

from typing import Any

Json = dict[str, Any]
