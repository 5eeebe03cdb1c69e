"""An old import path; see `response.slack.compat`."""

from response.slack.compat.people import get_user_profile, get_user_profile_by_email, update_user_cache

__all__ = ["get_user_profile", "get_user_profile_by_email", "update_user_cache"]
