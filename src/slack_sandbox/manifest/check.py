"""Whether Slack would take a manifest: its form, and whether its parts fit together."""

from collections.abc import Callable
from typing import Any

import yaml

from slack_sandbox.blocks.rules import Findings
from slack_sandbox.manifest.names import BOT_SCOPES, EVENTS, USER_SCOPES
from slack_sandbox.manifest.shape import look_at_shape
from slack_sandbox.shapes import Json
from slack_sandbox.strict_json import check_depth, read_json


class BadManifest(ValueError):
    """A manifest that Slack would not take. `errors` are `{message, pointer}`."""

    def __init__(self, errors: list[Json]) -> None:
        super().__init__("; ".join(f"{each['message']} ({each['pointer'] or '/'})" for each in errors))
        self.errors = errors


def read(source: str | Json) -> Json:
    """A manifest of YAML or JSON text, checked. Raises BadManifest with everything that is wrong."""
    manifest: Any = _parsed(source) if isinstance(source, str) else source
    if not isinstance(manifest, dict):
        raise BadManifest([{"message": "must provide an object", "pointer": ""}])
    if errors := problems(manifest):
        raise BadManifest(errors)
    return manifest


def _parsed(source: str) -> Any:
    try:
        if source.lstrip().startswith("{"):
            return read_json(source)
        manifest = yaml.safe_load(source)
        check_depth(manifest)  # an anchor may hold itself
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise BadManifest([{"message": f"Unable to parse the manifest: {error}", "pointer": ""}]) from error
    return manifest


def problems(manifest: Json) -> list[Json]:
    """What is wrong with a manifest, as apps.manifest.validate says it."""
    found = look_at_shape(manifest)
    if not found.problems:
        for look in LOOKS:
            look(manifest, found)
    return [{"message": problem, "pointer": at} for problem, at in found.problems]


def part(manifest: Json, *path: str) -> Any:
    """What lies under a path; an empty object where there is nothing."""
    value: Any = manifest
    for name in path:
        value = (value or {}).get(name)
    return value if value is not None else {}


def _scopes(manifest: Json, found: Findings) -> None:
    for kind, known in (("bot", BOT_SCOPES), ("user", USER_SCOPES)):
        for list_name in (kind, f"{kind}_optional"):
            for index, scope in enumerate(part(manifest, "oauth_config", "scopes", list_name)):
                if scope not in known and not scope.startswith("admin."):
                    found.add(f"Invalid {kind} scope: {scope}", f"/oauth_config/scopes/{list_name}/{index}")


def _bot_user(manifest: Json, found: Findings) -> None:
    if part(manifest, "oauth_config", "scopes", "bot") and not part(manifest, "features", "bot_user"):
        found.add("Bot scopes require a bot user", "/features/bot_user")


def _events(manifest: Json, found: Findings) -> None:
    at = "/settings/event_subscriptions"
    subscriptions = part(manifest, "settings", "event_subscriptions")
    for name in ("bot_events", "user_events"):
        for index, event in enumerate(subscriptions.get(name) or ()):
            if event not in EVENTS:
                found.add(f"Invalid event name: {event}", f"{at}/{name}/{index}")
    wanted = subscriptions.get("bot_events") or subscriptions.get("user_events")
    if wanted and not subscriptions.get("request_url") and not _has_socket(manifest):
        found.add("Event Subscription requires either Request URL or Socket Mode Enabled", at)


def _interactivity(manifest: Json, found: Findings) -> None:
    interactivity = part(manifest, "settings", "interactivity")
    at = "/settings/interactivity"
    if interactivity.get("is_enabled") and not interactivity.get("request_url") and not _has_socket(manifest):
        found.add("Interactivity requires either Request URL or Socket Mode Enabled", at)
    if part(manifest, "features", "shortcuts") and not interactivity.get("is_enabled"):
        found.add("Shortcuts require interactivity", "/features/shortcuts")


def _commands(manifest: Json, found: Findings) -> None:
    seen: set[str] = set()
    for index, command in enumerate(part(manifest, "features", "slash_commands")):
        at = f"/features/slash_commands/{index}"
        if not command.get("url") and not _has_socket(manifest):
            found.add("Slash commands require a Request URL unless Socket Mode is enabled", f"{at}/url")
        if any(letter.isspace() or letter.isupper() for letter in command["command"]):
            found.add("Slash commands are lower case and have no spaces", f"{at}/command")
        if command["command"] in seen:
            found.add(f"Duplicate slash command: {command['command']}", f"{at}/command")
        seen.add(command["command"])
    if seen and "commands" not in part(manifest, "oauth_config", "scopes", "bot"):
        found.add("Slash commands require the bot scope commands", "/oauth_config/scopes/bot")


def _shortcuts(manifest: Json, found: Findings) -> None:
    shortcuts = part(manifest, "features", "shortcuts") or []
    ids = [shortcut["callback_id"] for shortcut in shortcuts]
    for index, callback_id in enumerate(ids):
        if ids.index(callback_id) < index:
            found.add(f"Duplicate callback_id: {callback_id}", f"/features/shortcuts/{index}/callback_id")
    if ids and "commands" not in part(manifest, "oauth_config", "scopes", "bot"):
        found.add("Shortcuts require the bot scope commands", "/oauth_config/scopes/bot")


def _unfurling(manifest: Json, found: Findings) -> None:
    scopes = part(manifest, "oauth_config", "scopes", "bot") or []
    if part(manifest, "features", "unfurl_domains") and "links:read" not in scopes:
        found.add("Unfurl domains require the bot scope links:read", "/features/unfurl_domains")


def _has_socket(manifest: Json) -> bool:
    return bool(part(manifest, "settings").get("socket_mode_enabled"))


LOOKS: tuple[Callable[[Json, Findings], None], ...] = (
    _scopes,
    _bot_user,
    _events,
    _interactivity,
    _commands,
    _shortcuts,
    _unfurling,
)
"""What the form alone does not say."""
