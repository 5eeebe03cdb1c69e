"""How Slack writes people, channels, messages and views."""
