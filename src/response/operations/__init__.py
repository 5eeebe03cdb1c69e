"""What those who run Response need: what waits, what failed, whether it works, and how to tell."""
