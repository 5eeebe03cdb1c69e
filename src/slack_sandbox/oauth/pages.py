"""The two pages on which people allow an app something: to know who they are, or to be installed.

In Slack one is signed in already; here one chooses who one is.
"""

from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from slack_sandbox.hub import Hub
from slack_sandbox.oauth.grants import INSTALL, OPENID, Grant
from slack_sandbox.state.app import App
from slack_sandbox.state.person import SLACKBOT, Person

KINDS = {"/openid/connect/authorize": OPENID, "/oauth/v2/authorize": INSTALL}
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
ASKED = {
    OPENID: "wants to know who you are in {team}: your name, picture and e-mail address.",
    INSTALL: "wants to be installed in {team}.",
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<link rel="icon" href="/client-assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/client-assets/tokens.css"><link rel="stylesheet" href="/client-assets/consent.css"></head>
<body><main>{content}</main></body></html>"""


class Refused(Exception):
    """What Slack shows instead of asking: its name for what is wrong with the request."""


async def authorize(request: Request) -> Response:
    """Ask, or take the answer."""
    hub: Hub = request.app.state.hub
    asked = dict(request.query_params)
    try:
        app = _app(hub, asked)
        if request.method == "POST":
            form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
            return _answered(hub, app, KINDS[request.url.path], asked, form.get("user", ""))
        return _page(f"Allow {app.name}?", _question(hub, app, KINDS[request.url.path]))
    except Refused as error:
        what = escape(str(error))
        return _page("Something is wrong", f"<h1>Something went wrong</h1><p>Slack says: <code>{what}</code></p>", 400)


def _app(hub: Hub, asked: dict[str, str]) -> App:
    """The app that asks. Raises Refused."""
    app = hub.workspace.app_of_client(asked.get("client_id", ""))
    if app is None:
        raise Refused("invalid_client_id")
    if not _is_registered(asked.get("redirect_uri", ""), app.redirect_urls):
        raise Refused("bad_redirect_uri")
    if not _scopes(asked) and not _scopes(asked, "user_scope"):
        raise Refused("no_scopes")
    if asked.get("response_type", "code") != "code":
        raise Refused("invalid_response_type")
    return app


def _is_registered(wanted: str, registered: Iterable[str]) -> bool:
    """Slack takes what one of the app's addresses begins."""
    try:
        address = urlsplit(wanted)
    except ValueError:  # such as http://[
        return False
    for each in map(urlsplit, registered):
        folder = each.path.rstrip("/")
        is_below = address.path in {each.path, folder} or address.path.startswith(f"{folder}/")
        if (address.scheme, address.netloc) == (each.scheme, each.netloc) and is_below:
            return True
    return False


def _scopes(asked: dict[str, str], which: str = "scope") -> tuple[str, ...]:
    return tuple(asked.get(which, "").replace(",", " ").split())


def _question(hub: Hub, app: App, kind: str) -> str:
    people = [p for p in hub.workspace.people.values() if not (p.is_bot or p.deleted or p.id == SLACKBOT)]
    sentence = ASKED[kind].format(team=f"<b>{escape(hub.workspace.team.name)}</b>")
    buttons = "".join(_button(person) for person in people)
    cancel = '<p><button class="quiet" name="user" value="">Cancel</button></p>'
    return (
        f'<h1>{escape(app.name)}</h1><p>{sentence}</p><form method="post">'
        f"<fieldset><legend>Allow it as</legend>{buttons}</fieldset>{cancel}</form>"
    )


def _button(person: Person) -> str:
    picture = f'<img src="/avatars/{escape(person.id)}.svg" alt="" width="32" height="32">'
    return f'<button name="user" value="{escape(person.id)}">{picture} {escape(person.shown_name)}</button>'


def _answered(hub: Hub, app: App, kind: str, asked: dict[str, str], user_id: str) -> Response:
    """Send them back to the app with a code, or with their no."""
    person = hub.workspace.people.get(user_id)
    answer = {"error": "access_denied"}
    if person and not person.is_bot:
        grant = Grant(
            kind,
            app.id,
            person.id,
            _scopes(asked),
            user_scopes=_scopes(asked, "user_scope") if kind == INSTALL else (),
            redirect_uri=asked.get("redirect_uri", ""),
            nonce=asked.get("nonce", ""),
            challenge=asked.get("code_challenge", ""),
            challenge_method=asked.get("code_challenge_method", "plain"),
            given=hub.clock.now(),
        )
        answer = {"code": hub.grants.code_for(grant)}
    answer |= {"state": asked.get("state", "")}
    redirect_uri = asked["redirect_uri"]
    return RedirectResponse(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(answer)}", 303)


def _page(title: str, content: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(PAGE.format(title=escape(title), content=content), status, headers)


ROUTES = [Route(path, authorize, methods=["GET", "POST"]) for path in KINDS]
