"""files.*: docs.slack.dev/messaging/working-with-files"""

from collections.abc import Callable
from math import inf
from typing import Any

from slack_sandbox.acts import files as acts
from slack_sandbox.acts.access import find_channel, require_member
from slack_sandbox.acts.channels import open_direct
from slack_sandbox.acts.compose import Content, compose
from slack_sandbox.errors import SlackError, invalid_arguments
from slack_sandbox.ids import new_secret
from slack_sandbox.payloads.files import file_payload
from slack_sandbox.shapes import Json, words
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.file import File
from slack_sandbox.webapi.call import Call
from slack_sandbox.webapi.paging import numbered_page
from slack_sandbox.webapi.posting import make_draft
from slack_sandbox.webapi.registry import method

EMPTY = Content("", None, None)
MOST_CHANNELS = 100
MOST_BYTES = 1_000_000_000
SNIPPETS = words("""
    text markdown python javascript json yaml sql shell csv xml html diff log go java ruby rust
""")
KINDS: dict[str, Callable[[File], bool]] = {
    "all": lambda _: True,
    "spaces": lambda file: file.mode == "space",
    "snippets": lambda file: file.mode == "snippet",
    "images": lambda file: file.mimetype.startswith("image/"),
    "gdocs": lambda _: False,
    "zips": lambda file: file.mimetype == "application/zip",
    "pdfs": lambda file: file.mimetype == "application/pdf",
}


@method(
    "files.getUploadURLExternal",
    "files:write",
    errors="alt_txt_too_large file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled"
    " missing_argument snippet_too_large unknown_snippet_type",
)
def get_upload_url(call: Call) -> Json:
    """Where the bytes are to be sent, first step of three."""
    length = call.number("length", 0, MOST_BYTES + 1)
    filename = call.required("filename", "missing_argument")
    if not length:
        raise SlackError("missing_argument")
    if length > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    if len(call.text("alt_txt") or "") > acts.LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    snippet = call.text("snippet_type") or ""
    if snippet and snippet not in SNIPPETS:
        raise SlackError("unknown_snippet_type")
    if snippet and length > acts.LARGEST_SNIPPET:
        raise SlackError("snippet_too_large")
    file = acts.make_file(call.hub, filename, call.me, alt_txt=call.text("alt_txt") or "", snippet_type=snippet)
    try:
        acts.check_upload(call.hub, file.mimetype)
    except SlackError:
        del call.hub.workspace.files[file.id]
        raise
    file.size, file.app_id, file.mode = length, call.app.id, "snippet" if snippet else "hosted"
    ticket = new_secret(32)
    call.hub.uploads[ticket] = file.id
    return {"upload_url": f"{call.hub.base_url}/upload/v1/{ticket}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    "files:write",
    errors="access_denied channel_not_found channels_limit_exceeded file_not_found invalid_blocks invalid_channel"
    " not_in_channel posting_to_channel_denied",
    instead={
        "is_archived": "posting_to_channel_denied",
        "restricted_action": "posting_to_channel_denied",
        "messages_tab_disabled": "posting_to_channel_denied",
        "invalid_blocks_format": "invalid_blocks",
        "msg_blocks_too_long": "invalid_blocks",
        "cannot_reply_to_message": "posting_to_channel_denied",
    },
)
def complete_upload(call: Call) -> Json:
    """Say that the bytes are there, and where to show them: the last step."""
    given: Any = call.data("files")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) and "id" in each for each in given):
        raise invalid_arguments("[ERROR] missing required field: files")
    files = [_uploaded(call, str(each["id"])) for each in given]
    channels = _channels(call)
    for file, each in zip(files, given, strict=True):
        acts.complete(call.hub, file, str(each.get("title") or ""))
    if channels:
        _share(call, files, channels)
    return {"files": [file_payload(call.hub, file, shares=True) for file in files]}


def _uploaded(call: Call, file_id: str) -> File:
    file = call.hub.workspace.files.get(file_id)
    if file is None or file.is_complete or not file.content:
        raise SlackError("file_not_found")
    if file.user != call.me.id:
        raise SlackError("access_denied")
    return file


