"""Files, as files.info and messages give them."""

from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.file import File

PRETTY = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "pdf": "PDF", "csv": "CSV", "json": "JSON", "text": "Plain Text"}
TYPES = {"jpeg": "jpg", "txt": "text", "log": "text", "md": "markdown", "py": "python", "js": "javascript"}


def filetype(file: File) -> str:
    """Slack's short word for what it is."""
    return file.snippet_type or TYPES.get(file.extension, file.extension) or "binary"


def file_payload(hub: Hub, file: File, *, shares: bool = False) -> Json:
    """The file object; where it is shared only in files.info and its like."""
    kind = filetype(file)
    base = f"{hub.base_url}/files-pri/{hub.workspace.team.id}-{file.id}"
    spaces = hub.workspace.channels
    shared = {kind: [c for c in file.shares if spaces[c].kind in kinds] for kind, kinds in PLACES.items()}
    external = file.mode == "external"
    payload: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": PRETTY.get(kind, kind.capitalize()),
        "user": file.user,
        "user_team": hub.workspace.team.id,
        "editable": file.mode == "snippet",
        "size": file.size,
        "mode": file.mode,
        "is_external": external,
        "external_type": "app" if external else "",
        "is_public": bool(shared["channels"]),
        "public_url_shared": file.public_url_shared,
        "display_as_bot": False,
        "username": "",
        "url_private": file.external_url or f"{base}/{file.name}",
        "permalink": f"{hub.base_url}/files/{file.user}/{file.id}/{file.name}",
        "comments_count": 0,
        "is_starred": False,
        "has_rich_preview": False,
        "file_access": "visible",
        **shared,
    }
    if external:
        payload |= {"external_id": file.external_id, "external_url": file.external_url, "app_id": file.app_id}
    else:
        public = f"{hub.base_url}/files-pub/{file.id}/{file.name}"
        payload |= {"url_private_download": f"{base}/download/{file.name}", "permalink_public": public}
    if file.alt_txt:
        payload["alt_txt"] = file.alt_txt
    return payload | ({"shares": _shares(hub, file)} if shares else {})


PLACES = {"channels": ("public",), "groups": ("private", "mpim"), "ims": ("im",)}


def _shares(hub: Hub, file: File) -> Json:
    found: Json = {}
    for channel_id, timestamps in file.shares.items():
        channel = hub.workspace.channels[channel_id]
        place = found.setdefault("public" if channel.kind == "public" else "private", {})
        messages = [channel.log.by_ts[ts] for ts in timestamps if ts in channel.log.by_ts]
        place[channel_id] = [
            {
                "reply_users": list(dict.fromkeys(reply.user for reply in channel.log.replies(message.ts))),
                "reply_users_count": len({reply.user for reply in channel.log.replies(message.ts)}),
                "reply_count": len(channel.log.replies(message.ts)),
                "ts": message.ts,
                "channel_name": channel.name,
                "team_id": hub.workspace.team.id,
                "share_user_id": message.user,
                "source": "UNKNOWN",
            }
            for message in messages
        ]
    return found
