"""Sign in with Slack (OpenID Connect), and installing an app: https://docs.slack.dev/authentication"""
