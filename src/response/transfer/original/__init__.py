"""Bringing over a database of the original: of 2019, of the last release (0.5.1), and of what was between them."""
