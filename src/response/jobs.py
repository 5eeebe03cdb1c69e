"""Django looks for jobs here; they live with what they are about."""

from response.search import jobs as search_jobs
from response.slack import jobs

__all__ = ["jobs", "search_jobs"]
