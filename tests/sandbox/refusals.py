"""What makes a call that would go well be refused: by the name of the refusal, and where that is not enough by method.

A spoiler gets the place, the method and arguments with which it would go well; it returns arguments, `token` among them
when somebody else is to call, and changes the workspace as it needs to.
"""

from collections.abc import Callable
from typing import Any

from tests.sandbox.method_calls import later
from tests.sandbox.place import PIXEL, Place
from tests.sandbox.test_views import BUTTONS, FORM

Json = dict[str, Any]
Spoil = Callable[[Place, str, Json], Json]

LONG = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
WAVES = [{"type": "stripes"}]


def with_args(**fields: Any) -> Spoil:
    """Other arguments; None takes one away."""
    return lambda _place, _method, args: merged(args, fields)


def merged(args: Json, fields: Json) -> Json:
    """The arguments with some replaced."""
    return {name: value for name, value in {**args, **fields}.items() if value is not None}


def where(args: Json) -> str:
    """The name of the argument that says which channel."""
    return next(name for name in ("channel", "channel_id", "channels") if name in args)


def channel_not_found(_place: Place, _method: str, args: Json) -> Json:
    return {**args, where(args): "C0NOWHERE"}


def archived(place: Place, method: str, args: Json) -> Json:
    return {**args, where(args): place.archived()}


def outside(place: Place, method: str, args: Json) -> Json:
    return {**args, where(args): place.outside()}


def direct(place: Place, _method: str, args: Json) -> Json:
    return {**args, where(args): place.direct()}


def with_user(user: str) -> Spoil:
    def spoil(_place: Place, _method: str, args: Json) -> Json:
        name = next((each for each in ("users", "user_ids", "recipient_user_id", "user_id") if each in args), "user")
        return {**args, name: user}

    return spoil


def of_nobody(_place: Place, _method: str, args: Json) -> Json:
    name = next(each for each in ("ts", "timestamp", "message_ts") if each in args)
    return {**args, name: "1.000000"}


def file_not_found(_place: Place, _method: str, args: Json) -> Json:
    if "files" in args:
        return {**args, "files": [{"id": "F0NONE"}]}
    return {**args, **({"external_id": "none"} if "external_id" in args else {"file": "F0NONE"})}


def no_text(_place: Place, _method: str, args: Json) -> Json:
    return merged(args, dict.fromkeys(("text", "blocks", "attachments", "markdown_text", "chunks")))


def only_admins_post(place: Place, _method: str, args: Json) -> Json:
    place.sandbox.team(who_can_post_general="admin")
    made = place.sandbox.channel("all", members=[place.app.bot, place.lee.id], is_general=True)["id"]
    recipient = {"recipient_user_id": place.lee.id, "recipient_team_id": "T1"}
    return {**args, where(args): made, **recipient}


def no_messages_tab(place: Place, _method: str, args: Json) -> Json:
    direct_id = place.direct()
    place.sandbox.app("Helper", messages_tab=False)
    return {**args, where(args): direct_id}


def on_free_plan(place: Place, _method: str, args: Json) -> Json:
    place.sandbox.team(plan="free")
    return args


def own_external_id(place: Place, _method: str, args: Json) -> Json:
    place.done("views.publish", {"user_id": place.bo.id, "view": home(external_id="mine")})
    view: Json = {**args["view"], "external_id": "mine"}
    return {**args, "view": view}


def home(**fields: Any) -> Json:
    """A home tab."""
    return {"type": "home", "blocks": [{"type": "divider"}], **fields}


def too_large_view(_place: Place, _method: str, args: Json) -> Json:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2990}}
    return {**args, "view": {**args["view"], "blocks": [section] * 90}}


def used_trigger(place: Place, _method: str, args: Json) -> Json:
    place.ask("views.open", {"trigger_id": args["trigger_id"], "view": FORM})
    return args


def late_trigger(place: Place, _method: str, args: Json) -> Json:
    place.sandbox.settings(trigger_seconds=0.0)
    return {**args, "trigger_id": place.trigger()}


def from_lee(place: Place, _method: str, args: Json) -> Json:
    """The message is somebody else's."""
    return {**args, "ts": place.said().ts}


