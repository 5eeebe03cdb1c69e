"""The only code that knows Slack: in through signing, views and inbox; out through the outbox and one client."""
