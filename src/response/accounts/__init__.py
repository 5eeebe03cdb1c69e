"""Signing in: with Slack, with another OpenID Connect provider, or with an account that an operator made."""