def of_other_app(place: Place, _method: str, args: Json) -> Json:
    other = place.sandbox.app("Other", channels=["general"])
    ts = place.done("chat.postMessage", {"channel": place.general.id, "text": "x"}, token=other["bot_token"])["ts"]
    return {**args, "channel": place.general.id, "ts": ts}


def not_streaming(place: Place, _method: str, args: Json) -> Json:
    return {**args, "channel": place.general.id, "ts": place.post()}


def deleted_file(place: Place, _method: str, args: Json) -> Json:
    place.done("files.delete", {"file": args["file"]})
    return args


def both_ids(place: Place, _method: str, args: Json) -> Json:
    return {**args, "file": "F0"}


BY_ERROR: dict[str, Spoil] = {
    "already_archived": archived,
    "archived": archived,
    "bad_timestamp": with_args(timestamp="x"),
    "cannot_reply_to_message": lambda p, _, a: {**a, "thread_ts": joined_line(p)},
    "channel_not_found": channel_not_found,
    "duplicate_external_id": own_external_id,
    "exchanged_trigger_id": used_trigger,
    "expired_trigger_id": late_trigger,
    "file_deleted": deleted_file,
    "file_not_found": file_not_found,
    "hash_conflict": with_args(hash="0.x"),
    "invalid_app_id": with_args(app_id="A0NONE"),
    "invalid_manifest": with_args(manifest={"features": {}}),
    "invalid_args": with_args(file=None, external_id=None),
    "invalid_attachments": with_args(attachments="[1]"),
    "invalid_blocks": with_args(blocks=WAVES),
    "invalid_blocks_format": with_args(blocks="{"),
    "invalid_chunks": with_args(chunks=[{"type": "song"}]),
    "invalid_cursor": with_args(cursor="nonsense"),
    "invalid_emoji": with_args(emoji="clap"),
    "invalid_limit": with_args(limit="many"),
    "invalid_link": with_args(link="example.com"),
    "invalid_metadata_format": with_args(metadata={"event_type": 1}),
    "invalid_metadata_schema": with_args(metadata={"event_type": "x"}),
    "invalid_name": with_args(name=""),
    "invalid_name_maxlength": with_args(name="x" * 81),
    "invalid_name_punctuation": with_args(name="---"),
    "invalid_name_required": with_args(name=None, channel_name=None),
    "invalid_name_specials": with_args(name="Inc 101"),
    "invalid_trigger_id": with_args(trigger_id="1.2.3"),
    "invalid_ts_latest": with_args(latest="x"),
    "invalid_ts_oldest": with_args(oldest="x"),
    "invalid_types": with_args(types="x"),
    "invite_not_found": with_args(invite_id="I0NONE"),
    "is_archived": archived,
    "markdown_text_conflict": with_args(text="x", markdown_text="y"),
    "message_not_found": of_nobody,
    "message_not_in_streaming_state": not_streaming,
    "message_not_owned_by_app": of_other_app,
    "message_too_long": with_args(message="x" * 561),
    "messages_tab_disabled": no_messages_tab,
    "metadata_too_large": with_args(metadata={"event_type": "x", "event_payload": {"a": "x" * 16_000}}),
    "method_not_supported_for_channel_type": direct,
    "missing_argument": lambda _p, _m, a: dict.fromkeys(list(a)[1:], ""),
    "msg_blocks_too_long": with_args(blocks=[LONG] * 5, markdown_text=None),
    "msg_too_long": with_args(text="x" * 40_001),
    "name_taken": with_args(name="general"),
    "no_item_specified": with_args(timestamp=None),
    "no_text": no_text,
    "no_users_provided": with_args(users=""),
    "not_in_channel": outside,
    "paid_teams_only": on_free_plan,
    "permission_denied": with_args(usergroup="S0NONE"),
    "plan_upgrade_required": on_free_plan,
    "restricted_action": only_admins_post,
    "too_long": with_args(topic="x" * 251, purpose="x" * 251),
    "too_many_attachments": with_args(attachments=[{"text": "x"}] * 101),
    "too_many_ids": both_ids,
    "user_not_found": with_user("U0NOBODY"),
    "view_too_large": too_large_view,
}


