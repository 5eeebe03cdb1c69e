"""What a person can do in the chat: one function for each `do`."""

from collections.abc import Awaitable, Callable

from slack_sandbox.acts import channels, files, marks, messages
from slack_sandbox.acts.access import (
    find_channel,
    find_message,
    find_person,
    require_member,
    require_open,
    require_postable,
)
from slack_sandbox.announce.channels import channel_shown
from slack_sandbox.announce.messages import tell_unread
from slack_sandbox.browser.uploading import uploaded
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.app_home import home_opened
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import Person
from slack_sandbox.text.mrkdwn import as_stored

Act = Callable[[Hub, Person, Json], Awaitable[Json]]
ACTS: dict[str, Act] = {}


def act(name: str) -> Callable[[Act], Act]:
    """Offer a function under a `do`."""

    def register(run: Act) -> Act:
        ACTS[name] = run
        return run

    return register


def needed(body: Json, name: str) -> str:
    """A string that must be there."""
    value = body.get(name)
    if value is None or value == "":
        raise invalid_arguments(f"[ERROR] missing required field: {name}")
    return str(value)


def channel_of(hub: Hub, person: Person, body: Json) -> Channel:
    """The channel an act happens in."""
    return find_channel(hub, needed(body, "channel"), person)


def message_of(hub: Hub, person: Person, body: Json) -> tuple[Channel, Message]:
    """The message an act is about; one must be in its channel."""
    channel = channel_of(hub, person, body)
    require_member(channel, person)
    return channel, find_message(channel, needed(body, "ts"))


@act("say")
async def say(hub: Hub, person: Person, body: Json) -> Json:
    """Write a message, with `files` that were uploaded before."""
    channel = channel_of(hub, person, body)
    require_open(channel)
    require_member(channel, person)
    require_postable(hub, channel, person)
    shared = uploaded(hub, person, body.get("files"))
    text = str(body.get("text") or "") if shared else needed(body, "text")
    draft = messages.Draft(
        as_stored(text[:40_000], hub.channel_name),
        unfurls=True,
        thread_ts=body.get("thread_ts"),
        broadcast=bool(body.get("broadcast")),
    )
    for file in shared:
        files.complete(hub, file, None)
    said = files.share(hub, shared, channel, person, draft) if shared else messages.post(hub, channel, person, draft)
    return {"ts": said.ts}


@act("edit")
async def edit(hub: Hub, person: Person, body: Json) -> Json:
    """Change an own message; one with files may do without words."""
    channel, message = message_of(hub, person, body)
    require_open(channel)
    text = str(body.get("text") or "") if message.files else needed(body, "text")
    messages.edit(hub, channel, message, person, text=as_stored(text, hub.channel_name))
    return {}


@act("delete")
async def delete(hub: Hub, person: Person, body: Json) -> Json:
    """Take an own message back, or wave away something only oneself sees."""
    channel = channel_of(hub, person, body)
    ts = needed(body, "ts")
    if any(each.ts == ts and each.ephemeral_to == person.id for each in channel.ephemerals):
        channel.ephemerals = [each for each in channel.ephemerals if each.ts != ts]
        hub.feeds.tell({"type": "message_deleted", "channel": channel.id, "ts": ts}, person.id)
        return {}
    messages.delete(hub, channel, find_message(channel, ts), person)
    return {}


@act("delete_file")
async def delete_file(hub: Hub, person: Person, body: Json) -> Json:
    """Take an own file away, wherever it is shown."""
    file = hub.workspace.files.get(needed(body, "file"))
    if file is None or not files.is_visible(hub, file, person):
        raise SlackError("file_not_found")
    if file.user != person.id and not person.is_admin:
        raise SlackError("cant_delete_file")
    files.delete_file(hub, file)
    return {}


@act("react")
async def react(hub: Hub, person: Person, body: Json) -> Json:
    """Add a reaction."""
    channel, message = message_of(hub, person, body)
    marks.react(hub, channel, message, needed(body, "name").strip(":"), person)
    return {}


@act("unreact")
async def unreact(hub: Hub, person: Person, body: Json) -> Json:
    """Take a reaction back."""
    channel, message = message_of(hub, person, body)
    marks.unreact(hub, channel, message, needed(body, "name").strip(":"), person)
    return {}


@act("pin")
async def pin(hub: Hub, person: Person, body: Json) -> Json:
    """Pin a message."""
    channel, message = message_of(hub, person, body)
    require_open(channel)
    marks.pin(hub, channel, message, person)
    return {}


