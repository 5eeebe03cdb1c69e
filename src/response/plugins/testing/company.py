"""A company with a Slack workspace and Response installed: Rae reports, Lee leads, Bo watches, Oz is a guest."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from response.accounts.linking import account_of
from response.core import clock
from response.core.models import Incident
from response.slack import people, reminding
from response.slack.manifest import app_manifest
from response.slack.workspace import team_id
from slack_sandbox.testing import Actor, Message, Room, Sandbox, Workspace, wait_for


@dataclass
class Company:
    """The workspace, its people, and where Response answers."""

    workspace: Workspace
    url: str
    rae: Actor
    lee: Actor
    bo: Actor
    oz: Actor
    general: Room
    incidents: Room
    bot: str

    @property
    def sandbox(self) -> Sandbox:
        """The workspace's control: its calls, its faults, its clock."""
        return self.workspace.sandbox

    def headline(self, number: int = 1) -> Message:
        """The headline post of an incident, as Bo sees it now."""
        return self.bo.waits_for(self.incidents, lambda message: f"Incident {number} is" in message.text)

    def declare(self, report: str = "Payments are failing", **fields: object) -> Incident:
        """Have Rae report something, and wait until the headline is there."""
        known = set(Incident.objects.values_list("pk", flat=True))
        self.rae.runs("/incident", report, self.general)
        assert self.rae.submits(fields) == {}
        incident = wait_for(lambda: Incident.objects.exclude(pk__in=known).first(), timeout=20)
        assert incident is not None
        self.headline(incident.pk)
        return incident

    def open_channel(self, incident: Incident) -> Room:
        """Have Bo press the button, and wait until the channel is complete."""
        self.bo.presses("create-comms-channel-button", in_message=self.headline(incident.pk))
        channel = self.workspace.find_channel(f"inc-{100 + incident.pk}")
        self.workspace.wait_for(lambda: self.sandbox.show_channel(channel.name)["topic"])
        self.settled()
        return channel

    def browser(self, who: Actor | None = None, *, is_staff: bool = False) -> Client:
        """Return a browser without a screen, Django's test client: of nobody, or of somebody who has signed in.

        `is_staff` lets them into the admin.
        """
        browser = Client()
        if who is not None:
            account = account_of(people.vetted(who.id))
            account.is_staff = account.is_superuser = is_staff
            account.save(update_fields=["is_staff", "is_superuser"])
            browser.force_login(account)
        return browser

    def cookies(self, who: Actor, *, is_staff: bool = False) -> dict[str, str]:
        """The cookies of a browser in which somebody is signed in to the pages."""
        return {name: cookie.value for name, cookie in self.browser(who, is_staff=is_staff).cookies.items()}

    def settled(self, timeout: float = 20) -> None:
        """Wait until nothing is on its way: no event of Slack's, and nothing that Response has left to do."""
        for _ in range(2):  # what is done sends events of its own
            self.sandbox.settle(timeout=timeout)
            wait_for(is_idle, timeout=timeout)

    def asks(self, who: Actor, channel: Room, command: str) -> Message:
        """Have somebody mention the bot, and wait for the reaction. Returns the message with it."""
        said = who.says(channel, f"<@{self.bot}> {command}")
        return self.workspace.wait_for(lambda: message if (message := who.again(said)).get("reactions") else None)


@dataclass
class Clock:
    """Response's clock, which a test may move."""

    company: Company

    def passes(self, **time: float) -> None:
        """Let time pass, `minutes=30` for example, and wait until the reminders that are due are posted."""
        clock.move(timedelta(**time))
        reminding.look()
        self.company.settled()


def is_idle() -> bool:
    """Whether nothing is being done, and nothing waits."""
    return not ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists()


def reactions(message: Message) -> list[str]:
    """Return the names of a message's reactions."""
    return [reaction["name"] for reaction in message.get("reactions", ())]


def start(sandbox: Sandbox, url: str) -> Company:
    """Make the workspace, with Slack's limits, and install Response in it, as its manifest says."""
    sandbox.settings(limits="slack")
    workspace = Workspace(sandbox, timeout=10)
    people = [
        workspace.person(name, id=f"U{name.upper()}", real_name=f"{name} {role}", email=f"{name.lower()}@example.org")
        for name, role in (("Rae", "Reporter"), ("Lee", "Leader"), ("Bo", "Watcher"), ("Oz", "Outsider"))
    ]
    rae, lee, bo, oz = people
    sandbox.person("oz", is_restricted=True)  # a guest
    general = workspace.channel("general", rae, lee, bo, oz)
    incidents = workspace.channel("incidents", rae, lee, bo)
    app = sandbox.install(
        app_manifest(address=url),
        bot_token=settings.SLACK_TOKEN,
        signing_secret=settings.SLACK_SIGNING_SECRETS[0],
        client_id=settings.SLACK_CLIENT_ID,
        client_secret=settings.SLACK_CLIENT_SECRET,
    )
    team_id()  # as any process that has met somebody knows it
    return Company(workspace, url, rae, lee, bo, oz, general, incidents, bot=app["bot_user"])
