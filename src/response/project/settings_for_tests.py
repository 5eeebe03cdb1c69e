"""Django's settings for tests: no real workspace, and an embedded PostgreSQL, unless TEST_DATABASE_URL names another.

What a shell or `.env` says about a real workspace and its database is left aside.
"""

import os
from pathlib import Path

from response.project.config import Config

DATA = Path(os.environ.get("TEST_DATA_DIR", ".data/test")).resolve()

Config.model_config["env_file"] = None
for name in ("DATABASE_URL", "SLACK_TOKEN", "SIGNING_SECRET", "SITE_URL"):
    os.environ.pop(name, None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
os.environ.update(
    RESPONSE_DATA_DIR=str(DATA),
    SECRET_KEY="only for tests",
    SLACK_TOKEN="xoxb-tests",
    SLACK_SIGNING_SECRET="the signing secret of the tests",
    SLACK_CLIENT_ID="1.2",
    SLACK_CLIENT_SECRET="the client secret of the tests",
    SLACK_TIMEOUT="5",
    SLACK_MESSAGE_SECONDS="0.1",  # a test of its own waits for the second
)

from response.project.settings import *  # noqa: E402, F403

# Two runs at once keep out of each other's way.
DATABASES["default"]["TEST"] = {"NAME": f"test_response_{os.getpid()}"}  # noqa: F405
