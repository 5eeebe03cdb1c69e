"""People of a workspace who say, press and see things: the words tests are written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.control import Found, Refused, Sandbox, wait_for
from slack_sandbox.seen import Form, Message, NotSeen, choice, find_control
from slack_sandbox.shapes import Json


@dataclass(frozen=True)
class Room:
    """A channel."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Shown:
    """What a slash command brought: windows and messages only its sender sees."""

    modals: list[Form] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    failure: str | None = None
    """Slack's word for what went wrong, for example operation_timeout."""

    @property
    def text(self) -> str:
        """All that was said, a line each."""
        return "\n".join(message.text for message in self.messages)


class Workspace:
    """A sandbox and its people."""

    def __init__(self, sandbox: Sandbox, *, timeout: float = 5.0) -> None:
        self.sandbox = sandbox
        self.timeout = timeout

    def person(self, name: str, **values: Any) -> Actor:
        """Somebody, added if there is nobody of that name yet."""
        handle = name.lower().replace(" ", ".")
        return Actor(self, self.sandbox.person(handle, **{"real_name": name, **values})["id"], name)

    def channel(self, name: str, *members: Actor | str, **values: Any) -> Room:
        """A channel, made if there is none of that name yet."""
        ids = [str(member) for member in members]
        made = self.sandbox.channel(name.removeprefix("#"), members=ids, **values)
        return Room(made["id"], made["name"])

    def find_channel(self, name: str) -> Room:
        """A channel that is there, or comes."""

        def found() -> Room | None:
            try:
                shown = self.sandbox.show_channel(name)
            except Refused:
                return None
            return Room(shown["id"], shown["name"])

        return self.wait_for(found)

    def wait_for(self, look: Callable[[], Found | None], timeout: float | None = None) -> Found:
        """Wait until `look` returns something true."""
        return wait_for(look, timeout=self.timeout if timeout is None else timeout)