@act("unpin")
async def unpin(hub: Hub, person: Person, body: Json) -> Json:
    """Take a pin away."""
    channel, message = message_of(hub, person, body)
    marks.unpin(hub, channel, message, person)
    return {}


@act("read")
async def read(hub: Hub, person: Person, body: Json) -> Json:
    """Remember how far one has read."""
    channel = channel_of(hub, person, body)
    channels.mark_read(hub, channel, needed(body, "ts"), person)
    tell_unread(hub, channel, only=person.id)
    return {}


@act("create_channel")
async def create_channel(hub: Hub, person: Person, body: Json) -> Json:
    """Make a channel."""
    name = needed(body, "name").removeprefix("#")
    made = channels.create(hub, name, person, is_private=bool(body.get("is_private")))
    return {"channel": made.id}


@act("join")
async def join(hub: Hub, person: Person, body: Json) -> Json:
    """Enter a public channel."""
    channel = channel_of(hub, person, body)
    require_open(channel)
    if person.id not in channel.members:
        channels.add_member(hub, channel, person)
    return {"channel": channel.id}


@act("leave")
async def leave(hub: Hub, person: Person, body: Json) -> Json:
    """Go."""
    channel = channel_of(hub, person, body)
    require_member(channel, person)
    if channel.is_general:
        raise SlackError("cant_leave_general")
    channels.remove_member(hub, channel, person, by=person)
    return {}


@act("invite")
async def invite(hub: Hub, person: Person, body: Json) -> Json:
    """Bring somebody in."""
    channel = channel_of(hub, person, body)
    require_open(channel)
    require_member(channel, person)
    invited = find_person(hub, needed(body, "user"))
    if invited.id in channel.members:
        raise SlackError("already_in_channel")
    channels.add_member(hub, channel, invited, inviter=person)
    return {}


@act("kick")
async def kick(hub: Hub, person: Person, body: Json) -> Json:
    """Put somebody out."""
    channel = channel_of(hub, person, body)
    require_member(channel, person)
    removed = find_person(hub, needed(body, "user"))
    require_member(channel, removed)
    channels.remove_member(hub, channel, removed, by=person)
    return {}


@act("topic")
async def topic(hub: Hub, person: Person, body: Json) -> Json:
    """Say what the channel is about at the moment."""
    channels.set_note(hub, channel_of(hub, person, body), "topic", str(body.get("topic") or ""), person)
    return {}


@act("purpose")
async def purpose(hub: Hub, person: Person, body: Json) -> Json:
    """Say what the channel is for."""
    channels.set_note(hub, channel_of(hub, person, body), "purpose", str(body.get("purpose") or ""), person)
    return {}


@act("rename")
async def rename(hub: Hub, person: Person, body: Json) -> Json:
    """Give a channel another name."""
    channel = channel_of(hub, person, body)
    channels.rename(hub, channel, needed(body, "name"), person)
    return {"name": channel.name}


@act("archive")
async def archive(hub: Hub, person: Person, body: Json) -> Json:
    """Close a channel."""
    channels.archive(hub, channel_of(hub, person, body), person)
    return {}


@act("unarchive")
async def unarchive(hub: Hub, person: Person, body: Json) -> Json:
    """Open a closed channel again."""
    channels.unarchive(hub, channel_of(hub, person, body), person)
    return {}


@act("open_im")
async def open_im(hub: Hub, person: Person, body: Json) -> Json:
    """The direct message with somebody; an app learns that its messages were opened."""
    other = find_person(hub, needed(body, "user"))
    channel, already = channels.open_direct(hub, [person] if other.id == person.id else [person, other])
    if already:
        channel_shown(hub, channel)
    if (app := hub.workspace.app_of_bot(other.id)) is not None:
        home_opened(hub, app, person, "messages")
    return {"channel": channel.id}


@act("open_home")
async def open_home(hub: Hub, person: Person, body: Json) -> Json:
    """Look at the home tab of an app."""
    app = hub.workspace.apps.get(needed(body, "app_id"))
    if app is None:
        raise SlackError("app_not_found")
    home_opened(hub, app, person, "home")
    view_id = hub.workspace.homes.get(f"{app.id}/{person.id}")
    return {"view": view_payload(hub, hub.workspace.views[view_id])} if view_id else {}
