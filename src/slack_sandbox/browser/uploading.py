"""`POST /client/upload`: the bytes of a file that somebody is about to share."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_sandbox.acts import files
from slack_sandbox.acts.access import find_person
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.state.file import File
from slack_sandbox.state.person import Person

MOST_BYTES = 50_000_000
"""Slack takes a gigabyte; here all files are kept in memory."""
MOST_FILES = 10
SENTENCES = {
    "file_upload_size_restricted": "A file may have 50 MB here.",
    "file_uploads_disabled": "This workspace lets nobody upload files.",
    "file_uploads_except_images_disabled": "This workspace lets people upload pictures only.",
    "no_file_data": "This file is empty.",
}


async def uploading(request: Request) -> Response:
    """The body is the file; `as` and `name` are in the address. The file shows once a message shares it."""
    hub: Hub = request.app.state.hub
    try:
        person = find_person(hub, request.query_params.get("as", ""))
        file = _keep(hub, person, request.query_params.get("name", ""), await _body(request))
    except SlackError as error:
        sentence = {"message": SENTENCES[error.error]} if error.error in SENTENCES else {}
        return JSONResponse({**sentence, **error.answer()})
    return JSONResponse({"ok": True, "file": file.id})


async def _body(request: Request) -> bytes:
    """All of the body. Raises as soon as it is too large."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise SlackError("file_upload_size_restricted")
    return bytes(content)


def _keep(hub: Hub, person: Person, name: str, content: bytes) -> File:
    if not content:
        raise SlackError("no_file_data")
    file = files.make_file(hub, name.strip() or "file", person)
    try:
        files.check_upload(hub, file.mimetype)
    except SlackError:
        del hub.workspace.files[file.id]
        raise
    files.receive(hub, file, content)
    return file


def uploaded(hub: Hub, person: Person, ids: object) -> list[File]:
    """The files that a message is to share: sent up by this person, shown nowhere yet."""
    wanted: Json = dict.fromkeys(map(str, ids)) if isinstance(ids, list) else {}
    if len(wanted) > MOST_FILES:
        raise SlackError("too_many_files", message=f"A message has at most {MOST_FILES} files.")
    found = [hub.workspace.files.get(each) for each in wanted]
    mine = [file for file in found if file and file.user == person.id and not file.is_complete and file.content]
    if len(mine) < len(wanted):
        raise SlackError("file_not_found")
    return mine


ROUTES = [Route("/client/upload", uploading, methods=["POST"])]
