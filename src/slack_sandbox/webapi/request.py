"""Reading a call: docs.slack.dev/apis/web-api#basics"""

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request

from slack_sandbox.errors import SlackError
from slack_sandbox.shapes import Json, words
from slack_sandbox.strict_json import read_json
from slack_sandbox.webapi.call import Upload

JSON_TYPE = "application/json"
CHARSETS = ("", "utf-8", "utf8", "iso-8859-1")
FORM_TYPE = "application/x-www-form-urlencoded"
NAME = re.compile(r'[; ]name="([^"]*)"')
FILENAME = re.compile(r'filename="([^"]*)"')
KIND = re.compile(r"content-type:([^\r\n]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Received:
    """Token, arguments and what Slack warns of."""

    token: str | None
    args: Json
    warnings: tuple[str, ...] = ()
    files: dict[str, Upload] = field(default_factory=dict)
    is_in_header: bool = True
    """Whether the token came in the header rather than in a form."""


FORM_ONLY = words("""
    apps.uninstall auth.revoke auth.teams.list bots.info chat.getPermalink
    conversations.externalInvitePermissions.set conversations.info conversations.list conversations.members
    conversations.replies dnd.info dnd.teamInfo emoji.list
    files.getUploadURLExternal files.info files.list files.remote.add files.remote.info files.remote.list
    files.remote.remove files.remote.share files.remote.update files.upload oauth.v2.access oauth.v2.exchange
    oauth.v2.user.access openid.connect.token
    openid.connect.userInfo pins.list reactions.get reactions.list team.accessLogs team.billableInfo team.billing.info
    team.externalTeams.disconnect team.externalTeams.list team.integrationLogs team.preferences.list team.profile.get
    usergroups.list usergroups.users.list users.conversations users.deletePhoto users.getPresence users.identity
    users.info users.list users.lookupByEmail users.profile.get users.setPhoto
""")
"""Methods whose pages do not say that they take JSON: what a JSON body holds is not there for them."""


async def receive(request: Request, *, takes_json: bool = True) -> Received:
    """The arguments of a form, a JSON body or, for GET, the address. A token in the address does not count."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    header_token = secret.strip() if scheme.lower() == "bearer" and secret else None
    client = _client(secret) if scheme.lower() == "basic" else {}
    query = client | {name: value for name, value in request.query_params.items() if name != "token"}
    if request.method == "GET":
        return Received(header_token, query)
    content_type = request.headers.get("content-type", "")
    kind, charset = _media_type(content_type)
    body = await request.body()
    if charset not in CHARSETS:
        raise SlackError("invalid_charset")
    if kind == JSON_TYPE:
        warnings = () if charset else ("missing_charset",)
        args = _json_object(body)
        return Received(header_token, query | (args if takes_json else {}), warnings)
    files: dict[str, Upload] = {}
    if kind == "multipart/form-data":
        args, files = read_multipart(body, content_type)
    elif body and kind != FORM_TYPE:
        raise SlackError("invalid_post_type" if kind else "missing_post_type")
    else:
        args = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    form_token = args.pop("token", None)
    in_header = header_token is not None
    return Received(header_token or form_token, query | args, files=files, is_in_header=in_header)


def _client(basic: str) -> Json:
    """The id and secret of an app that names itself as HTTP has it, which Slack prefers for oauth.v2.access."""
    try:
        name, _, secret = base64.b64decode(basic, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


def _media_type(content_type: str) -> tuple[str, str]:
    """What a body is, and in which charset if that is said."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    named = dict(parameter.partition("=")[::2] for parameter in parameters)
    return kind, named.get("charset", "").strip('"')


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        value = read_json(body)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    value.pop("token", None)
    return value


def read_multipart(body: bytes, content_type: str) -> tuple[Json, dict[str, Upload]]:
    """The text fields and the files of a multipart form."""
    boundary = content_type.partition("boundary=")[2].partition(";")[0].strip('"')
    if not boundary:
        raise SlackError("invalid_form_data")
    args: Json = {}
    files: dict[str, Upload] = {}
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
        name, filename, kind = _described(head.decode("utf-8", "replace"))
        if filename is not None:
            files[name] = Upload(filename, kind, content)
        elif name:
            args[name] = content.decode("utf-8", "replace")
    return args, files


def _described(head: str) -> tuple[str, str | None, str]:
    """Field name, file name and content type of one part."""
    name = NAME.search(head)
    filename = FILENAME.search(head)
    kind = KIND.search(head)
    return name[1] if name else "", filename[1] if filename else None, kind[1].strip() if kind else ""
