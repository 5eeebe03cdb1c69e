"""Reading: boot, history, threads, members, search."""

from bisect import bisect_left
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_sandbox.acts.access import find_channel, find_person
from slack_sandbox.announce.messages import ephemeral_payload
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.payloads.pages import page_channel, page_commands, page_person, page_shortcuts
from slack_sandbox.payloads.views import view_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.message import Message
from slack_sandbox.state.person import SLACKBOT, Person
from slack_sandbox.text.emoji import table

MOST_FOUND = 50
MOST_THREADS = 30
LAST_REPLIES = 2
Reader = Callable[[Hub, Person, Request], Json]


def boot(hub: Hub, me: Person, request: Request) -> Json:
    """Everything a page needs to start."""
    space = hub.workspace
    address = request.client.host if request.client else ""
    space.note_login(me, address, request.headers.get("user-agent", ""), int(hub.clock.now()))
    team = {"id": space.team.id, "name": space.team.name, "domain": space.team.domain}
    return {
        "team": team,
        "me": page_person(hub, me),
        "people": [page_person(hub, person) for person in space.people.values()],
        "channels": [page_channel(c, me.id) for c in space.channels.values() if c.is_visible_to(me.id)],
        "commands": page_commands(hub),
        "shortcuts": page_shortcuts(hub),
        "views": [view_payload(hub, view, state=view.values) for view in space.stack(me.id)],
        "homes": _homes(hub, me),
        "usergroups": [_group(group) for group in space.usergroups.values() if not group["date_delete"]],
        "emoji": table() | _aliases(space.emoji),
        "now": hub.clock.now(),
    }


def _aliases(custom: dict[str, str]) -> dict[str, str]:
    """Other names for usual emoji; pictures of other hosts are not loaded here."""
    targets = {name: table().get(target.removeprefix("alias:")) for name, target in custom.items()}
    return {name: character for name, character in targets.items() if character}


def _group(group: Json) -> Json:
    return {name: group[name] for name in ("id", "name", "handle", "users")}


def _homes(hub: Hub, me: Person) -> list[Json]:
    views = {app_id: hub.workspace.homes.get(f"{app_id}/{me.id}") for app_id in hub.workspace.apps}
    return [
        {"app_id": app_id, "view": view_payload(hub, hub.workspace.views[view_id])}
        for app_id, view_id in views.items()
        if view_id
    ]


def history(hub: Hub, me: Person, request: Request) -> Json:
    """A channel's newest messages, oldest first, with what was shown to this person alone."""
    channel = _channel(hub, me, request)
    limit = int(request.query_params.get("limit", "50"))
    before = request.query_params.get("before", "")
    earlier = channel.log.roots[: bisect_left(channel.log.roots, before)] if before else channel.log.roots
    some = earlier[-limit:]
    has_more = len(earlier) > len(some)
    oldest = some[0] if has_more and some else ""
    own = [m for m in channel.ephemerals if _is_for(m, me) and oldest <= m.ts and (not before or m.ts < before)]
    shown = [_shown(hub, channel.log.by_ts[ts]) for ts in some] + [ephemeral_payload(hub, m) for m in own]
    return {"messages": sorted(shown, key=lambda message: str(message["ts"])), "has_more": has_more}


def replies(hub: Hub, me: Person, request: Request) -> Json:
    """A thread, parent first."""
    channel = _channel(hub, me, request)
    parent = channel.log.get(request.query_params.get("ts", ""))
    if parent is None:
        raise SlackError("thread_not_found")
    own = [m for m in channel.ephemerals if m.ephemeral_to == me.id and m.thread_ts == parent.ts]
    shown = [_shown(hub, m) for m in channel.log.replies(parent.ts)] + [ephemeral_payload(hub, m) for m in own]
    return {"messages": [_shown(hub, parent), *sorted(shown, key=lambda message: str(message["ts"]))]}


def threads(hub: Hub, me: Person, _request: Request) -> Json:
    """The threads one has a part in, newest reply first: each with its parent and its last replies."""
    found = [
        (channel, ts, replies)
        for channel in hub.workspace.channels.values()
        if me.id in channel.members
        for ts, replies in channel.log.threads.items()
        if ts in channel.log.by_ts and _has_part(channel, me, [ts, *replies])
    ]
    found.sort(key=lambda each: each[2][-1], reverse=True)
    return {"threads": [_thread(hub, *each) for each in found[:MOST_THREADS]]}


def _has_part(channel: Channel, me: Person, timestamps: list[str]) -> bool:
    if any(channel.log.by_ts[ts].user == me.id for ts in timestamps):
        return True
    return not set(channel.mentions.get(me.id, ())).isdisjoint(timestamps)


def _thread(hub: Hub, channel: Channel, ts: str, replies: list[str]) -> Json:
    last = [_shown(hub, channel.log.by_ts[each]) for each in replies[-LAST_REPLIES:]]
    return {"root": _shown(hub, channel.log.by_ts[ts]), "replies": last}


def members(hub: Hub, me: Person, request: Request) -> Json:
    """Who is in a channel."""
    return {"members": list(_channel(hub, me, request).members)}


def search(hub: Hub, me: Person, request: Request) -> Json:
    """Messages of a channel, or of all one is in, that contain some words; newest first."""
    words = request.query_params.get("q", "").casefold().split()
    if request.query_params.get("channel"):
        channels = [_channel(hub, me, request)]
    else:
        channels = [channel for channel in hub.workspace.channels.values() if me.id in channel.members]
    hits = [m for c in channels for m in c.log if words and all(w in m.text.casefold() for w in words)]
    hits.sort(key=lambda message: message.ts, reverse=True)
    return {"messages": [_shown(hub, message) for message in hits[:MOST_FOUND]]}


def _channel(hub: Hub, me: Person, request: Request) -> Channel:
    return find_channel(hub, request.query_params.get("channel", ""), me)


def _is_for(message: Message, me: Person) -> bool:
    return message.ephemeral_to == me.id and not message.is_reply


def _shown(hub: Hub, message: Message) -> Json:
    return {**message_payload(hub, message), "channel": message.channel}


def _reader(hub: Hub, user_id: str, *, anybody: bool) -> Person:
    """The person of `as`; a page that starts without one is given the first there is."""
    if not user_id and anybody:
        user_id = next((p.id for p in hub.workspace.people.values() if p.app_id is None and p.id != SLACKBOT), "")
    return find_person(hub, user_id)


def _route(path: str, read: Reader) -> Route:
    async def endpoint(request: Request) -> Response:
        hub: Hub = request.app.state.hub
        try:
            me = _reader(hub, request.query_params.get("as", ""), anybody=read is boot)
            return JSONResponse(read(hub, me, request))
        except SlackError as error:
            return JSONResponse(error.answer(), 404)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_arguments"}, 400)

    return Route(path, endpoint)


ROUTES = [
    _route("/client/boot", boot),
    _route("/client/history", history),
    _route("/client/replies", replies),
    _route("/client/threads", threads),
    _route("/client/members", members),
    _route("/client/search", search),
]
