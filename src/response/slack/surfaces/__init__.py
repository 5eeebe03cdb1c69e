"""What Slack shows: pure functions from facts to Block Kit."""
