"""Making, joining, naming and archiving channels."""

from slack_sandbox.acts.access import require_member, require_open
from slack_sandbox.acts.messages import post_system
from slack_sandbox.acts.names import check_name, tidy_name
from slack_sandbox.announce import channels as announce
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.ids import new_id
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person
from slack_sandbox.text.mrkdwn import as_stored

LONGEST_TOPIC = 250


def create(hub: Hub, name: str, by: Person, *, is_private: bool = False, channel_id: str | None = None) -> Channel:
    """A new channel with its maker in it."""
    kind = "private" if is_private else "public"
    now = int(hub.clock.now())
    channel = Channel(channel_id or new_id("C"), check_name(hub, name), kind, by.id, now, updated=now * 1000)
    hub.workspace.channels[channel.id] = channel
    announce.channel_created(hub, channel)
    add_member(hub, channel, by)
    return channel


def open_direct(hub: Hub, people: list[Person]) -> tuple[Channel, bool]:
    """The direct message between these people, and whether it was there already."""
    if found := hub.workspace.direct_channel({person.id for person in people}):
        was_open = people[0].id not in found.closed_for
        found.closed_for = [user for user in found.closed_for if user != people[0].id]
        return found, was_open
    now = int(hub.clock.now())
    kind, prefix = ("mpim", "C") if len(people) > 2 else ("im", "D")
    name = f"mpdm-{'--'.join(person.name for person in people)}-1" if kind == "mpim" else ""
    channel = Channel(new_id(prefix), name, kind, people[0].id, now, updated=now * 1000)
    channel.members = {person.id: float(now) for person in people}
    hub.workspace.channels[channel.id] = channel
    announce.direct_created(hub, channel, people[0].id)
    return channel, False


def close_direct(hub: Hub, channel: Channel, by: Person) -> bool:
    """Put a direct message out of somebody's sight. Returns whether it was in sight."""
    if by.id in channel.closed_for:
        return False
    channel.closed_for = [*channel.closed_for, by.id]
    announce.channel_shown(hub, channel)
    return True


def add_member(hub: Hub, channel: Channel, person: Person, *, inviter: Person | None = None) -> None:
    """Somebody joins, or is brought in by `inviter`."""
    channel.members[person.id] = hub.clock.now()
    channel.last_read.setdefault(person.id, channel.log.latest or "0000000000.000000")
    extra = {"inviter": inviter.id} if inviter else {}
    post_system(hub, channel, person, "channel_join", f"<@{person.id}> has joined the channel", **extra)
    announce.member_joined(hub, channel, person.id, inviter.id if inviter else None)


def remove_member(hub: Hub, channel: Channel, person: Person, *, by: Person) -> None:
    """Somebody leaves, or is put out by another."""
    left = "has left the channel" if person is by else f"was removed from the channel by <@{by.id}>"
    post_system(hub, channel, person, "channel_leave", f"<@{person.id}> {left}")
    del channel.members[person.id]
    announce.member_left(hub, channel, person.id, by.id)


def rename(hub: Hub, channel: Channel, name: str, by: Person) -> None:
    """Give it another name. Only its maker and admins may; what cannot stand in a name is changed."""
    require_open(channel)
    require_member(channel, by)
    if channel.creator != by.id and not by.is_admin:
        raise SlackError("not_authorized")
    old, new = channel.name, tidy_name(name)
    if new == old:
        return
    channel.name = check_name(hub, new)
    channel.previous_names = [old, *channel.previous_names]
    _updated(hub, channel)
    text = f'<@{by.id}> has renamed the channel from "{old}" to "{new}"'
    post_system(hub, channel, by, "channel_name", text, old_name=old, name=new)
    announce.channel_renamed(hub, channel)


def set_note(hub: Hub, channel: Channel, which: str, value: str, by: Person) -> None:
    """Set the `topic` or `purpose`."""
    require_open(channel)
    require_member(channel, by)
    if len(value) > LONGEST_TOPIC:
        raise SlackError("too_long")
    value = as_stored(value, hub.channel_name)
    note = {"value": value, "creator": by.id, "last_set": int(hub.clock.now())}
    if which == "topic":
        channel.topic = note
    else:
        channel.purpose = note
    _updated(hub, channel)
    did = f"set the channel {which}: {value}" if value else f"cleared channel {which}"
    post_system(hub, channel, by, f"channel_{which}", f"<@{by.id}> {did}", **{which: value})
    announce.channel_shown(hub, channel)


def archive(hub: Hub, channel: Channel, by: Person) -> None:
    """Close it for good: nobody can write, and bots are put out, which the page does not say."""
    if channel.is_archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    require_member(channel, by)
    post_system(hub, channel, by, "channel_archive", f"<@{by.id}> archived the channel", members=list(channel.members))
    channel.is_archived = True
    _updated(hub, channel)
    announce.channel_archived(hub, channel, by.id)
    people = hub.workspace.people
    channel.members = {user: since for user, since in channel.members.items() if not people[user].is_bot}
    announce.channel_shown(hub, channel)


def unarchive(hub: Hub, channel: Channel, by: Person) -> None:
    """Open it again. Bots cannot: they are no longer in it."""
    if not channel.is_archived:
        raise SlackError("not_archived")
    if by.is_bot:
        raise SlackError("not_in_channel")
    channel.is_archived = False
    channel.members.setdefault(by.id, hub.clock.now())
    _updated(hub, channel)
    post_system(hub, channel, by, "channel_unarchive", f"<@{by.id}> un-archived the channel")
    announce.channel_unarchived(hub, channel, by.id)


def mark_read(hub: Hub, channel: Channel, ts: str, by: Person) -> None:
    """This person has read up to `ts`."""
    channel.last_read[by.id] = ts
    hub.touch()


def _updated(hub: Hub, channel: Channel) -> None:
    channel.updated = int(hub.clock.now() * 1000)
