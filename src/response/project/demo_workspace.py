"""The demo's workspace: a few people, two channels, the app, and one incident of yesterday to look at.

Run as a module by `demo.py`, with the sandbox and the worker up. Everything goes the way it goes in a real
workspace: the incident through the record, its channel through the outbox, its timeline through pins.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import django
import httpx

from slack_sandbox.control import Refused, Sandbox, wait_for

PATIENCE = 30.0

PEOPLE: dict[str, dict[str, Any]] = {
    "rae": {"real_name": "Rae Okafor", "title": "Support lead", "email": "rae@example.com", "tz": "Europe/London"},
    "lee": {"real_name": "Lee Sandoval", "title": "Payments engineer", "email": "lee@example.com"},
    "bo": {"real_name": "Bo Lindqvist", "title": "Platform engineer", "email": "bo@example.com"},
    "oz": {"real_name": "Oz Tanaka", "title": "Contractor, design", "email": "oz@example.com", "is_restricted": True},
}
# Minutes after the start, who, what, and whether it was pinned.
CONVERSATION = [
    (4, "rae", "About one card in five is declined at checkout, for some minutes now. Invoices are fine.", True),
    (9, "lee", "Our provider answers 504 from one of its two regions. Their status page says nothing yet.", True),
    (15, "bo", "I can take that region out of rotation: the other one has the capacity.", False),
    (21, "bo", "Done: all card traffic goes through the healthy region now.", True),
    (34, "rae", "No new complaints for ten minutes :tada:", False),
    (
        52,
        "lee",
        "The provider has found a bad certificate on their side. Error rate has been zero for half an hour.",
        True,
    ),
]


def main() -> None:
    """Prepare what is not there yet. Doing it again changes nothing but addresses."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from response.core.models import Incident  # noqa: PLC0415

    with Sandbox(settings.SLACK_API_URL.removesuffix("/api/")) as sandbox:
        wait_for(sandbox.is_up, timeout=PATIENCE)
        if not any(person["name"] == "rae" for person in sandbox.people()):
            furnish(sandbox)
        install(sandbox)
        get_to_know(sandbox)
        if not Incident.objects.exists():
            remember_yesterday(sandbox)
        sandbox.settings(limits="slack")


def furnish(sandbox: Sandbox) -> None:
    """Bring in people and channels. Rae is URAE, Lee ULEE and so on, as in the how-tos and in tests of plugins."""
    sandbox.team(name="Acme", domain="acme")
    for name, profile in PEOPLE.items():
        sandbox.person(name, id=f"U{name.upper()}", display_name=name, **profile)
    inside = ["rae", "lee", "bo"]
    sandbox.channel("general", members=[*inside, "oz"], is_general=True, topic="Company-wide")
    sandbox.channel("incidents", members=inside, topic="One post for each incident")


def install(sandbox: Sandbox) -> None:
    """Install the app, or change the addresses it is reached at."""
    from django.conf import settings  # noqa: PLC0415

    from response.slack import manifest  # noqa: PLC0415

    # The sandbox calls the port directly: `localhost` may mean an IPv6 address first, which nobody listens on.
    base = f"http://127.0.0.1:{urlsplit(settings.SITE_URL).port}"
    sandbox.install(
        manifest.app_manifest(bot_name=settings.INCIDENT_BOT_NAME, address=base),
        bot_token=settings.SLACK_TOKEN,
        signing_secret=settings.SLACK_SIGNING_SECRETS[0],
        client_id=settings.SLACK_CLIENT_ID,
        client_secret=settings.SLACK_CLIENT_SECRET,
        redirect_urls=[settings.SITE_URL + manifest.SIGN_IN_PATH],
        icon_emoji=":fire_engine:",
        channels=["incidents"],
    )


def get_to_know(sandbox: Sandbox) -> None:
    """Know everybody, so that one can sign in as anybody. Bo runs Response, too."""
    from response.accounts.linking import account_of  # noqa: PLC0415
    from response.slack import people  # noqa: PLC0415

    for each in sandbox.people():
        if not each["is_bot"]:
            person = people.vetted(each["id"], name=each["name"])
            if each["name"] == "bo":
                account = account_of(person)
                account.is_staff = account.is_superuser = True
                account.save()


def remember_yesterday(sandbox: Sandbox) -> None:
    """Let yesterday's incident happen, as fast as the worker can."""
    from response.core import actions, clock  # noqa: PLC0415
    from response.core.severity import Severity  # noqa: PLC0415
    from response.slack import channels, people  # noqa: PLC0415

    began = (clock.now() - timedelta(days=1)).replace(hour=10, minute=2, second=0, microsecond=0)
    ids = {person["name"]: person["id"] for person in sandbox.people()}
    rae, lee = (people.known(ids[name], name=name) for name in ("rae", "lee"))
    post(
        sandbox,
        "general",
        began,
        [(-55, "oz", "New illustrations for the help pages are in the shared folder.", False)],
    )

    be_at(began)
    incident = actions.declare(
        "Card payments are declined at checkout",
        by=rae,
        summary="Payments through one region of our card provider time out.",
        impact="About one card payment in five fails. Invoices are not affected.",
        severity=Severity.MAJOR,
    )
    be_at(began + timedelta(minutes=3))
    actions.set_lead(incident, lee, by=lee)
    channels.open_for(incident, by=lee)
    name = channels.channel_name(incident)
    wait_for(lambda: channel_is_ready(sandbox, name), timeout=PATIENCE)

    for person in ("bo", "rae", "lee"):
        sandbox.act(person, "join", channel=name)
    pinned = post(sandbox, name, began, CONVERSATION)
    for ts in pinned:
        sandbox.act("lee", "pin", channel=sandbox.show_channel(name)["id"], ts=ts)
    wait_for(lambda: incident.events.filter(event_type="slack_pin").count() == len(pinned), timeout=PATIENCE)

    be_at(began + timedelta(minutes=40))
    actions.set_severity(incident, Severity.MINOR, by=lee)
    be_at(began + timedelta(minutes=58))
    actions.close(incident, by=lee)
    clock.reset()
    wait_for(lambda: "resolved" in sandbox.messages("incidents")[-1]["text"], timeout=PATIENCE)


def be_at(moment: datetime) -> None:
    """Move the clock of this process to a moment of yesterday."""
    from response.core import clock  # noqa: PLC0415

    clock.reset()
    clock.move(moment - clock.now())


def post(sandbox: Sandbox, channel: str, began: datetime, said: list[tuple[int, str, str, bool]]) -> list[str]:
    """Set messages into the past; returns the `ts` of those to be pinned."""
    pinned = []
    for minutes, person, text, is_pinned in said:
        at = began + timedelta(minutes=minutes)
        ts = sandbox.past_message(channel, person, text, ts=f"{at.timestamp():.6f}")
        if is_pinned:
            pinned.append(ts)
    return pinned


def channel_is_ready(sandbox: Sandbox, name: str) -> bool:
    """Whether the worker has made the channel and pinned its card."""
    try:
        return bool(sandbox.show_channel(name)["pins"])
    except Refused:
        return False


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends this too, without a traceback
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "response.project.settings")
    try:
        main()
    except (TimeoutError, Refused, httpx.TransportError) as error:
        sys.exit(f"response: the demo's workspace could not be prepared: {error}")
