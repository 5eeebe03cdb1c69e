"""An old import path; see `response.slack.compat`."""

from response.slack.compat.people import (
    channel_reference,
    reference_to_id,
    slack_to_human_readable,
    user_ref_to_username,
    user_reference,
)

__all__ = [
    "channel_reference",
    "reference_to_id",
    "slack_to_human_readable",
    "user_ref_to_username",
    "user_reference",
]
