"""Procrastinate looks for jobs here; they live with what they are about."""

from response.slack import jobs

__all__ = ["jobs"]
