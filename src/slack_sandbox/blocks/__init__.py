"""Block Kit: what Slack accepts, and how it completes what it accepted."""
