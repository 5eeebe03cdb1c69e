"""What is due, for which incident, until when. Knows nothing of Slack."""
