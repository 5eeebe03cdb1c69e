"""The reference of what plugins build on, made from the code: names, signatures and docstrings. A missing one fails."""

import inspect
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

DECORATORS = {
    "incident_command": "command",
    "keyword_handler": "keyword",
    "event_handler": "event",
    "action_handler": "action",
    "form_opener": "form",
    "dialog_handler": "dialog",
    "headline_post_action": "headline",
    "recurring_notification": "reminder",
    "single_notification": "reminder",
    "lifecycle_handler": "hook",
}
"""The decorators, in the order of the page, and the kind of handler that each makes."""

SAID = ("Message", "Button", "Form", "TextInput", "SelectInput", "PersonInput", "CheckboxInput", "Note")
READ = ("people_in", "links_in", "words_in", "document_url", "page_url", "setting")
RECORD = {
    "Incident": "The fields are `report`, `reporter`, `lead`, `summary`, `impact`, `severity`, `max_severity`, "
    "`report_time`, `start_time` and `end_time`. `Incident.objects` has `open()` and `create_incident()`.",
    "Person": "The fields are `external_id` (their id in Slack), `display_name`, `full_name`, `email`, `timezone`, "
    "`is_bot` and `deleted`. `str(person)` is their name; until Slack has told it, their id. "
    "`Person.objects.known_as(id)` is the person with a Slack id.",
    "Action": "The fields are `details`, `user` (whose it is), `done`, `due_date`, `priority` and `type`.",
    "TimelineEvent": "The fields are `timestamp`, `text`, `event_type`, `author`, `via`, `on_timeline` and `metadata`.",
}
KIT = ("Company", "Clock", "Actor", "Message", "Form", "Shown", "Sandbox")
ORIGINAL = {
    "response.core.models": ("Action", "ExternalUser", "Incident", "TimelineEvent", "add_incident_update_event"),
    "response.slack.models": ("CommsChannel", "HeadlinePost", "PinnedMessage", "UserStats"),
    "response.slack.decorators": None,
    "response.slack.block_kit": None,
    "response.slack.dialog_builder": None,
    "response.slack.client": ("SlackClient", "SlackError"),
    "response.slack.cache": None,
    "response.slack.reference_utils": None,
}
"""The original's modules, and which of their names it had; None for all that ours export."""


def page() -> str:
    """Return docs/reference/plugins.md."""
    from response.plugins.arguments import MOMENTS
    from response.slack.manifest import BOT_EVENTS

    plugins = import_module("response.plugins")
    lines = ["# Plugins", "", *INTRODUCTION, "", "## Decorators", ""]
    for name, kind in DECORATORS.items():
        lines += decorator(name, kind, getattr(plugins, name))
    lines += ["## The check of a form", "", *names_of("check"), ""]
    lines += ["## Moments", "", "Of `@lifecycle_handler`:", "", "| Moment | When |", "|---|---|"]
    lines += [f'| `"{moment}"` | {when}. |' for moment, when in MOMENTS.items()]
    lines += ["", "## Events", "", "What Response's app is subscribed to, and uses itself:", ""]
    lines += [f"- `{event}`: {reason}" for event, reason in BOT_EVENTS.items()]
    lines += [
        "",
        "`message.channels` is for handlers of `message`. Any other of",
        "[Slack's events](https://docs.slack.dev/reference/events) comes once the app is subscribed to it.",
    ]
    lines += ["", "## Messages and forms", ""]
    for name in SAID:
        lines += entry(name, getattr(plugins, name))
    lines += ["## The chat", "", *entry("Chat", plugins.Chat, with_signature=False), *methods(plugins.Chat), ""]
    lines += ["## Further functions", ""]
    for name in READ:
        lines += entry(name, getattr(plugins, name))
    return "\n".join([*lines, *record(), *of_pages(), *testing(), *original()]) + "\n"


INTRODUCTION = [
    "What plugins may rely on: what `response.plugins` exports, and the parts of `response.core` below. The",
    "[how-tos](../howto/README.md) explain it piece by piece; this page is made from the code.",
    "",
    "A handler is called with what it names: each parameter gets the value of its name, and no more is looked up. It",
    "runs in one transaction, which is undone when it raises. `UserError` is told to the person; `TemporaryError` has",
    "it run again a little later; anything else is told with a reference that is in the log. After `HANDLER_TIMEOUT`",
    "it is stopped. Each decorator takes `func` to register a function without decorating it.",
    "",
    "People from outside are turned away before a command, keyword, button or form of theirs reaches a handler.",
    "Handlers of events take note of what anybody does.",
]


