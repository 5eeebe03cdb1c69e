"""Which tables are the record, and which are only on their way."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from response.apps import is_plugin
from response.slack.models import Delivery

Model = type[models.Model]

# Accounts with what they sign in with; sessions and tokens of other services are not theirs to take along.
ACCOUNTS = ("auth.group", "auth.user", "account.emailaddress", "socialaccount.socialaccount")

LEFT_OUT = {
    "response.gate": "Whose turn it is in Slack; it is over in a minute.",
    "response.handling": "Handlers that are at work on what Slack sent.",
    "response.heard": "What Slack said last, to know what is news; it is told again.",
    "response.hookcall": "Lifecycle handlers that are to run.",
    "response.inboundrequest": "What Slack sent in the last days.",
    "response.pulse": "When an incident was last changed; the database notes it as rows come in.",
    "response.searchdocument": "What the search has read; it reads it again.",
    "response.tally": "Counters of a running installation.",
}
"""Tables of ours that are no part of the record, each with what it holds."""

UNFINISHED = {"response.delivery": models.Q(state__in=(Delivery.State.WAITING, Delivery.State.SENDING))}
"""Rows that are on their way: they would be done twice."""


def kept() -> list[Model]:
    """Return the models of the record, plugins' too, in an order in which people come before what they did."""
    ours = [model for model in apps.get_app_config("response").get_models() if label(model) not in LEFT_OUT]
    accounts = [apps.get_model(name) for name in ACCOUNTS if apps.is_installed(app_of(name))]
    plugins = [model for app in apps.get_app_configs() if is_plugin(app) for model in app.get_models()]
    return [*accounts, *sorted(ours, key=label), *sorted(plugins, key=label)]


def app_of(name: str) -> str:
    """Return the package of an app by the label of one of its models."""
    label_of_app = name.partition(".")[0]
    return next((app.name for app in apps.get_app_configs() if app.label == label_of_app), label_of_app)


def label(model: Model) -> str:
    """Return a model's name in the file, such as "response.incident"."""
    return model._meta.label_lower


def rows(model: Model) -> models.QuerySet[Any]:
    """Return the rows of the record: past every manager, and without what is on its way."""
    found: models.QuerySet[Any] = models.QuerySet(model).order_by("pk")
    return found.exclude(UNFINISHED[label(model)]) if label(model) in UNFINISHED else found


def on_their_way() -> int:
    """Return how many rows are left out because they are on their way."""
    return sum(models.QuerySet(apps.get_model(name)).filter(which).count() for name, which in UNFINISHED.items())


def columns(model: Model) -> "Iterator[models.Field[Any, Any]]":
    """Return the fields that are stored, and not worked out by the database."""
    for field in model._meta.concrete_fields:
        if not field.primary_key and not getattr(field, "generated", False):
            yield field


def links(model: Model) -> "Iterable[models.ManyToManyField[Any, Any]]":
    """Return the many-to-many fields whose table Django made."""
    return [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]  # type: ignore[union-attr]
