"""Keeping the workspace in a file, so that it is there again after a restart."""

import asyncio
import json
import logging
import os
import tempfile
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from slack_sandbox.hub import Hub
from slack_sandbox.ids import Timestamps
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.file import File
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person
from slack_sandbox.state.view import View
from slack_sandbox.state.workspace import Team, Workspace

logger = logging.getLogger(__name__)
VERSION = 3
AS_IT_IS = ("scheduled", "connect_invites", "dead_tokens", "logins", "integration_log", "config_token")
"""Parts of the workspace that are JSON already."""
Row = TypeVar("Row", Person, App, Message, View, File)


def pack(workspace: Workspace, clock_offset: float = 0.0) -> Json:
    """The workspace as JSON. Open modals and ephemeral messages are not kept: Slack forgets them too."""
    homes = set(workspace.homes.values())
    return {
        "version": VERSION,
        "clock_offset": clock_offset,
        "last_ts": workspace.timestamps.last,
        "team": asdict(workspace.team),
        "people": [_row(person) for person in workspace.people.values()],
        "apps": [_row(app) for app in workspace.apps.values()],
        "created": [_row(app) for app in workspace.created.values()],
        "channels": [_pack_channel(channel) for channel in workspace.channels.values()],
        "usergroups": workspace.usergroups,
        "emoji": workspace.emoji,
        "files": [_row(file) for file in workspace.files.values()],
        **{name: getattr(workspace, name) for name in AS_IT_IS},
        "homes": workspace.homes,
        "views": [_row(view) for view in workspace.views.values() if view.id in homes],
    }


def unpack(data: Json) -> Workspace:
    """The workspace of a packed one. Raises ValueError for a file of another version."""
    if data.get("version") != VERSION:
        raise ValueError(f"the state file is of version {data.get('version')}, this sandbox reads {VERSION}")
    return Workspace(
        team=Team(**data["team"]),
        people={row["id"]: Person(**row) for row in data["people"]},
        apps={row["id"]: App(**row) for row in data["apps"]},
        created={row["id"]: App(**row) for row in data["created"]},
        channels={row["id"]: _unpack_channel(row) for row in data["channels"]},
        usergroups=data["usergroups"],
        emoji=data["emoji"],
        files={row["id"]: File(**row) for row in data["files"]},
        **{name: data[name] for name in AS_IT_IS},
        homes=data["homes"],
        views={row["id"]: View(**row) for row in data["views"]},
        timestamps=Timestamps(data["last_ts"]),
    )


def _row(value: Person | App | Message | View | File) -> Json:
    """Its fields, without those that are as they always are."""
    row = {field.name: (getattr(value, field.name), field.default) for field in fields(value)}
    return {name: given for name, (given, default) in row.items() if default is MISSING or given != default}


def _pack_channel(channel: Channel) -> Json:
    skipped = ("log", "ephemerals")
    row = {f.name: getattr(channel, f.name) for f in fields(channel) if f.name not in skipped}
    return row | {"messages": [_row(message) for message in channel.log]}


def _unpack_channel(row: Json) -> Channel:
    messages = row.pop("messages")
    channel = Channel(**row)
    for message in messages:
        channel.log.add(Message(**message))
    return channel


class Keeper:
    """Writes the file a moment after each change, and never while it is being read."""

    def __init__(self, hub: Hub, path: Path) -> None:
        self._hub = hub
        self._path = path
        self._pause = 0.3
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def load(self) -> bool:
        """Take the workspace from the file, if there is one. Raises ValueError when it cannot be read."""
        if not self._path.exists():
            return False
        data: Any = json.loads(self._path.read_text())
        self._hub.workspace = unpack(data)
        self._hub.clock.offset = data["clock_offset"]
        return True

    def start(self) -> None:
        """Save from now on."""
        self._hub.on_change = self._changed.set
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._changed.wait()
            await asyncio.sleep(self._pause)
            self._changed.clear()
            began = loop.time()
            try:
                await asyncio.to_thread(self._write, self._packed())
            except OSError as error:  # a full disk may have room again at the next change
                logger.error("state_not_saved file=%s error=%s", self._path, error)
            self._pause = max(0.3, 10 * (loop.time() - began))  # a large workspace is saved less often

    async def close(self) -> None:
        """Save what has changed, and stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._write(self._packed())

    def _packed(self) -> str:
        # On the loop, where nothing changes meanwhile; only the slow writing goes to a thread.
        return json.dumps(pack(self._hub.workspace, self._hub.clock.offset), ensure_ascii=False)

    def _write(self, content: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name, suffix=".tmp")
        with os.fdopen(handle, "w") as file:
            file.write(content)
        Path(name).replace(self._path)