def decorator(name: str, kind: str, function: Callable[..., Any]) -> list[str]:
    """Return what the page says of one decorator."""
    return [f"### `@{name}{signature(function)}`", "", documented(name, function), "", *names_of(kind), ""]


def names_of(kind: str) -> list[str]:
    """Return what a kind of handler may name and return."""
    from response.plugins.contexts import NAMES
    from response.plugins.meanings import RETURNS, about

    rows = [f"| `{name}` | {about(kind, name)} |" for name in NAMES[kind]]
    return ["| It may name | What that is |", "|---|---|", *rows, "", f"It returns {RETURNS[kind]}"]


def entry(name: str, thing: Any, *, with_signature: bool = True) -> list[str]:
    """Return a class or function with its docstring."""
    shown = f"{name}{signature(thing)}" if with_signature else name
    return [f"### `{shown}`", "", documented(name, thing), ""]


def methods(owner: type) -> list[str]:
    """Return the public methods and properties of a class, one a line, but for those of other people's classes."""
    lines = []
    for name, member in members(owner):
        shown = name if isinstance(member, property) else f"{name}{signature(member, skip=1)}"
        lines.append(f"- `{shown}`: {documented(f'{owner.__name__}.{name}', member)}")
    return lines


def members(owner: type) -> Iterable[tuple[str, Any]]:
    """Yield the public methods and properties that are defined in our code, in the order in which they stand there."""
    for base in owner.__mro__:
        if base.__module__.partition(".")[0] in {"response", "slack_sandbox"}:
            for name, member in vars(base).items():
                if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
                    yield name, member


def signature(thing: Any, *, skip: int = 0) -> str:
    """Return the parameters with their defaults, without types."""
    shown = []
    for parameter in list(inspect.signature(thing).parameters.values())[skip:]:
        bare = parameter.replace(annotation=inspect.Parameter.empty)
        if parameter.kind is parameter.KEYWORD_ONLY and not any("*" in each for each in shown):
            shown.append("*")
        shown.append(str(bare))
    return f"({', '.join(shown)})".replace("=<factory>", "=()")


def documented(name: str, thing: Any) -> str:
    """Return the docstring as a paragraph. Raises AssertionError when there is none: everything here has one."""
    text = inspect.getdoc(thing) if not inspect.isclass(thing) else thing.__doc__ and inspect.cleandoc(thing.__doc__)
    assert text, f"{name} has no docstring"
    assert not text.startswith(f"{name}("), f"{name} has no docstring of its own"
    return " ".join(text.split())


def record() -> list[str]:
    """Return the section on the record: its tables, and the verbs that change it."""
    models, actions, errors = (import_module(f"response.core.{name}") for name in ("models", "actions", "errors"))
    severity = import_module("response.core.severity")
    lines = [
        "## The record",
        "",
        "From `response.core.models`. Times are aware UTC; `response.core.clock.now()` is now.",
    ]
    lines += ["Texts are kept as they came. Saving an incident leaves its trace, with who is acting.", ""]
    for name, fields in RECORD.items():
        model = getattr(models, name)
        unknown = set(re.findall(r"`(\w+)`", fields)) - {field.name for field in model._meta.get_fields()}
        assert not unknown, f"{name} has no {unknown}"
        known = [
            each for each in methods(model) if not each.startswith(("- `save", "- `delete", "- `from_db", "- `refresh"))
        ]
        lines += [f"### `{name}`", "", documented(name, model), fields, "", *known, *([""] if known else [])]
    lines += ["### `response.core.severity.Severity`", "", documented("Severity", severity.Severity), ""]
    lines += [f"- `Severity.{level.name}`: {level.label}, stored as `{level.value}`" for level in severity.Severity]
    lines += [f"- `Severity.parse(text)`: {documented('parse', severity.Severity.parse)}", ""]
    lines += [
        "### `response.core.actions`",
        "",
        "The verbs. `by` is the Person on whose behalf; each is one transaction.",
        "",
    ]
    lines += [
        f"- `{name}{signature(verb)}`: {documented(name, verb)}"
        for name, verb in vars(actions).items()
        if inspect.isfunction(verb) and verb.__module__ == actions.__name__ and name not in {"latest", "note_of_entry"}
    ]
    lines += ["", "### `response.core.errors`", ""]
    for name in ("UserError", "TemporaryError", "PermanentError"):
        error = getattr(errors, name)
        lines.append(
            f"- `{name}{signature(error) if '__init__' in vars(error) else '(message)'}`: {documented(name, error)}"
        )
    return [*lines, ""]


