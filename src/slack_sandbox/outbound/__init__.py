"""What Slack sends to an app: events, slash commands, interactions."""