def joined_line(place: Place) -> str:
    """The ts of the grey line that says somebody has joined."""
    place.bo.joins(place.general)
    return next(m.ts for m in place.lee.sees(place.general) if m.get("subtype") == "channel_join")


def as_admin(place: Place, args: Json) -> Json:
    return {**args, "token": place.tokens["admin"]}


def as_lee(place: Place, args: Json) -> Json:
    return {**args, "token": place.tokens["user"]}


def general(place: Place, args: Json) -> Json:
    """The channel that everybody is in."""
    made = place.sandbox.channel("all", members=[place.app.bot, place.lee.id], is_general=True)["id"]
    return {**args, where(args): made}


def full(kind: str) -> Spoil:
    """There are a hundred pins or bookmarks."""

    def spoil(place: Place, _method: str, args: Json) -> Json:
        for number in range(100):
            if kind == "pins":
                place.done("pins.add", {"channel": place.general.id, "timestamp": place.post(str(number))})
            else:
                place.bookmark()
        return args

    return spoil


def changed_app(**values: Any) -> Spoil:
    """The app is set up otherwise."""

    def spoil(place: Place, _method: str, args: Json) -> Json:
        place.sandbox.app("Helper", **values)
        return args

    return spoil


def many_reactions(place: Place, args: Json, people: int, each: int) -> Json:
    """`people` have reacted with `each` emoji of their own."""
    names = [f"emoji_{number}" for number in range(people * each)]
    for number in range(people):
        person = place.workspace.person(f"Fan {number}")
        place.sandbox.channel("general", members=[person.id])
        message = next(m for m in person.sees(place.general) if m.ts == args["timestamp"])
        for name in names[number * each : (number + 1) * each]:
            person.reacts(message, name)
    return {**args, "name": "one_more"}


def own_reactions(place: Place, args: Json) -> Json:
    for number in range(23):
        place.done("reactions.add", {**args, "name": f"emoji_{number}"})
    return {**args, "name": "one_more"}


def twice(method: str) -> Spoil:
    """What was done already."""

    def spoil(place: Place, _method: str, args: Json) -> Json:
        place.done(method, args)
        return args

    return spoil


def edited_late(place: Place, _method: str, args: Json) -> Json:
    place.sandbox.team(msg_edit_window_mins=5)
    place.sandbox.advance(301)
    return args


def of_lee_as_lee(place: Place, _method: str, args: Json) -> Json:
    return as_lee(place, {**args, "ts": place.said().ts, "blocks": [{"type": "divider"}]})


def in_stream(place: Place, _method: str, args: Json) -> Json:
    return {**args, "channel": place.direct(), "ts": place.stream()}


def file_of_lee(place: Place, _method: str, args: Json) -> Json:
    """Lee's own file, shown in #general."""
    begun = place.begun(token=place.tokens["user"])
    files = {"files": [{"id": begun}], "channel_id": place.general.id}
    place.done("files.completeUploadExternal", files, token=place.tokens["user"])
    return {**args, "file": begun}


def secret_file(place: Place, _method: str, args: Json) -> Json:
    begun = place.begun(token=place.tokens["user"])
    place.done("files.completeUploadExternal", {"files": [{"id": begun}]}, token=place.tokens["user"])
    return {**args, "file": begun}


def crowd(place: Place, _method: str, args: Json) -> Json:
    """More people than a list gives at once."""
    for number in range(1001):
        place.sandbox.person(f"guest.{number}")
    return merged(args, {"limit": None})


def push_without_modal(place: Place, _method: str, args: Json) -> Json:
    return {**args, "trigger_id": place.trigger()} if not place.lee.cancels() else args


def three_deep(place: Place, _method: str, args: Json) -> Json:
    """Three modals are open, and a button in the third was pressed."""
    view = {**FORM, "blocks": [BUTTONS], "submit": None}
    for _ in range(2):
        place.done("views.push", {"trigger_id": args["trigger_id"], "view": view})
        place.lee.presses("Close")
        args = {**args, "trigger_id": place.listener.to("/interactions")[-1].payload["trigger_id"]}
    return args