def of_pages() -> list[str]:
    """Return the section on pages and who may open them."""
    pages, access = import_module("response.plugins.pages"), import_module("response.core.access")
    source = inspect.getsource(pages)
    lines = ["## Pages", "", documented("response.plugins.pages", pages), ""]
    for name in sorted(name for name in vars(pages) if name.startswith(("for_", "opens_"))):
        thing = getattr(pages, name)
        said = re.search(rf'^{name} = .*\n"""(.+)"""$', source, re.MULTILINE)
        about = said[1] if said else documented(name, thing)
        lines.append(f"- `@{name}{signature(thing) if name == thing.__name__ else ''}`: {about}")
    lines += ["", "### `response.core.access`", "", documented("response.core.access", access), ""]
    lines += [f"- `Role.{role.name}`" for role in access.Role]
    lines.append(f"- `Visitor{signature(access.Visitor)}`: {documented('Visitor', access.Visitor)}")
    lines += [
        f"- `{name}{signature(rule)}`: {documented(name, rule)}"
        for name, rule in vars(access).items()
        if name.startswith(("may_", "visible_", "is_outside"))
    ]
    return [*lines, ""]


def testing() -> list[str]:
    """Return the section on the testing kit."""
    kit = import_module("response.plugins.testing")
    fixtures = {
        name: thing for name, thing in vars(kit).items() if name in kit.__all__ and hasattr(thing, "__wrapped__")
    }
    lines = ["## The testing kit", "", "From `response.plugins.testing`; [how to use it](../howto/test-a-plugin.md)."]
    lines += ["", "### Fixtures", ""]
    lines += [f"- `{name}`: {documented(name, fixture.__wrapped__)}" for name, fixture in fixtures.items()]
    lines += ["", "### Functions", ""]
    lines += [
        f"- `{name}{signature(getattr(kit, name))}`: {documented(name, getattr(kit, name))}"
        for name in ("reactions", "wait_for")
    ]
    lines += ["", "`LoadPlugin` is the type of the fixture `plugin`, `Room` a channel: `room.id`, `room.name`.", ""]
    for name in KIT:
        owner = getattr(kit, name)
        fields = [f"`{field}`" for field in getattr(owner, "__dataclass_fields__", {})]
        lines += [
            f"### `{name}`",
            "",
            documented(name, owner),
            *([f"It has {', '.join(fields)}."] if fields else []),
            "",
        ]
        lines += [*methods(owner), ""]
    return lines


def original() -> list[str]:
    """Return the section on the names that are kept for plugins written for the original."""
    from response.plugins.contexts import POSITIONAL

    lines = ["## The original's names", "", "Kept for [plugins that were written for it](../howto/old-plugins.md).", ""]
    lines += ["| Import from | Names |", "|---|---|"]
    for module, names in ORIGINAL.items():
        shown = names or import_module(module).__all__
        missing = [name for name in shown if not hasattr(import_module(module), name)]
        assert not missing, f"{module} has no {missing}"
        lines.append(f"| `{module}` | {', '.join(f'`{name}`' for name in shown)} |")
    lines += [
        "",
        "A handler with the original's parameters is called by position:",
        "",
        "| Kind | Parameters |",
        "|---|---|",
    ]
    for kind, signatures in POSITIONAL.items():
        lines += [f"| {kind} | `{', '.join(names)}` |" for names in signatures]
    client = import_module("response.slack.client").SlackClient
    lines += ["", "### `settings.SLACK_CLIENT`", "", documented("SlackClient", client), "", *methods(client), ""]
    lines += ["`settings.INCIDENT_CHANNEL_ID` and `settings.INCIDENT_BOT_ID` are looked up when they are used."]
    return lines
