"""The pages themselves, and pictures drawn from initials."""

import base64
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from slack_sandbox.hub import Hub

FOLDER = Path(__file__).parent.parent / "client"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
    )
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="12" fill="#{color}"/>'
    '<text x="32" y="42" font-family="sans-serif" font-size="28" text-anchor="middle" fill="#fff">{initials}</text>'
    "</svg>"
)


async def index(_request: Request) -> Response:
    """The chat; also under the address of a message, which it opens."""
    return _file(FOLDER / "index.html", {"Content-Security-Policy": POLICY})


async def faults(_request: Request) -> Response:
    """The page of what goes wrong."""
    return _file(FOLDER / "faults.html", {"Content-Security-Policy": POLICY})


async def asset(request: Request) -> Response:
    """A file of the chat."""
    path = (FOLDER / request.path_params["path"]).resolve()
    if not path.is_relative_to(FOLDER.resolve()):
        return PlainTextResponse("not found", 404)
    return _file(path, {})


def _file(path: Path, headers: dict[str, str]) -> Response:
    if not path.is_file():
        return PlainTextResponse("not found", 404)
    kind = TYPES.get(path.suffix, "application/octet-stream")
    return FileResponse(path, headers={"Cache-Control": "no-cache", **headers}, media_type=kind)


async def picture(request: Request) -> Response:
    """Somebody's initials on their colour."""
    hub: Hub = request.app.state.hub
    person = hub.workspace.people.get(request.path_params["owner"])
    if person is not None and person.photo:
        kind, _, content = person.photo.removeprefix("data:").partition(";base64,")
        return Response(base64.b64decode(content), media_type=kind)
    name, color = (person.shown_name, person.color) if person else (hub.workspace.team.name, "4a154b")
    initials = escape("".join(word[0] for word in name.split()[:2]).upper())
    return Response(PICTURE.format(color=color, initials=initials), media_type="image/svg+xml")


async def favicon(_request: Request) -> Response:
    """Browsers ask for it on their own."""
    return _file(FOLDER / "icon.svg", {})


ROUTES = [
    Route("/", index),
    Route("/faults", faults),
    Route("/favicon.ico", favicon),
    Route("/client-assets/{path:path}", asset),
    Route("/avatars/{owner}.svg", picture),
    Route("/archives/{channel}/{message}", index),
]
