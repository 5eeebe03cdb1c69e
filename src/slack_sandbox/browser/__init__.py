"""What the chat in the browser talks to. Nobody signs in: each call says as whom."""
