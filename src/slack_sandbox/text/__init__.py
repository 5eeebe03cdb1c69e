"""Slack's text: mrkdwn, rich text, emoji."""
