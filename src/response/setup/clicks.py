"""What a person does in Slack and at the shell: the words of `response setup`."""

from pathlib import Path

THIRD_BY_SOCKET = """\
  3. On *Basic Information*, under *App-Level Tokens*: **Generate Token and Scopes**, with the scope
     connections:write. Copy the token (xapp-…)."""
THIRD_BY_HTTP = """\
  3. On *Basic Information*, under *App Credentials*: copy the *Signing Secret*."""


def make_the_app(link: str, manifest_file: Path, *, by_http: bool) -> str:
    """Return how the app is made of its manifest."""
    third = THIRD_BY_HTTP if by_http else THIRD_BY_SOCKET
    return f"""
Make the Slack app. The manifest is in {manifest_file}, and in this link:

{link}

  1. Open the link, pick the workspace, and choose **Next**, then **Create**.
  2. On *Install App*: **Install to …**, **Allow**. Copy the *Bot User OAuth Token* (xoxb-…).
{third}
"""


def next_steps(channel: str, *, has_database: bool, by_http: bool) -> str:
    """Return what is left to do."""
    steps = ["response migrate" if has_database else "", "response run"]
    commands = "\n".join(f"  $ {step}" for step in steps if step)
    verify = (
        "\nThen, on the app's page *Event Subscriptions*, let Slack verify the address: it needs it to answer.\n"
        if by_http
        else ""
    )
    return f"""
Now start it:

{commands}
{verify}
and press **Is it listening?** in #{channel}. When something does not work, `response doctor` says what and why.
"""
