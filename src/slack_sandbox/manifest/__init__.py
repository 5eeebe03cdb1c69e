"""App manifests: what Slack takes, and an app made of one. docs.slack.dev/app-manifests"""