def thirty_in_five_minutes(place: Place, _method: str, args: Json) -> Json:
    for _ in range(30):
        place.done("chat.scheduleMessage", args)
    return args


def general_of_one(place: Place, _method: str, args: Json) -> Json:
    return {**args, "channel": place.channel(is_private=True)}


def loud_reply(place: Place, _method: str, args: Json) -> Json:
    """A reply, to be shown in the channel and changed at once."""
    ts = place.post("reply", thread_ts=place.post())
    return {**args, "ts": ts, "reply_broadcast": "1"}


def file_types(place: Place, value: str) -> Json:
    place.sandbox.team(disable_file_uploads=value)
    return {"filename": "notes.txt", "length": "5"}


def sent_soon(place: Place, _method: str, args: Json) -> Json:
    return {**args, "scheduled_message_id": place.scheduled(30)}


def invited_already(place: Place, _method: str, args: Json) -> Json:
    """An invitation waits already."""
    place.done("conversations.inviteShared", args)
    return args


def renamed_outside(place: Place, _method: str, args: Json) -> Json:
    return {**args, "channel": place.channel(place.lee, creator=place.lee.id)}


SPECIAL: dict[tuple[str, str], Spoil] = {
    ("apps.event.authorizations.list", "auth_mismatch"): lambda p, _, a: {
        **a,
        "token": p.sandbox.app("Other", app_token_scopes=["authorizations:read"])["app_token"],
    },
    ("apps.event.authorizations.list", "invalid_event_context"): with_args(event_context="4-x"),
    ("apps.uninstall", "bad_client_secret"): with_args(client_secret="x"),
    ("apps.uninstall", "client_id_token_mismatch"): lambda p, _, a: {
        name: p.sandbox.app("Other")[name] for name in ("client_id", "client_secret")
    },
    ("apps.uninstall", "invalid_client_id"): with_args(client_id="x"),
    ("auth.teams.list", "invalid_limit"): with_args(limit="x"),
    ("blocks.validate", "invalid_message"): with_args(blocks=None, message={}),
    ("blocks.validate", "invalid_view"): with_args(blocks=None, view={"type": "modal"}),
    ("bookmarks.add", "invalid_bookmark_type"): with_args(type="song"),
    ("bookmarks.add", "permission_denied"): outside,
    ("bookmarks.add", "too_many_bookmarks"): full("bookmarks"),
    ("bookmarks.edit", "not_found"): with_args(bookmark_id="Bk0NONE"),
    ("bookmarks.edit", "permission_denied"): outside,
    ("bookmarks.list", "access_denied"): outside,
    ("bookmarks.remove", "not_found"): with_args(bookmark_id="Bk0NONE"),
    ("bookmarks.remove", "permission_denied"): outside,
    ("bots.info", "bot_not_found"): with_args(bot="B0NONE"),
    ("chat.appendStream", "msg_blocks_too_long"): with_args(markdown_text="x" * 12_001),
    ("chat.delete", "cant_delete_message"): from_lee,
    ("chat.deleteScheduledMessage", "invalid_scheduled_message_id"): sent_soon,
    ("chat.postEphemeral", "user_not_in_channel"): lambda p, _, a: {**a, "user": p.bo.id},
    ("chat.postMessage", "as_user_not_supported"): with_args(as_user="1"),
    ("chat.postMessage", "no_text"): lambda _p, _m, a: {"channel": a["channel"]},
    ("chat.postMessage", "markdown_text_conflict"): with_args(markdown_text="y"),
    ("chat.scheduleMessage", "invalid_time"): with_args(post_at="noon"),
    ("chat.scheduleMessage", "msg_too_long"): with_args(blocks=[LONG] * 5),
    ("chat.scheduleMessage", "restricted_too_many"): thirty_in_five_minutes,
    ("chat.scheduleMessage", "time_in_past"): lambda p, _, a: {**a, "post_at": later(p, -10)},
    ("chat.scheduleMessage", "time_too_far"): lambda p, _, a: {**a, "post_at": later(p, 121 * 86_400)},
    ("chat.scheduledMessages.list", "invalid_channel"): channel_not_found,
    ("chat.startStream", "missing_recipient_team_id"): lambda p, _, a: {**a, "channel": p.general.id},
    ("chat.startStream", "missing_recipient_user_id"): lambda p, _, a: {
        **a,
        "channel": p.general.id,
        "recipient_team_id": "T1",
    },
    ("chat.startStream", "msg_blocks_too_long"): with_args(markdown_text="x" * 12_001),
    ("chat.startStream", "user_not_found"): lambda p, _, a: {
        **a,
        "channel": p.general.id,
        "recipient_team_id": "T1",
        "recipient_user_id": "U0NOBODY",
    },
    ("chat.stopStream", "msg_blocks_too_long"): with_args(blocks=[LONG] * 5),
    ("chat.unfurl", "cannot_find_channel"): channel_not_found,
    ("chat.unfurl", "cannot_find_message"): of_nobody,
    ("chat.unfurl", "cannot_parse_attachment"): with_args(unfurls={"https://example.com/1": 1}),
    ("chat.unfurl", "cannot_unfurl_message"): with_args(unfurls={"https://example.com/2": {"text": "Two"}}),
    ("chat.unfurl", "cannot_unfurl_url"): changed_app(unfurl_domains=["x.test"]),
    ("chat.unfurl", "invalid_source"): lambda _p, _m, a: {"unfurls": a["unfurls"], "unfurl_id": "1", "source": "x"},
    ("chat.unfurl", "invalid_unfurl_id"): lambda _p, _m, a: {
        "unfurls": a["unfurls"],
        "unfurl_id": "1",
        "source": "composer",
    },
    ("chat.unfurl", "invalid_unfurls_format"): with_args(unfurls="{"),
    ("chat.unfurl", "missing_channel"): with_args(channel=None),
    ("chat.unfurl", "missing_source"): lambda _p, _m, a: {"unfurls": a["unfurls"], "unfurl_id": "1"},
    ("chat.unfurl", "missing_ts"): with_args(ts=None),
    ("chat.unfurl", "missing_unfurl_id"): lambda _p, _m, a: {"unfurls": a["unfurls"], "source": "composer"},
    ("chat.unfurl", "missing_unfurls"): with_args(unfurls=None),
    ("chat.update", "block_mismatch"): of_lee_as_lee,
    ("chat.update", "cant_broadcast_message"): with_args(text=None, reply_broadcast="1"),
    ("chat.update", "cant_update_message"): from_lee,
    ("chat.update", "edit_window_closed"): edited_late,
    ("chat.update", "is_inactive"): lambda p, _, a: {**a, **shut_with_message(p)},
    ("chat.update", "msg_too_long"): with_args(text="x" * 4_001),
    ("chat.update", "no_dual_broadcast_content_update"): loud_reply,
    ("chat.update", "no_text"): lambda p, _, a: {
        "channel": a["channel"],
        "ts": p.done("chat.postMessage", {"channel": a["channel"], "blocks": [{"type": "divider"}]})["ts"],
        "blocks": [],
        "text": "",
    },
    ("chat.update", "streaming_state_conflict"): in_stream,
    ("conversations.acceptSharedInvite", "invite_from_same_org"): with_args(),
    ("conversations.approveSharedInvite", "approval_not_found"): with_args(),
    ("conversations.approveSharedInvite", "missing_target_team"): with_args(target_team=None),
    ("conversations.archive", "cant_archive_general"): lambda p, _, a: general(p, a),
    ("conversations.archive", "not_in_channel"): outside,
    ("conversations.canvases.create", "canvas_creation_failed"): with_args(document_content={"type": "html"}),
    ("conversations.canvases.create", "channel_canvas_already_exists"): twice("conversations.canvases.create"),
    ("conversations.canvases.create", "free_team_canvas_tab_already_exists"): lambda p, m, a: on_free_plan(
        p, m, twice("conversations.canvases.create")(p, m, a)
    ),
    ("conversations.canvases.create", "restricted_action"): outside,
    ("conversations.close", "method_not_supported_for_channel_type"): lambda p, _, a: {**a, "channel": p.general.id},
    ("conversations.create", "name_taken"): lambda p, _, a: {"name": "gone"} if closed(p, "gone") else a,
    ("conversations.externalInvitePermissions.set", "invalid_action"): with_args(action="x"),
    ("conversations.externalInvitePermissions.set", "invalid_target_team"): with_args(),
    ("conversations.invite", "already_in_channel"): lambda p, _, a: {**a, "users": p.lee.id},
    ("conversations.invite", "cant_invite_self"): lambda p, _, a: {**a, "users": p.app.bot},
    ("conversations.invite", "no_user"): with_args(users=""),
    ("conversations.invite", "ura_max_channels"): lambda p, _, a: {**a, "users": guest(p, is_ultra_restricted=True)},
    ("conversations.invite", "user_is_restricted"): lambda p, _, a: {**general(p, a), "users": guest(p)},
    ("conversations.inviteShared", "already_in_channel"): lambda p, _, a: merged(
        a, {"emails": None, "user_ids": p.lee.id}
    ),
    ("conversations.inviteShared", "cannot_share_mandatory_channel"): lambda p, _, a: general(p, a),
    ("conversations.inviteShared", "channel_archived"): archived,
    ("conversations.inviteShared", "connection_limit_exceeded_pending"): invited_already,
    ("conversations.inviteShared", "invalid_channel_type"): direct,
    ("conversations.inviteShared", "invalid_email"): with_args(emails="nobody"),
    ("conversations.inviteShared", "recipients_not_specified"): with_args(emails=None),
    ("conversations.inviteShared", "too_many_emails"): with_args(emails="a@example.org,b@example.org"),
    ("conversations.inviteShared", "user_not_found"): with_args(emails=None, user_ids="U0NOBODY"),
    ("conversations.kick", "cant_kick_from_general"): lambda p, _, a: general(p, a),
    ("conversations.kick", "cant_kick_self"): lambda p, _, a: {**a, "user": p.app.bot},
    ("conversations.kick", "not_in_channel"): lambda p, _, a: {**a, "user": p.bo.id},
    ("conversations.leave", "cant_leave_general"): lambda p, _, a: general(p, a),
    ("conversations.leave", "last_member"): general_of_one,
    ("conversations.mark", "invalid_timestamp"): with_args(ts="x"),
    ("conversations.open", "channel_not_found"): with_args(users=None, channel="D0NOWHERE"),
    ("conversations.open", "method_not_supported_for_channel_type"): lambda p, _, a: {"channel": p.general.id},
    ("conversations.open", "not_enough_users"): lambda p, _, a: {**a, "users": p.app.bot},
    ("conversations.open", "too_many_users"): lambda p, _, a: {**a, "users": ",".join(crowd_of(p, 9))},
    ("conversations.open", "user_disabled"): lambda p, _, a: {**a, "users": left(p)},
    ("conversations.open", "users_list_not_supplied"): with_args(users=None),
    ("conversations.rename", "not_authorized"): renamed_outside,
    ("conversations.replies", "thread_not_found"): with_args(ts="1.000000"),
    ("conversations.unarchive", "not_archived"): lambda p, _, a: {"channel": p.channel(p.lee)},
    ("conversations.unarchive", "not_in_channel"): with_args(),
    ("dnd.endDnd", "not_in_dnd"): twice("dnd.endDnd"),
    ("dnd.endSnooze", "snooze_end_failed"): twice("dnd.endSnooze"),
    ("dnd.setSnooze", "missing_duration"): with_args(num_minutes=None),
    ("dnd.setSnooze", "snooze_failed"): with_args(num_minutes="soon"),
    ("dnd.setSnooze", "too_long"): with_args(num_minutes="999999"),
    ("files.comments.delete", "cant_delete"): with_args(),
    ("files.completeUploadExternal", "access_denied"): lambda p, _, a: as_lee(p, a),
    ("files.completeUploadExternal", "channels_limit_exceeded"): with_args(
        channel_id=None, channels=",".join(f"C{number}" for number in range(101))
    ),
    ("files.completeUploadExternal", "invalid_blocks"): with_args(initial_comment=None, blocks=WAVES),
    ("files.completeUploadExternal", "invalid_channel"): with_args(channel_id=None, channels="C0NOWHERE"),
    ("files.completeUploadExternal", "posting_to_channel_denied"): lambda p, m, a: as_lee_in_archived(p, a),
    ("files.delete", "cant_delete_file"): file_of_lee,
    ("files.getUploadURLExternal", "alt_txt_too_large"): with_args(alt_txt="x" * 1001),
    ("files.getUploadURLExternal", "file_upload_size_restricted"): with_args(length="1000000001"),
    ("files.getUploadURLExternal", "file_uploads_disabled"): lambda p, _, a: file_types(p, "disable_all"),
    ("files.getUploadURLExternal", "file_uploads_except_images_disabled"): lambda p, _, a: file_types(
        p, "disable_all_except_images"
    ),
    ("files.getUploadURLExternal", "missing_argument"): with_args(length="0"),
    ("files.getUploadURLExternal", "snippet_too_large"): with_args(snippet_type="python", length="1000001"),
    ("files.getUploadURLExternal", "unknown_snippet_type"): with_args(snippet_type="cobol"),
    ("files.info", "not_visible"): secret_file,
    ("files.list", "unknown_type"): with_args(types="songs"),
    ("files.remote.add", "bad_title"): with_args(title="x" * 256),
    ("files.remote.add", "invalid_external_id"): with_args(external_id="x" * 256),
    ("files.remote.share", "invalid_args"): with_args(channels=""),
    ("files.remote.update", "invalid_title"): with_args(title="x" * 256),
    ("files.remote.update", "invalid_url"): with_args(external_url="example"),
    ("files.sharedPublicURL", "not_allowed"): lambda p, _, a: remote_file(p),
    ("files.upload", "method_deprecated"): with_args(),
    ("oauth.v2.exchange", "bad_client_secret"): with_args(client_secret="x"),
    ("oauth.v2.exchange", "invalid_client_id"): with_args(client_id="x"),
    ("oauth.v2.exchange", "invalid_token"): with_args(token="xoxb-none"),
    ("oauth.v2.exchange", "token_rotation_not_enabled"): with_args(),
    ("pins.add", "already_pinned"): twice("pins.add"),
    ("pins.add", "not_pinnable"): lambda p, _, a: {**a, "timestamp": joined_line(p)},
    ("pins.add", "restricted_action"): lambda p, _, a: as_lee(p, {"channel": p.archived(), "timestamp": "1.0"}),
    ("pins.add", "too_many_pins"): full("pins"),
    ("pins.remove", "no_pin"): lambda p, _, a: {**a, "timestamp": p.post()},
    ("reactions.add", "already_reacted"): twice("reactions.add"),
    ("reactions.add", "is_archived"): lambda p, _, a: as_lee(p, {**a, **shut_with_message(p, "timestamp")}),
    ("reactions.add", "too_many_emoji"): lambda p, _, a: many_reactions(p, a, 5, 10),
    ("reactions.add", "too_many_reactions"): lambda p, _, a: own_reactions(p, a),
    ("reactions.remove", "no_reaction"): lambda p, _, a: {**a, "name": "tada"},
    ("team.accessLogs", "over_pagination_limit"): with_args(page="101"),
    ("team.accessLogs", "paid_only"): on_free_plan,
    ("team.externalTeams.disconnect", "invalid_target_team"): with_args(),
    ("team.externalTeams.disconnect", "missing_argument"): with_args(target_team=None),
    ("team.info", "team_not_found"): with_args(team="T0NONE"),
    ("usergroups.create", "bad_handle"): with_args(handle="On Call"),
    ("usergroups.create", "description_too_long"): with_args(description="x" * 141),
    ("usergroups.create", "forbidden_handle"): with_args(handle="everyone"),
    ("usergroups.create", "handle_already_exists"): with_args(handle="general"),
    ("usergroups.create", "invalid_channel_provided"): with_args(channels="C0NOWHERE"),
    ("usergroups.create", "missing_subteam_name"): with_args(name=None),
    ("usergroups.create", "name_already_exists"): lambda p, _, a: {**a, "name": "oncall"} if p.group() else a,
    ("usergroups.create", "name_too_long"): with_args(name="x" * 81),
    ("usergroups.users.list", "no_such_subteam"): with_args(usergroup="S0NONE"),
    ("usergroups.users.update", "invalid_users"): with_args(users="U0NOBODY"),
    ("usergroups.users.update", "subteam_max_users_exceeded"): with_args(
        users=",".join(f"U{number}" for number in range(1001))
    ),
    ("users.list", "limit_required"): crowd,
    ("users.lookupByEmail", "users_not_found"): with_args(email="nobody@example.com"),
    ("users.profile.set", "email_taken"): lambda p, _, a: as_admin(
        p, {"user": p.bo.id, "profile": {"email": "lee@example.com"}}
    ),
    ("users.profile.set", "invalid_emoji_not_allowed"): with_args(profile={"status_emoji": ":no_such_thing:"}),
    ("users.profile.set", "invalid_profile"): with_args(profile="{"),
    ("users.profile.set", "invalid_starts_with_at"): with_args(profile={"display_name": "@lee"}),
    ("users.profile.set", "must_clear_both_status_text_and_status_emoji"): lambda p, _, a: (
        {"profile": {"status_text": ""}} if p.done("users.profile.set", a) else a
    ),
    ("users.profile.set", "name_not_allowed"): with_args(profile={"display_name": "https://example.com"}),
    ("users.profile.set", "not_admin"): lambda p, _, a: {**a, "user": p.bo.id},
    ("users.profile.set", "profile_set_failed"): lambda p, _, a: as_admin(p, {**a, "user": "U0NOBODY"}),
    ("users.profile.set", "too_long"): with_args(profile={"status_text": "x" * 101}),
    ("users.setPhoto", "bad_image"): with_args(image=b"text"),
    ("users.setPhoto", "too_large"): with_args(image=PIXEL + b"0" * 4_000_000),
    ("users.setPresence", "invalid_presence"): with_args(presence="gone"),
    ("views.publish", "not_enabled"): changed_app(home_tab=False),
    ("views.publish", "duplicate_external_id"): own_external_id,
    ("views.publish", "hash_conflict"): lambda p, m, a: {**twice(m)(p, m, a), "hash": "0.x"},
    ("views.push", "not_found"): push_without_modal,
    ("views.push", "push_limit_reached"): three_deep,
    ("views.update", "not_found"): with_args(view_id="V0NONE"),
}


