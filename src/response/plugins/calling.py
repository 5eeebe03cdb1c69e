"""Calling a handler with what it names, or as the original called it."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from response.plugins.contexts import NAMES, ORIGINALLY, POSITIONAL
from response.plugins.errors import PluginError, place

Provided = Mapping[str, Callable[[], Any]]


@cache
def plan(function: Callable[..., Any], kind: str) -> dict[str, str]:
    """Return which provided value each parameter gets.

    A parameter gets the value of its own name. The original's positional signatures are called by position.
    Raises PluginError for a parameter that this kind of handler has no value for.
    """
    parameters = list(inspect.signature(function).parameters.values())
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    known = NAMES[kind]
    for signature in POSITIONAL[kind]:
        if is_positional(named, signature, kind):
            extra = [p for p in named[len(signature) :] if p.name in known]
            return dict(zip((p.name for p in named), signature, strict=False)) | {p.name: p.name for p in extra}
    for parameter in named:
        if parameter.name not in known and parameter.default is parameter.empty:
            raise PluginError(
                f"{place(function)}: {function.__name__}() asks for `{parameter.name}`, "
                f"which no {kind} handler gets. It may name: {', '.join(known)}."
            )
    return {p.name: as_annotated(p) for p in named if p.name in known}


def is_positional(parameters: list[inspect.Parameter], signature: tuple[str, ...], kind: str) -> bool:
    """Whether these are the original's parameters: as many required ones, and none that means something else."""
    required = [p for p in parameters if p.default is p.empty and p.name != "trigger_id"]
    if len(required) != len(signature) or any(p.kind is p.KEYWORD_ONLY for p in required):
        return False
    names = tuple(p.name for p in required)
    if names == tuple(ORIGINALLY.get(value, value) for value in signature):
        return True
    if all(name in NAMES[kind] for name in names) and not (kind == "keyword" and names[0] == "comms_channel"):
        return False  # each can be called by its name
    return all(fits(p, value, kind) for p, value in zip(required, signature, strict=True))


def fits(parameter: inspect.Parameter, value: str, kind: str) -> bool:
    """Whether a parameter may be called by position with this value: its name does not promise another one."""
    if parameter.name == "user" and value == "user_id":  # as the README's samples call it
        return "Person" not in (parameter.annotation, getattr(parameter.annotation, "__name__", None))
    return parameter.name in (value, ORIGINALLY.get(value)) or parameter.name not in NAMES[kind]


def as_annotated(parameter: inspect.Parameter) -> str:
    """Return the value's name; `user: str` is the id, `user: Person` the person."""
    if parameter.name == "user" and parameter.annotation in (str, "str"):
        return "user_id"
    return parameter.name


def call(function: Callable[..., Any], kind: str, provided: Provided) -> Any:
    """Call the handler; only what it asks for is looked up."""
    chosen = plan(function, kind)
    parameters = inspect.signature(function).parameters
    args, kwargs = [], {}
    for name, source in chosen.items():
        if parameters[name].kind is inspect.Parameter.POSITIONAL_ONLY:
            args.append(provided[source]())
        else:
            kwargs[name] = provided[source]()
    return function(*args, **kwargs)
