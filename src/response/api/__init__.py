"""The record over HTTP for other programs, with an account of itself at /api/docs."""
