"""Envelopes over WebSockets instead of requests over HTTP: docs.slack.dev/apis/events-api/using-socket-mode"""