def shut_with_message(place: Place, name: str = "ts") -> Json:
    """A channel that is archived, with a message of the app's."""
    made = place.channel(place.lee)
    ts = place.done("chat.postMessage", {"channel": made, "text": "x"})["ts"]
    place.lee.archives(made)
    return {"channel": made, name: ts}


def as_lee_in_archived(place: Place, args: Json) -> Json:
    """Lee's own file, for a channel that he is in and that is closed."""
    return as_lee(
        place, {**args, "files": [{"id": place.begun(token=place.tokens["user"])}], "channel_id": place.archived()}
    )


def closed(place: Place, name: str) -> bool:
    """An archived channel keeps its name."""
    made = place.sandbox.channel(name, members=[place.lee.id])["id"]
    place.lee.archives(made)
    return True


def crowd_of(place: Place, count: int) -> list[str]:
    """So many people."""
    return [place.workspace.person(f"Guest {number}").id for number in range(count)]


def guest(place: Place, **values: Any) -> str:
    """A guest who is in a channel."""
    invited = place.workspace.person("Guest", **{"is_restricted": True, **values})
    place.sandbox.channel("for-guests", members=[invited.id])
    return invited.id


def left(place: Place) -> str:
    """Somebody who is gone."""
    return place.workspace.person("Gone", deleted=True).id


def remote_file(place: Place) -> Json:
    """A file of the app's that lies elsewhere and is shown where Lee is."""
    external_id = place.remote()
    made = place.done("files.remote.share", {"external_id": external_id, "channels": place.general.id})
    return {"file": made["file"]["id"]}


def spoiler(method: str, error: str) -> Spoil:
    """What makes a call of a method be refused with an error."""
    return SPECIAL.get((method, error)) or BY_ERROR[error]
