"""The sandbox from outside: real HTTP, Slack's own client, an app that listens."""
