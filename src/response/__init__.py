"""Response: run an incident from Slack, and keep a record of it that can be trusted."""

__version__ = "0.1.0"
