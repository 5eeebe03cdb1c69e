"""`POST /client/act`"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_sandbox.acts.access import find_person
from slack_sandbox.browser import app_acts, uploading
from slack_sandbox.browser.acts import ACTS
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json
from slack_sandbox.strict_json import read_json

FAMILIES = (app_acts,)
"""Importing them fills ACTS."""

SENTENCES = {
    "not_in_channel": "You are not in this channel.",
    "is_archived": "This channel is archived.",
    "already_pinned": "This is pinned already.",
    "name_taken": "There is a channel of that name already.",
    "too_long": "That is too long.",
    "cant_update_message": "Only its author can edit a message.",
    "cant_delete_message": "Only its author can delete a message.",
    "invalid_name_specials": "Channel names are lower case letters, digits, hyphens and underscores.",
    "not_authorized": "Only who made the channel may rename it.",
    "cant_archive_general": "This channel cannot be archived.",
    "cant_delete_file": "Only who uploaded a file can delete it.",
    "file_not_found": "This file is not here any more.",
}


async def perform(hub: Hub, user_id: str, body: Json) -> Json:
    """Do one thing as a person and say how it went."""
    try:
        run = ACTS.get(str(body.get("do")))
        if run is None:
            raise SlackError("unknown_act", message=f"A `do` is one of {', '.join(sorted(ACTS))}.")
        return {"ok": True, **await run(hub, find_person(hub, user_id), body)}
    except SlackError as error:
        sentence = {"message": SENTENCES[error.error]} if error.error in SENTENCES else {}
        return {**sentence, **error.answer()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return {"ok": False, "error": "invalid_request", "message": str(error)}


async def acting(request: Request) -> Response:
    """One act of the person named by `as`."""
    try:
        body = read_json(await request.body())
    except ValueError:
        return JSONResponse({"ok": False, "error": "invalid_json"}, 400)
    if not isinstance(body, dict):
        return JSONResponse({"ok": False, "error": "invalid_json"}, 400)
    return JSONResponse(await perform(request.app.state.hub, str(body.get("as")), body))


ROUTES = [Route("/client/act", acting, methods=["POST"]), *uploading.ROUTES]
