"""A workspace in which every method can be called: who calls, with what, where."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from slack_sandbox.testing import Actor, Message, Room, Sandbox, Workspace
from slack_sandbox.webapi.families import EVERY
from slack_sandbox.webapi.registry import METHODS
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp

Json = dict[str, Any]
assert EVERY, "importing the families fills METHODS"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest PNG."""


@dataclass
class Place:
    """The usual people, an app that is in #general, and a token of each kind."""

    sandbox: Sandbox
    workspace: Workspace
    listener: ListeningApp
    app: Installed
    general: Room
    lee: Actor
    bo: Actor
    admin: Actor
    tokens: Json
    extra: Json = field(default_factory=dict)

    def token_for(self, method: str) -> str:
        """A token of a kind that may call it: the bot's where it may."""
        kinds = METHODS[method].tokens
        return str(next((self.tokens[kind] for kind in ("bot", "user", "app", "config") if kind in kinds), ""))

    def ask(self, method: str, args: Json | None = None, *, token: str | None = None) -> Json:
        """Call a method as a form; what is no text is written as JSON."""
        given = args or {}
        token = self.token_for(method) if token is None else token
        data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items() if not isinstance(v, bytes)}
        files = {k: (f"{k}.png", v, "image/png") for k, v in given.items() if isinstance(v, bytes)}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = f"{self.sandbox.api_url}{method}"
        answer = httpx.post(address, data=data, files=files or None, headers=headers, timeout=30)
        assert answer.status_code == 200, (method, answer.status_code, answer.text)
        found: Json = answer.json()
        return found

    def done(self, method: str, args: Json | None = None, *, token: str | None = None) -> Json:
        """The same, where it must go well."""
        answer = self.ask(method, args, token=token)
        assert answer["ok"], (method, answer)
        return answer

    # -- things to call methods with

    def post(self, text: str = "one", **args: Any) -> str:
        """The ts of a message of the app's in #general."""
        return str(self.done("chat.postMessage", {"channel": self.general.id, "text": text, **args})["ts"])

    def said(self, text: str = "said") -> Message:
        """A message of Lee's in #general."""
        return self.lee.says(self.general, text)

    def channel(self, *members: Actor, **values: Any) -> str:
        """A new channel with the app in it, unless said otherwise."""
        self.extra["channels"] = number = self.extra.get("channels", 0) + 1
        inside = values.pop("with_app", True)
        creator = values.pop("creator", self.app.bot if inside else None)
        ids = [str(member) for member in members] + ([self.app.bot] if inside else [])
        made = self.sandbox.channel(f"place-{number}", members=ids, creator=creator, **values)
        return str(made["id"])

    def archived(self) -> str:
        """A channel that Lee has closed."""
        made = self.channel(self.lee, self.bo)
        self.lee.archives(made)
        return made

    def outside(self) -> str:
        """A public channel without the app, which may not post into it either."""
        scopes = [scope for scope in self.app.settings["scopes"] if scope != "chat:write.public"]
        self.sandbox.app(self.app.settings["name"], scopes=scopes)
        return self.channel(self.lee, with_app=False)

    def direct(self) -> str:
        """The direct message of Lee and the app."""
        return str(self.done("conversations.open", {"users": self.lee.id})["channel"]["id"])

    def trigger(self) -> str:
        """A trigger id of Lee's command."""
        self.lee.runs("/incident", "", self.general)
        return self.listener.to("/commands")[-1].form["trigger_id"]

    def file(self, name: str = "notes.txt", content: bytes = b"notes", **where: Any) -> str:
        """The id of a file the app has uploaded, and shown in #general unless said otherwise."""
        begun = self.begun(name, content)
        place = where or {"channel_id": self.general.id}
        self.done("files.completeUploadExternal", {"files": [{"id": begun}], **place})
        return begun

    def begun(self, name: str = "notes.txt", content: bytes = b"notes", token: str | None = None) -> str:
        """The id of a file whose bytes are there, and nothing else."""
        begun = self.done("files.getUploadURLExternal", {"filename": name, "length": str(len(content))}, token=token)
        assert httpx.post(begun["upload_url"], content=content).text == f"OK - {len(content)}"
        return str(begun["file_id"])

    def remote(self, external_id: str = "doc-1") -> str:
        """The external id of a file that lies elsewhere."""
        url = f"https://example.com/{external_id}"
        self.done("files.remote.add", {"external_id": external_id, "external_url": url, "title": "A document"})
        return external_id

    def group(self, handle: str = "oncall") -> str:
        """The id of a user group."""
        return str(self.sandbox.usergroup(handle, users=[self.lee.id])["id"])

    def bookmark(self) -> str:
        """The id of a bookmark in #general."""
        made = {"channel_id": self.general.id, "title": "a", "type": "link", "link": "https://example.com"}
        return str(self.done("bookmarks.add", made)["bookmark"]["id"])

    def stream(self) -> str:
        """The ts of a message that the app is writing to Lee."""
        return str(self.done("chat.startStream", {"channel": self.direct(), "markdown_text": "one"})["ts"])

    def scheduled(self, seconds: int = 3600) -> str:
        """The id of a message that is to be sent in an hour."""
        due = str(int(self.sandbox.now()) + seconds)
        args = {"channel": self.general.id, "text": "later", "post_at": due}
        return str(self.done("chat.scheduleMessage", args)["scheduled_message_id"])

    def invited(self) -> str:
        """The id of an invitation to somebody of another company."""
        args = {"channel": self.channel(self.lee), "emails": "someone@example.org"}
        return str(self.done("conversations.inviteShared", args)["invite_id"])
