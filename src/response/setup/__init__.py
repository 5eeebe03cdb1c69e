"""From nothing to a Slack workspace that Response runs in: `response setup` and `response manifest`."""
