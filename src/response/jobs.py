"""Procrastinate looks for jobs here; they live with what they are about."""

from response.slack.jobs import deliver, handle_request, read_profile, run_handler

__all__ = ["deliver", "handle_request", "read_profile", "run_handler"]