class Actor:
    """One person. Whatever the workspace refuses raises Refused."""

    def __init__(self, workspace: Workspace, user_id: str, name: str) -> None:
        self.workspace = workspace
        self.id = user_id
        self.name = name

    def __str__(self) -> str:
        return self.id

    @property
    def mention(self) -> str:
        """How others call this person in a message."""
        return f"<@{self.id}>"

    # -- talking

    def says(self, channel: Room | str, text: str, *, thread: Message | None = None) -> Message:
        """Write a message, or a reply."""
        said = self.does("say", channel=str(channel), text=text, thread_ts=thread.ts if thread else None)
        return next(each for each in self.sees(channel) if each.ts == said["ts"])

    def edits(self, message: Message, text: str) -> None:
        """Change what one has said."""
        self.does("edit", channel=message.channel, ts=message.ts, text=text)

    def deletes(self, message: Message) -> None:
        """Take it back."""
        self.does("delete", channel=message.channel, ts=message.ts)

    def reacts(self, message: Message, name: str) -> None:
        """React."""
        self.does("react", channel=message.channel, ts=message.ts, name=name)

    def unreacts(self, message: Message, name: str) -> None:
        """Take a reaction back."""
        self.does("unreact", channel=message.channel, ts=message.ts, name=name)

    def pins(self, message: Message) -> None:
        """Pin."""
        self.does("pin", channel=message.channel, ts=message.ts)

    def unpins(self, message: Message) -> None:
        """Unpin."""
        self.does("unpin", channel=message.channel, ts=message.ts)

    def joins(self, channel: Room | str) -> None:
        """Enter a public channel."""
        self.does("join", channel=str(channel))

    def leaves(self, channel: Room | str) -> None:
        """Go."""
        self.does("leave", channel=str(channel))

    def invites(self, other: Actor, channel: Room | str) -> None:
        """Bring somebody in."""
        self.does("invite", channel=str(channel), user=other.id)

    def makes_channel(self, name: str, *, is_private: bool = False) -> Room:
        """A new channel."""
        made = self.does("create_channel", name=name, is_private=is_private)
        return Room(made["channel"], name)

    def archives(self, channel: Room | str) -> None:
        """Close a channel."""
        self.does("archive", channel=str(channel))

    def direct_messages(self, other: Actor | str) -> Room:
        """The direct message with somebody or some bot."""
        return Room(self.does("open_im", user=str(other))["channel"], "")

    # -- apps

    def runs(self, command: str, text: str, channel: Room | str) -> Shown:
        """Run a slash command; returns what it has brought by the time the app has answered."""
        known = {message.ts for message in self.sees(channel)}
        windows = {form.id for form in self.modals()}
        answer = self.does("command", channel=str(channel), command=command, text=text)
        modals = [form for form in self.modals() if form.id not in windows]
        messages = [each for each in self.sees(channel) if each.is_ephemeral and each.ts not in known]
        return Shown(modals, messages, answer.get("failure"))

    def presses(self, name: str, *, in_message: Message | None = None, value: Any = None) -> str | None:
        """Press or choose what has this written on it, in a message or the open form.

        Returns Slack's word for what went wrong, None when the app took it.
        """
        blocks = in_message.blocks if in_message is not None else self.modal()["blocks"]
        block, element = find_control(blocks, name)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        where = {"channel": in_message.channel, "message_ts": in_message.ts} if in_message else {}
        container = {"container": "message"} if in_message else {"container": "view", "view_id": self.modal().id}
        chosen = None if value is None else choice(element, value)
        answer = self.does("act", **where, **container, **ids, value=chosen)
        failure: str | None = answer.get("failure")
        return failure

    def modals(self) -> list[Form]:
        """The open forms, top last; possibly none."""
        return [Form(view) for view in self.workspace.sandbox.views(self.id)]

    def modal(self) -> Form:
        """The form in front, waited for."""
        return self.workspace.wait_for(self.modals)[-1]

    def submits(self, fields: Json | None = None) -> dict[str, str]:
        """Fill in the form in front by labels and send it. Returns its errors by label; none when it was taken."""
        form = self.modal()
        try:
            self.does("submit_view", view_id=form.id, values=form.filled_in(fields or {}))
        except Refused as refusal:
            if refusal.error != "validation":
                raise
            labels = {block["block_id"]: block.get("label", {}).get("text", "") for block in form["blocks"]}
            return {labels.get(block_id) or block_id: text for block_id, text in refusal.errors.items()}
        return {}

    def cancels(self) -> None:
        """Close the form in front without sending it."""
        self.does("close_view", view_id=self.modal().id)

    def home(self, app_id: str) -> Form | None:
        """The home tab of an app, opened."""
        self.does("open_home", app_id=app_id)
        found = self.workspace.sandbox.home(self.id, app_id)
        return Form(found) if found else None

    # -- seeing

    def sees(self, channel: Room | str) -> list[Message]:
        """All messages of a channel, oldest first, with what only this person was shown."""
        shown = self.workspace.sandbox.messages(str(channel), seen_by=self.id)
        return [Message(each) for each in shown]

    def waits_for(
        self, channel: Room | str, want: str | Callable[[Message], Any], *, timeout: float | None = None
    ) -> Message:
        """The newest message that contains a text, or satisfies a test; waited for."""

        def found() -> Message | None:
            fits = [m for m in self.sees(channel) if (want in m.all_text if isinstance(want, str) else want(m))]
            return fits[-1] if fits else None

        try:
            return self.workspace.wait_for(found, timeout)
        except TimeoutError:
            seen = "\n".join(f"  {message.text}" for message in self.sees(channel)) or "  nothing"
            raise NotSeen(f"{self.name} does not see {want!r} in {channel}. There is:\n{seen}") from None

    def again(self, message: Message) -> Message:
        """The same message as it is now."""
        return next(each for each in self.sees(message.channel) if each.ts == message.ts)

    def does(self, do: str, **values: Any) -> Json:
        """Anything a person can do; see the acts of the sandbox."""
        return self.workspace.sandbox.act(self.id, do, **values)
