"""Uploading, sharing and deleting files."""

import base64
import mimetypes
from dataclasses import replace

from slack_sandbox.acts.messages import Draft, post
from slack_sandbox.announce.files import file_event
from slack_sandbox.announce.messages import message_shown_again
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.file import File
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person

LARGEST = 1_000_000_000
LARGEST_SNIPPET = 1_000_000
LONGEST_ALT_TEXT = 1000


def make_file(hub: Hub, name: str, by: Person, **fields: object) -> File:
    """A file that is about to come."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(new_id("F"), name, name, by.id, int(hub.clock.now()), mimetype=kind)
    file = replace(file, **fields)  # type: ignore[arg-type]
    hub.workspace.files[file.id] = file
    return file


def check_upload(hub: Hub, mimetype: str) -> None:
    """Raise when the workspace does not let people upload this."""
    allowed = hub.workspace.team.disable_file_uploads
    if allowed == "disable_all":
        raise SlackError("file_uploads_disabled")
    if allowed == "disable_all_except_images" and not mimetype.startswith("image/"):
        raise SlackError("file_uploads_except_images_disabled")


def receive(hub: Hub, file: File, content: bytes) -> None:
    """The bytes are here."""
    file.content = base64.b64encode(content).decode()
    file.size = len(content)
    hub.touch()


def complete(hub: Hub, file: File, title: str | None) -> None:
    """The upload is over; apps learn that there is a file."""
    file.is_complete = True
    file.title = title or file.title
    file_event(hub, "file_created", file)


def share(hub: Hub, files: list[File], channel: Channel, by: Person, draft: Draft) -> Message:
    """Show files in a channel, with a message."""
    message = post(hub, channel, by, replace(draft, files=[file.id for file in files]))
    for file in files:
        was_public = any(hub.workspace.channels[each].kind == "public" for each in file.shares)
        file.shares = {**file.shares, channel.id: [*file.shares.get(channel.id, ()), message.ts]}
        file_event(hub, "file_shared", file, channel)
        if channel.kind == "public" and not was_public:
            file_event(hub, "file_public", file, channel)
    message_shown_again(hub, channel, message)
    return message


def delete_file(hub: Hub, file: File) -> None:
    """Take a file away, and out of the messages that show it."""
    file_event(hub, "file_deleted", file)
    for channel_id, timestamps in file.shares.items():
        channel = hub.workspace.channels[channel_id]
        for message in (channel.log.get(ts) for ts in timestamps):
            if message is not None and message.files:
                message.files = [each for each in message.files if each != file.id]
                message_shown_again(hub, channel, message)
    file.is_deleted, file.content, file.shares = True, "", {}
    hub.touch()


def is_visible(hub: Hub, file: File, person: Person) -> bool:
    """Whether somebody may know that a file exists."""
    if not file.is_complete or file.is_deleted:
        return False
    return file.user == person.id or any(hub.workspace.channels[c].is_visible_to(person.id) for c in file.shares)
