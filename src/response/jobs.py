"""Django looks for jobs here; they live with what they are about."""

from response.accounts import jobs as account_jobs
from response.search import jobs as search_jobs
from response.slack import jobs

__all__ = ["account_jobs", "jobs", "search_jobs"]
