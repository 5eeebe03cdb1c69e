"""`settings.SLACK_CLIENT`: the original's client. Its reads call Slack; its writes are deliveries (see `deliveries`).

Returned at once and for real: what reads return, the ids of `create_channel` and `get_or_create_channel`, and the
answer of `api_call` and `dialog_open`. All other writes return `Queued`, which knows no answer yet.
"""

from collections.abc import Iterator
from typing import Any

from response.core import changes
from response.core.errors import TemporaryError
from response.slack import channels, client, outbox
from response.slack.client import SlackRefused
from response.slack.compat import dialogs
from response.slack.compat.deliveries import Queued, ask
from response.slack.compat.errors import SlackError
from response.slack.models import CommsChannel
from response.slack.payloads import dict_at, list_at, text_at
from response.slack.text import one_line

Answer = dict[str, Any]


class SlackClient:
    """What plugins call Slack with. The token, the limits and the retries are Response's, whatever is given."""

    def __init__(self, api_token: str = "", *_retries: Any, **_more_retries: Any) -> None:
        del api_token

    def api_call(self, api_endpoint: str, **arguments: Any) -> Answer:
        """Call any method now, and return Slack's answer. Raises SlackError."""
        try:
            return client.call(api_endpoint, **arguments)
        except SlackRefused as error:
            raise SlackError.of(error) from error

    # -- reads

    def users_list(self) -> Answer:
        """Return everybody, as `users.list` would in one page."""
        return {"ok": True, "members": list(self._pages("users.list", "members"))}

    def get_paginated_users(self, limit: int = 0, cursor: str | None = None) -> Answer:
        """Return a page of `users.list`."""
        return self.api_call("users.list", limit=limit or None, cursor=cursor or None)

    def get_user_id(self, name: str) -> str | None:
        """Return the id of the user with this handle."""
        return self._id_of(name, self._pages("users.list", "members"))

    def get_channel_name(self, channel_id: str) -> str | None:
        """Return a channel's name."""
        return text_at(self.api_call("conversations.info", channel=channel_id), "channel", "name") or None

    def get_channel_id(self, name: str, auto_unarchive: bool = False) -> str | None:
        """Return the id of the channel with this name; with `auto_unarchive` an archived one is brought back."""
        for channel in self._pages("conversations.list", "channels", types="public_channel"):
            if text_at(channel, "name") != name.removeprefix("#"):
                continue
            if channel.get("is_archived") and auto_unarchive:
                self.api_call("conversations.unarchive", channel=channel["id"])
            return text_at(channel, "id")
        return None

    def get_usergroup_id(self, handle: str) -> str | None:
        """Return the id of a user group. Needs the scope usergroups:read."""
        groups = list_at(self.api_call("usergroups.list"), "usergroups")
        return next((text_at(group, "id") for group in groups if text_at(group, "handle") == handle), None)

    def get_usergroup_users(self, group_id: str) -> list[str]:
        """Return the ids of a user group's members. Needs the scope usergroups:read."""
        return list_at(self.api_call("usergroups.users.list", usergroup=group_id), "users")

    def get_slack_token_owner(self) -> str:
        """Return the id of our own bot."""
        return text_at(self.api_call("auth.test"), "user_id")

    def get_user_profile(self, user_id: str) -> Answer:
        """Return what Slack says of somebody: id, name, fullname, email, deleted."""
        return profile(dict_at(self.api_call("users.info", user=user_id), "user"))

    def get_user_profile_by_email(self, email: str) -> Answer:
        """The same, of the person with this address."""
        return profile(dict_at(self.api_call("users.lookupByEmail", email=email), "user"))

    # -- writes that are answered at once

    def create_channel(self, name: str) -> str:
        """Make a channel and return its id. Raises SlackError (`name_taken`)."""
        return text_at(self.api_call("conversations.create", name=name), "channel", "id")

    def get_or_create_channel(self, name: str, auto_unarchive: bool = False) -> str | None:
        """Return the id of the channel with this name, made if there is none."""
        try:
            return self.create_channel(name)
        except SlackError as error:
            if error.slack_error != "name_taken":
                raise
        return self.get_channel_id(name, auto_unarchive)

    def dialog_open(self, dialog: Answer, trigger_id: str) -> Answer:
        """Show an old dialog as a modal, within the 3 s that a trigger lasts. Raises SlackError."""
        try:
            return self.api_call("views.open", view=dialogs.view(dialog, trigger_id), trigger_id=trigger_id)
        except TemporaryError as error:
            raise SlackError("Slack did not open the form in time. Please try once more.") from error

    # -- writes that are sent when the handler is done

    def send_message(
        self, channel: str, text: str, attachments: list[Answer] | None = None, thread_ts: str | None = None
    ) -> Queued:
        """Say something."""
        return ask("old_post", str(channel), text=text, attachments=attachments, thread_ts=thread_ts)

    def send_ephemeral_message(
        self, channel: str, user: str, text: str, attachments: list[Answer] | None = None
    ) -> Queued:
        """Say something to one person: in the channel, or where that cannot be, as a direct message."""
        if not attachments:
            return ask("tell", str(channel), f"to {user}", user=user, text=text)
        return ask("old_ephemeral", str(channel), user=user, text=text, attachments=attachments)

    def send_or_update_message_block(
        self, channel: str, blocks: list[Answer], fallback_text: str, ts: str | None = None
    ) -> Queued:
        """Say something in blocks, or change what was said at `ts`."""
        kind = "old_update" if ts else "old_post"
        return ask(kind, str(channel), blocks=blocks, text=fallback_text or "", ts=ts)

    def add_reaction(self, reaction: str, channel_id: str, thread_ts: str) -> Queued:
        """Put a reaction on a message."""
        return ask("old_react", str(channel_id), name=reaction, timestamp=thread_ts)

    def remove_reaction(self, reaction: str, channel_id: str, thread_ts: str) -> Queued:
        """Take our reaction off a message."""
        return ask("old_unreact", str(channel_id), name=reaction, timestamp=thread_ts)

    def set_channel_topic(self, channel_id: str, channel_topic: str) -> Queued:
        """Set a topic, cut to Slack's 250 characters."""
        return ask("old_topic", str(channel_id), topic=one_line(channel_topic)[:250])

    def unarchive_channel(self, channel_id: str) -> Queued:
        """Bring an archived channel back."""
        return ask("old_unarchive", str(channel_id))

    def invite_user_to_channel(self, user_id: str, channel_id: str) -> Queued:
        """Bring somebody into a channel."""
        return ask("old_invite", str(channel_id), users=user_id)

    def join_channel(self, channel_id: str) -> Queued:
        """Enter a channel."""
        return ask("old_join", str(channel_id))

    def leave_channel(self, channel_id: str) -> Queued:
        """Go."""
        return ask("old_leave", str(channel_id))

    def rename_channel(self, channel_id: str, new_name: str) -> Queued | None:
        """Rename a channel. When Slack refuses it for an incident's, whoever asked is told."""
        found = CommsChannel.objects.select_related("incident").filter(channel_id=channel_id).first()
        if found is None:
            return ask("old_rename", str(channel_id), name=channels.slug(new_name))
        rename(found, new_name)
        return None

    # -- within

    def _pages(self, method: str, part: str, **arguments: Any) -> Iterator[Answer]:
        cursor = None
        while True:
            page = self.api_call(method, limit=200, cursor=cursor, **arguments)
            yield from list_at(page, part)
            cursor = text_at(page, "response_metadata", "next_cursor") or None
            if cursor is None:
                return

    def _id_of(self, name: str, found: Iterator[Answer]) -> str | None:
        return next((text_at(each, "id") for each in found if text_at(each, "name") == name), None)


def rename(channel: CommsChannel, name: str) -> None:
    """Ask for an incident's channel to be renamed, on behalf of who acts, or else of the reporter."""
    by = changes.actor().person or channel.incident.reporter
    wanted = channels.slug(name)
    outbox.ask("rename", incident=channel.incident, channel="comms", place="comms", name=wanted, by=by.external_id)


def profile(user: Answer) -> Answer:
    """Return a user of Slack's in the original's words."""
    return {
        "id": text_at(user, "id"),
        "name": text_at(user, "profile", "display_name") or text_at(user, "name"),
        "fullname": text_at(user, "profile", "real_name") or text_at(user, "real_name"),
        "email": text_at(user, "profile", "email") or None,
        "deleted": bool(user.get("deleted")),
    }
