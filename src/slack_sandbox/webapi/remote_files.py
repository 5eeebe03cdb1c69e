"""files.remote.*: files that lie elsewhere."""

from slack_sandbox.acts import files as acts
from slack_sandbox.acts.access import find_channel, require_member
from slack_sandbox.acts.messages import Draft
from slack_sandbox.announce.files import file_event
from slack_sandbox.errors import SlackError
from slack_sandbox.payloads.files import file_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.file import File
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import page
from slack_sandbox.webapi.registry import method

LONGEST_ID = 255
LONGEST_TITLE = 255


@method(
    "files.remote.add",
    "remote_files:write",
    tokens="bot",
    errors="bad_title invalid_external_id",
)
def add(call: Call) -> Json:
    """Make a file known, or change the one of this external id."""
    external_id, url, title = call.required("external_id"), call.required("external_url"), call.required("title")
    if len(external_id) > LONGEST_ID:
        raise SlackError("invalid_external_id")
    if len(title) > LONGEST_TITLE:
        raise SlackError("bad_title")
    known = next((file for file in _own(call) if file.external_id == external_id), None)
    file = known or acts.make_file(call.hub, title, call.me, mode="external", app_id=call.app.id)
    file.external_id, file.external_url, file.title = external_id, url, title
    file.snippet_type = call.text("filetype") or ""
    if known is None:
        acts.complete(call.hub, file, title)
    return {"file": file_payload(call.hub, file)}


@method(
    "files.remote.info",
    "remote_files:read",
    errors="file_not_found invalid_args too_many_ids",
)
def info(call: Call) -> Json:
    """One of them."""
    return {"file": file_payload(call.hub, _find(call), shares=True)}


@method("files.remote.list", "remote_files:read", errors="invalid_cursor")
def list_remote(call: Call) -> Json:
    """All of them, or those in a channel."""
    files = [file for file in _own(call) if call.text("channel") in (None, *file.shares)]
    limit = call.number("limit", 100, 1000)
    some, cursor = page(files, lambda file: file.id, cursor=call.text("cursor"), limit=limit, kind="file")
    return {"files": [file_payload(call.hub, f) for f in some], "response_metadata": {"next_cursor": cursor}}


@method(
    "files.remote.update",
    "remote_files:write",
    tokens="bot",
    errors="file_not_found invalid_title invalid_url",
    instead={"too_many_ids": "file_not_found", "invalid_args": "file_not_found"},
)
def update(call: Call) -> Json:
    """Give one another title or address."""
    file = _find(call)
    title, url = call.text("title"), call.text("external_url")
    if title is not None and len(title) > LONGEST_TITLE:
        raise SlackError("invalid_title")
    if url is not None and "://" not in url:
        raise SlackError("invalid_url")
    file.title, file.external_url = title or file.title, url or file.external_url
    file_event(call.hub, "file_change", file)
    return {"file": file_payload(call.hub, file)}


@method(
    "files.remote.share",
    "remote_files:share",
    errors="channel_not_found file_not_found invalid_args not_in_channel",
    instead={"too_many_ids": "invalid_args", "is_archived": "channel_not_found"},
)
def share(call: Call) -> Json:
    """Show one in channels."""
    file = _find(call)
    references = call.names("channels")
    if not references:
        raise SlackError("invalid_args")
    channels = [find_channel(call.hub, each, call.me, by_name=False) for each in references]
    for channel in channels:
        require_member(channel, call.me)
    for channel in channels:
        acts.share(call.hub, [file], channel, call.me, Draft(via=call.app))
    return {"file": file_payload(call.hub, file, shares=True)}


@method(
    "files.remote.remove",
    "remote_files:write",
    tokens="bot",
    errors="file_not_found invalid_args too_many_ids",
)
def remove(call: Call) -> Json:
    """Forget one."""
    acts.delete_file(call.hub, _find(call))
    return {}


def _own(call: Call) -> list[File]:
    files = call.hub.workspace.files.values()
    return [file for file in files if file.mode == "external" and file.app_id == call.app.id and not file.is_deleted]


def _find(call: Call) -> File:
    file_id, external_id = call.text("file"), call.text("external_id")
    if file_id and external_id:
        raise SlackError("too_many_ids")
    if not file_id and not external_id:
        raise SlackError("invalid_args")
    for file in _own(call):
        if file_id == file.id or (external_id and external_id == file.external_id):
            return file
    raise SlackError("file_not_found")
