"""The incident and its record. Knows nothing of Slack, HTTP or HTML."""
