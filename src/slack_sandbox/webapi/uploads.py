"""The bytes of files: sending them up, and getting them back."""

import base64

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from slack_sandbox.acts.files import is_visible, receive
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.state.file import File
from slack_sandbox.webapi.request import read_multipart
from slack_sandbox.webapi.tokens import bearer


async def upload(request: Request) -> Response:
    """`POST /upload/v1/<ticket>`: the bytes as they are, or a form with one file. `OK - <size>` when they have come."""
    hub: Hub = request.app.state.hub
    file = hub.workspace.files.get(hub.uploads.get(request.path_params["ticket"], ""))
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/form-data"):
        try:
            _, files = read_multipart(body, content_type)
        except SlackError as error:
            return PlainTextResponse(error.error, 400)
        body = next((given.content for given in files.values()), b"")
    if file is None or file.is_complete:
        return PlainTextResponse("not found", 404)
    if len(body) != file.size:
        return PlainTextResponse(f"expected {file.size} bytes, got {len(body)}", 400)
    receive(hub, file, body)
    return PlainTextResponse(f"OK - {len(body)}")


async def private(request: Request) -> Response:
    """`/files-pri/<team>-<file>/...`: with a token of somebody who may see it; others are sent to the login page."""
    hub: Hub = request.app.state.hub
    file = hub.workspace.files.get(request.path_params["place"].rpartition("-")[2])
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    try:
        caller = bearer(hub, token)
    except SlackError:
        return RedirectResponse("/", 302)
    if not caller.may("files:read") or caller.user_id not in hub.workspace.people:
        return RedirectResponse("/", 302)
    if file is None or not is_visible(hub, file, hub.workspace.people[caller.user_id]):
        return PlainTextResponse("not found", 404)
    return content_of(file)


async def seen_in_browser(request: Request) -> Response:
    """`/client/files/<file>?as=`: the same for the pages, where nobody signs in."""
    hub: Hub = request.app.state.hub
    file = hub.workspace.files.get(request.path_params["file"])
    person = hub.workspace.people.get(request.query_params.get("as", ""))
    if file is None or person is None or not is_visible(hub, file, person):
        return PlainTextResponse("not found", 404)
    return content_of(file)


async def public(request: Request) -> Response:
    """`/files-pub/<file>/...`: for everybody, once somebody has said so."""
    file = request.app.state.hub.workspace.files.get(request.path_params["file"])
    if file is None or file.is_deleted or not file.public_url_shared:
        return PlainTextResponse("not found", 404)
    return content_of(file)


def content_of(file: File) -> Response:
    """The bytes. Never as a page of ours: what was uploaded may be HTML."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(base64.b64decode(file.content), media_type=file.mimetype, headers=headers)


ROUTES = [
    Route("/upload/v1/{ticket}", upload, methods=["POST"]),
    Route("/files-pri/{place}/{name:path}", private),
    Route("/files-pub/{file}/{name:path}", public),
    Route("/client/files/{file}", seen_in_browser),
]
