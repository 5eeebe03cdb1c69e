"""Slash commands: docs.slack.dev/interactivity/implementing-slash-commands."""

import re

from slack_sandbox.acts.messages import Draft, post
from slack_sandbox.announce.messages import show
from slack_sandbox.announce.views import failure_shown
from slack_sandbox.answer_urls import AnswerUrl
from slack_sandbox.errors import SlackError
from slack_sandbox.hub import Hub
from slack_sandbox.outbound.answers import give_answer
from slack_sandbox.outbound.outcome import Outcome
from slack_sandbox.outbound.parcel import Parcel
from slack_sandbox.outbound.payloads import failure_word, response_url, trigger
from slack_sandbox.payloads.channels import command_channel_name
from slack_sandbox.payloads.messages import message_payload
from slack_sandbox.shapes import Json
from slack_sandbox.state.app import App
from slack_sandbox.state.channel import Channel
from slack_sandbox.state.person import Person
from slack_sandbox.strict_json import read_json
from slack_sandbox.text.mrkdwn import as_stored, unescape

REFERENCE = re.compile(r"<([@#!])([^|>]+)(?:\|([^>]*))?>|<([^|>]+)(?:\|[^>]*)?>")


async def run_command(
    hub: Hub, person: Person, channel: Channel, name: str, text: str, *, thread_ts: str | None = None
) -> str | None:
    """Run a slash command and show what the app answers. Returns Slack's word for what went wrong, if it did."""
    app, command = _offered(hub, name)
    where = AnswerUrl(app.id, person.id, channel.id, thread_ts=thread_ts)
    form = _form(hub, app, where, command, text) | {"response_url": response_url(hub, "commands", where)}
    url = str(command.get("url") or "")
    outcome = await hub.courier.send(app, Parcel("command", form, url, channel.id))
    if outcome.failure is not None:
        word = failure_word(outcome)
        failure_shown(hub, person.id, f'{name} failed with the error "{word}"')
        return word
    _show_answer(hub, where, outcome, typed=f"{name} {text}".strip())
    return None


def _offered(hub: Hub, name: str) -> tuple[App, Json]:
    """The app installed last that has this command."""
    for app in sorted(hub.workspace.apps.values(), key=lambda app: -app.installed):
        if (command := app.command(name)) is not None:
            return app, command
    raise SlackError("unknown_command", message=f"{name} is not a command of any app here.")


def _form(hub: Hub, app: App, where: AnswerUrl, command: Json, text: str) -> Json:
    person, channel = hub.workspace.people[where.user_id], hub.workspace.channels[where.channel_id]
    escaped = bool(command.get("should_escape"))
    team = hub.workspace.team
    return {
        "token": app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": command_channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": command["command"],
        "text": as_stored(text, hub.channel_name) if escaped else plain_text(hub, text),
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "trigger_id": trigger(hub, app, person),
    }


def plain_text(hub: Hub, text: str) -> str:
    """What a person typed, when the command does not want it escaped: `@lee` instead of `<@U1>`."""

    def typed(found: re.Match[str]) -> str:
        sign, target, label, link = found.groups()
        if sign == "@" and target in hub.workspace.people:
            return "@" + hub.workspace.people[target].name
        if sign == "#" and target in hub.workspace.channels:
            return "#" + hub.workspace.channels[target].name
        return link or f"{sign}{label or target}"

    return unescape(REFERENCE.sub(typed, text))


def _show_answer(hub: Hub, where: AnswerUrl, outcome: Outcome, *, typed: str) -> None:
    body = outcome.body.strip()
    if not body:
        return
    answer = outcome.json or {"text": _plain(body)}
    if answer.get("response_type") == "in_channel":
        _echo(hub, where, typed)
    if any(answer.get(field) for field in ("text", "blocks", "attachments")):
        try:
            give_answer(hub, where, answer)
        except SlackError as error:
            failure_shown(hub, where.user_id, f'The answer of the app could not be shown: "{error.error}"')


def _plain(body: str) -> str:
    try:
        value = read_json(body)
    except ValueError:
        return body
    return value if isinstance(value, str) else ""


def _echo(hub: Hub, where: AnswerUrl, typed: str) -> None:
    """An answer for all to see is preceded by what was typed. Pages show it; no app is told."""
    channel, person = hub.workspace.channels[where.channel_id], hub.workspace.people[where.user_id]
    message = post(hub, channel, person, Draft(typed, thread_ts=where.thread_ts), quietly=True)
    show(hub, channel, "message", message_payload(hub, message))
