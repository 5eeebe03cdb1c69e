"""Procrastinate looks for jobs here; they live with what they are about."""

from response.slack.jobs import deliver, handle_request, look_for_reminders, read_profile, remind, run_handler, run_hook

__all__ = ["deliver", "handle_request", "look_for_reminders", "read_profile", "remind", "run_handler", "run_hook"]
