"""A runbook keeper: an example of a plugin in a package of its own."""