def _channels(call: Call) -> list[Channel]:
    if call.text("channel_id"):
        channels = [call.channel("channel_id")]
    else:
        references = call.names("channels") or []
        if len(references) > MOST_CHANNELS:
            raise SlackError("channels_limit_exceeded")
        channels = [_channel_or_person(call, each) for each in references]
    for channel in channels:
        require_member(channel, call.me)
        if channel.is_archived:
            raise SlackError("posting_to_channel_denied")
    return channels


def _channel_or_person(call: Call, reference: str) -> Channel:
    person = call.hub.workspace.people.get(reference)
    if person is not None:
        return open_direct(call.hub, [call.me, person])[0]
    return find_channel(call.hub, reference, call.me, "invalid_channel", by_name=False)


def _share(call: Call, files: list[File], channels: list[Channel]) -> None:
    comment, blocks = call.text("initial_comment"), call.data("blocks", "invalid_blocks")
    content = compose(call.hub, comment, None if comment else blocks) if comment or blocks else EMPTY
    for channel in channels:
        acts.share(call.hub, files, channel, call.me, make_draft(call, content))


@method("files.info", "files:read", errors="file_deleted file_not_found not_visible")
def info(call: Call) -> Json:
    """One file."""
    file = _file(call)
    if not acts.is_visible(call.hub, file, call.me):
        raise SlackError("not_visible")
    paging = {"count": 100, "total": 0, "page": 1, "pages": 0}
    answer: Json = {"file": file_payload(call.hub, file, shares=True), "comments": [], "paging": paging}
    return answer | {"response_metadata": {"next_cursor": ""}}


@method("files.list", "files:read", errors="user_not_found unknown_type")
def list_files(call: Call) -> Json:
    """The files one may see, newest first."""
    files = [f for f in call.hub.workspace.files.values() if acts.is_visible(call.hub, f, call.me)]
    if call.text("user"):
        owner = call.person()
        files = [file for file in files if file.user == owner.id]
    if call.text("channel"):
        files = [file for file in files if call.text("channel") in file.shares]
    kinds = call.names("types") or ["all"]
    if any(kind not in KINDS for kind in kinds):
        raise SlackError("unknown_type")
    since, until = call.moment("ts_from", 0), call.moment("ts_to", inf)
    files = [f for f in files if since <= f.created <= until and any(KINDS[kind](f) for kind in kinds)]
    files.sort(key=lambda file: (-file.created, file.id))
    some, paging = numbered_page(call, files)
    return {"files": [file_payload(call.hub, file) for file in some], "paging": paging}


@method("files.delete", "files:write", errors="cant_delete_file file_deleted file_not_found")
def delete(call: Call) -> Json:
    """Take an own file away."""
    file = _file(call)
    if not acts.is_visible(call.hub, file, call.me):
        raise SlackError("file_not_found")
    if file.user != call.me.id and not call.me.is_admin:
        raise SlackError("cant_delete_file")
    acts.delete_file(call.hub, file)
    return {}


@method(
    "files.sharedPublicURL",
    "files:write",
    tokens="user",
    errors="file_not_found not_allowed",
    instead={"file_deleted": "file_not_found"},
)
def share_publicly(call: Call) -> Json:
    """Let everybody in who has the address."""
    return _public(call, is_public=True)


@method("files.revokePublicURL", "files:write", errors="file_not_found", instead={"file_deleted": "file_not_found"})
def stop_sharing_publicly(call: Call) -> Json:
    """Let only the workspace in again."""
    return _public(call, is_public=False)


def _public(call: Call, *, is_public: bool) -> Json:
    file = _file(call)
    if not acts.is_visible(call.hub, file, call.me):
        raise SlackError("file_not_found")
    if is_public and file.mode == "external":
        raise SlackError("not_allowed")
    file.public_url_shared = is_public
    call.hub.touch()
    return {"file": file_payload(call.hub, file, shares=True)}


@method("files.comments.delete", "files:write", errors="cant_delete file_deleted file_not_found")
def delete_comment(call: Call) -> Json:
    """Files have no comments of their own any more, only messages in threads: there is none to delete."""
    _file(call)
    raise SlackError("cant_delete")


@method("files.upload", "files:write", errors="method_deprecated")
def upload(_call: Call) -> Json:
    """Gone since November 2025; the three steps above are instead of it."""
    raise SlackError("method_deprecated")


def _file(call: Call) -> File:
    file = call.hub.workspace.files.get(call.required("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    if file.is_deleted:
        raise SlackError("file_deleted")
    return file
