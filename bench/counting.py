"""How many queries each page takes at the most: its input and output are JSON objects, by the name of the page.

Runs with the settings of a web process, in a process of its own: one that counts is slower than one that does not.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "response.project.settings"
django.setup()

from django.db import connection  # noqa: E402 - Django has to be set up
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def counted(client: Client, path: str) -> int:
    """Ask for an address, which has to answer, and count; the first time, what is kept for later is read."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return len(captured)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    asking = Client(headers={"Authorization": f"Bearer {given['token']}"}, SERVER_NAME="127.0.0.1")
    print(json.dumps({name: max(counted(asking, path) for path in paths) for name, paths in given["pages"].items()}))
