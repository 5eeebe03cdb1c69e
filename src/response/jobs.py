"""Django looks for jobs here; they live with what they are about."""

from response.accounts import jobs as accounts
from response.search import jobs as search
from response.slack import jobs

__all__ = ["accounts", "jobs", "search"]
