"""What people do meanwhile: declare, talk, pin, edit, and command, by the seed."""

import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bench.company import Company
from slack_sandbox.control import Refused
from slack_sandbox.seen import NotSeen

BATCH = 60
COMMANDS_AT_MOST = 110  # Slack takes about 50 reactions a minute of an app
LEVELS = ("critical", "major", "minor", "trivial")
TALK = ("Looking into it", "The queue grows again", "Rolled back", "Support has three more tickets", "Seems better")
PATIENCE = 60.0

Act = dict[str, Any]


@dataclass
class Crowd:
    """Rae, Lee and Bo, in up to fifty channels at once."""

    company: Company
    chance: random.Random
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    events: int = 0
    commands: int = 0
    steps: "count[int]" = field(default_factory=lambda: count(1))

    def declare(self, number: int) -> None:
        """Report an incident with a channel, again for as long as Slack says that it did not work."""
        who = self.chance.choice([self.company.rae, self.company.bo])
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if not who.modals():
                    who.runs("/incident", f"Trouble {number}", self.company.general)
                    continue
                if not who.submits({"Channel": ["yes"]} | self.details()):
                    return
            except (Refused, NotSeen, TimeoutError, StopIteration):
                time.sleep(0.2)
        raise SystemExit(f"incident {number} could not be declared within {PATIENCE:.0f} s")

    def details(self) -> dict[str, Any]:
        known: dict[str, Any] = {"Severity": self.chance.choice(LEVELS).capitalize()}
        return known | ({"Lead": self.company.lee.id} if self.chance.random() < 0.5 else {})

    def channels(self) -> list[str]:
        """The incidents' channels that are there by now; everybody goes in."""
        found = [each for each in self.company.sandbox.channels() if each["name"].startswith("inc-")]
        for each in found:
            for who in (self.company.rae, self.company.bo):
                if who.id not in each["members"]:
                    who.joins(each["id"])
        return [each["id"] for each in found]

    def talk(self, channels: list[str], *, at_most: int) -> None:
        """Do a few dozen things at once."""
        acts = [self.act(self.chance.choice(channels)) for _ in range(min(BATCH, at_most))]
        for act, done in zip(acts, self.company.sandbox.acts(acts, concurrency=10), strict=True):
            self.events += len(done.get("event_ids", ()))
            if act["do"] == "say" and "ts" in done:
                self.said[act["channel"]].append(done["ts"])

    def act(self, channel: str) -> Act:
        """Something that somebody does."""
        dice, older = self.chance.random(), self.said[channel]
        who = self.chance.choice(["rae", "bo"])
        here: Act = {"as": who, "channel": channel}
        if dice < 0.05 and self.commands < COMMANDS_AT_MOST:
            self.commands += 1
            return here | {"do": "say", "text": f"<@{self.company.bot}> {self.command()}"}
        if dice < 0.15 and older:
            return here | {"ts": self.chance.choice(older)} | self.mark()
        return here | {"do": "say", "text": f"{self.chance.choice(TALK)} ({self.chance.randrange(10_000)})"}

    def mark(self) -> Act:
        """What somebody does to an older message; some of it Slack refuses, as it would."""
        return self.chance.choice(
            [
                {"do": "pin"},
                {"do": "pin"},
                {"do": "unpin"},
                {"do": "react", "name": "pushpin"},
                {"do": "unreact", "name": "pushpin"},
                {"do": "edit", "text": f"Corrected ({self.chance.randrange(10_000)})"},
            ]
        )

    def command(self) -> str:
        """A command; most are numbered entries, so that each can be found again."""
        dice = self.chance.random()
        if dice < 0.5:
            return f"timeline step {next(self.steps)}"
        if dice < 0.8:
            return f"severity {self.chance.choice(LEVELS)}"
        return self.chance.choice(["lead me", f"summary It is about {self.chance.randrange(1000)}"])
