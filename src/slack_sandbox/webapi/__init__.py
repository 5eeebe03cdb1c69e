"""Slack's Web API: `POST /api/<method>`."""
