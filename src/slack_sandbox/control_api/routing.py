"""How a function becomes an address of the control API: JSON in and out, mistakes as a sentence."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.manifest.check import BadManifest
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.strict_json import read_json

Answer = Json | list[Json] | None
Handler = Callable[[Hub, Request, Json], Awaitable[Answer]]
ROUTES: list[Route] = []


def control(path: str, http: str = "GET") -> Callable[[Handler], Handler]:
    """Offer a function under an address."""

    def register(run: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            try:
                body = read_json(await request.body() or b"{}")
                return JSONResponse(await run(request.app.state.hub, request, body))
            except BadManifest as error:
                problem = {"ok": False, "error": "invalid_manifest", "message": str(error), "errors": error.errors}
                return JSONResponse(problem, 400)
            except SlackError as error:
                return JSONResponse(error.answer(), 404 if error.error.endswith("not_found") else 400)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                return JSONResponse({"ok": False, "error": "invalid_request", "message": str(error)}, 400)

        ROUTES.append(Route(f"/control{path}", endpoint, methods=[http]))
        return run

    return register


def app_of(hub: Hub, request: Request) -> App:
    """The app an address names, by id or name."""
    wanted = request.path_params["app"]
    for app in hub.workspace.apps.values():
        if wanted in (app.id, app.name):
            return app
    raise SlackError("app_not_found", message=f"There is no app {wanted!r}.")
