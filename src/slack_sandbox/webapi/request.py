"""Reading a call: docs.slack.dev/apis/web-api#basics"""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Received:
    """Token, arguments and what Slack warns of."""

    token: str | None
    args: Json
    warnings: tuple[str, ...] = ()
    is_in_header: bool = True
    """Whether the token came in the header rather than in a form."""


async def receive(request: Request) -> Received:
    """The arguments of a form, a JSON body or, for GET, the address. A token in the address does not count."""
    authorization = request.headers.get("authorization", "")
    scheme, _, token = authorization.partition(" ")
    header_token = token.strip() if scheme.lower() == "bearer" and token else None
    query = {name: value for name, value in request.query_params.items() if name != "token"}
    if request.method == "GET":
        return Received(header_token, query)
    content_type = request.headers.get("content-type", "")
    body = await request.body()
    if content_type.startswith(JSON_TYPE):
        warnings = () if "charset" in content_type.lower() else ("missing_charset",)
        return Received(header_token, query | _json_object(body), warnings)
    if content_type.startswith("multipart/form-data"):
        args = _multipart(body, content_type)
    elif body and not content_type.startswith(FORM_TYPE):
        raise SlackError("invalid_post_type" if content_type else "missing_post_type")
    else:
        args = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    form_token = args.pop("token", None)
    return Received(header_token or form_token, query | args, is_in_header=header_token is not None)


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        value = json.loads(body)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    value.pop("token", None)
    return value


def _multipart(body: bytes, content_type: str) -> dict[str, str]:
    """The text fields of a multipart form."""
    boundary = content_type.partition("boundary=")[2].strip('"')
    args: dict[str, str] = {}
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.decode("utf-8", "replace").partition('name="')[2].partition('"')[0]
        if name and b"filename=" not in head:
            args[name] = content.decode("utf-8", "replace")
    return args
