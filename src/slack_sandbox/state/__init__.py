"""What the workspace is made of. Plain data: no network, no rules."""
