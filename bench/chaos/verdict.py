"""Compares the database with the workspace and the sandbox's journal. Runs with the settings of a stack.

python -m bench.chaos.verdict http://127.0.0.1:3010

What Slack considers delivered is `accepted`. An event that Slack gave up, for it never learnt that we took it, may have
been handled all the same, once; so effects are compared with what is in the inbox, and that with what was delivered.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django has to be set up
from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: E402 - Django has to be set up

from response.core.models import Incident, TimelineEvent  # noqa: E402
from response.slack.models import CommsChannel, Delivery, HeadlinePost, InboundRequest, UserStats  # noqa: E402
from response.slack.participants import SPOKEN  # noqa: E402
from response.slack.surfaces import card, headline, topic  # noqa: E402
from slack_sandbox.control import Sandbox  # noqa: E402
from slack_sandbox.text.emoji import to_short_names  # noqa: E402

Json = dict[str, Any]


@dataclass
class Verdict:
    """The counts, and what each finding was about."""

    accepted: int = 0
    handled: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    stuck: int = 0
    stale: int = 0
    findings: list[str] = field(default_factory=list)

    def find(self, what: str, number: int, about: str) -> None:
        """Count something that should not be."""
        if number > 0:
            setattr(self, what, getattr(self, what) + int(number))
            self.findings.append(f"{what} {int(number)}: {about}")


def judge(sandbox: Sandbox) -> Verdict:
    """Look at everything once."""
    verdict = Verdict()
    look_at_inbox(verdict, sandbox)
    look_at_effects(verdict)
    look_at_posts(verdict, sandbox)
    look_at_channels(verdict, sandbox)
    look_at_surfaces(verdict, sandbox)
    look_at_pins(verdict, sandbox)
    look_for_stuck(verdict)
    return verdict


def look_at_inbox(verdict: Verdict, sandbox: Sandbox) -> None:
    """What Slack considers delivered is in the inbox, and handled or wanted by nobody."""
    kept = set(InboundRequest.objects.filter(kind="event").values_list("key", flat=True))
    delivered = {f"event:{each['event_id']}" for each in events(sandbox) if each["delivered"]}
    if not any(len(key) > 40 for key in kept):  # without dedupe the keys are not Slack's any more
        verdict.find("lost", len(delivered - kept), "events that Slack delivered and that are not in the inbox")
    verdict.accepted = len(delivered)
    verdict.handled = InboundRequest.objects.filter(kind="event").exclude(handled_at=None, note="").count()


def events(sandbox: Sandbox) -> Iterator[Json]:
    """What became of the events that were sent to our app."""
    app = InboundRequest.objects.filter(kind="event").values_list("payload__api_app_id", flat=True).first()
    return sandbox.each_entry(kind="event", app_id=app)


def look_at_effects(verdict: Verdict) -> None:
    """Each message counts once, and each numbered entry stands on the timeline once, in the order of its coming."""
    requests = list(
        InboundRequest.objects.filter(kind="event")
        .exclude(handled_at=None)
        .order_by("id")
        .values_list("payload", flat=True)
    )
    messages = {
        (payload["event_id"], payload["event"]["channel"], payload["event"]["user"])
        for payload in requests
        if payload["event"]["type"] == "message" and counts(payload)
    }
    expected = Counter((channel, user) for _, channel, user in messages)
    stats = UserStats.objects.select_related("incident__commschannel", "user")
    found = {(each.incident.commschannel.channel_id, each.user.external_id): each.message_count for each in stats}
    for place in expected.keys() | found.keys():
        difference = found.get(place, 0) - expected.get(place, 0)
        verdict.find("doubled", difference, f"messages counted of {place}")
        verdict.find("lost", -difference, f"messages not counted of {place}")
    look_at_steps(verdict, requests)


def counts(payload: Json) -> bool:
    """Whether it is a person's message in an incident's channel."""
    event = payload["event"]
    ours = [each["user_id"] for each in payload["authorizations"]]
    return event.get("subtype", "") in SPOKEN and not event.get("bot_id") and event.get("user") not in (None, *ours)


def look_at_steps(verdict: Verdict, requests: list[Json]) -> None:
    asked: dict[str, list[str]] = {}
    for payload in requests:
        event = payload["event"]
        if event["type"] == "app_mention" and " timeline step " in event["text"]:
            asked.setdefault(event["channel"], []).append(event["text"].rpartition(" timeline ")[2])
    for channel, commands in asked.items():
        steps = list(dict.fromkeys(commands))
        written = TimelineEvent.objects.filter(incident__commschannel__channel_id=channel, text__startswith="step ")
        done = list(written.order_by("id").values_list("text", flat=True))
        verdict.find("doubled", len(done) - len(set(done)), f"entries in {channel}")
        verdict.find("lost", len(set(steps) - set(done)), f"entries in {channel}")
        in_order = [step for step in steps if step in done]
        verdict.find("out_of_order", inversions(in_order, list(dict.fromkeys(done))), f"entries in {channel}")


def inversions(wanted: list[Any], found: list[Any]) -> int:
    """How many neighbours stand in the wrong order."""
    place = {each: number for number, each in enumerate(wanted)}
    order = [place[each] for each in found if each in place]
    return sum(later < earlier for earlier, later in pairwise(order))


def look_at_posts(verdict: Verdict, sandbox: Sandbox) -> None:
    """Each delivery that was sent is one message, in the order in which they were asked for."""
    for channel in CommsChannel.objects.exclude(channel_id=None):
        shown = [mark_of(each) for each in sandbox.messages(str(channel.channel_id))]
        marks = [mark for mark in shown if mark is not None]
        sent = Delivery.objects.filter(
            incident_id=channel.incident_id, kind="post", state="sent", payload__thread_ts=""
        )
        wanted = list(sent.order_by("id").values_list("pk", flat=True))
        verdict.find("doubled", len(marks) - len(set(marks)), f"posts in {channel}")
        verdict.find("lost", len(set(wanted) - set(marks)), f"posts in {channel}")
        verdict.find("out_of_order", inversions(wanted, marks), f"posts in {channel}")
        cards = Delivery.objects.filter(incident_id=channel.incident_id, kind="card", pk__in=marks).count()
        verdict.find("doubled", cards - 1, f"cards in {channel}")
    heads = Counter(mark_incidents([mark_of(each) for each in sandbox.messages("incidents")]))
    for incident in Incident.objects.all():
        verdict.find("doubled", heads[incident.pk] - 1, f"headlines of {incident.pk}")
        verdict.find("lost", 1 - heads[incident.pk], f"headline of {incident.pk}")


def mark_of(message: Json) -> int | None:
    """The delivery that a message says it is."""
    found: int | None = message.get("metadata", {}).get("event_payload", {}).get("delivery")
    return found


def mark_incidents(marks: list[int | None]) -> Iterator[int]:
    of = dict(Delivery.objects.filter(kind="headline").values_list("pk", "incident_id"))
    return (of[mark] for mark in marks if mark in of)


def look_at_channels(verdict: Verdict, sandbox: Sandbox) -> None:
    """Each incident that wanted one has one channel, with its people."""
    made = [each for each in sandbox.channels() if each["name"].startswith("inc-")]
    wanted = CommsChannel.objects.select_related("incident__reporter", "incident__lead")
    verdict.find("doubled", len(made) - wanted.count(), "channels")
    verdict.find("lost", wanted.count() - len(made), "channels")
    members = {each["id"]: set(each["members"]) for each in made}
    for channel in wanted:
        people = {p.external_id for p in (channel.incident.reporter, channel.incident.lead) if p}
        missing = people - members.get(str(channel.channel_id), set())
        verdict.find("lost", len(missing), f"people not invited to {channel}")
    # A form that was taken is one incident.
    forms = InboundRequest.objects.filter(kind="interaction", payload__type="view_submission")
    taken = {payload["view"]["id"] for payload in forms.values_list("payload", flat=True)}
    verdict.find("doubled", Incident.objects.count() - len(taken), "incidents")
    verdict.find("lost", len(taken) - Incident.objects.count(), "incidents")


def look_at_surfaces(verdict: Verdict, sandbox: Sandbox) -> None:
    """Every headline, card and topic says what the record says."""
    heads = {each["ts"]: each for each in sandbox.messages("incidents")}
    for post in HeadlinePost.objects.select_related("incident__reporter", "incident__lead", "incident__commschannel"):
        want, have = headline.render(post.incident, post), heads.get(post.message_ts, {})
        verdict.find("stale", texts(want["blocks"]) != texts(have.get("blocks", [])), f"headline of {post.incident_id}")
    for channel in CommsChannel.objects.select_related("incident__reporter", "incident__lead").exclude(channel_id=None):
        shown = sandbox.show_channel(str(channel.channel_id))
        verdict.find("stale", plain(shown["topic"]) != plain(topic.render(channel.incident)), f"topic of {channel}")
        messages = {each["ts"]: each for each in sandbox.messages(str(channel.channel_id))}
        have = messages.get(channel.card_ts, {})
        want = card.render(channel.incident)
        verdict.find("stale", texts(want["blocks"]) != texts(have.get("blocks", [])), f"card of {channel}")
        verdict.find("lost", channel.card_ts not in pinned(shown), f"pin of the card of {channel}")


def texts(blocks: Any) -> list[str]:
    """Every text in blocks, in order."""
    if isinstance(blocks, dict):
        own = [plain(blocks["text"])] if isinstance(blocks.get("text"), str) else []
        return own + [text for name, value in blocks.items() if name != "text" or not own for text in texts(value)]
    return [text for each in blocks for text in texts(each)] if isinstance(blocks, list) else []


def plain(text: str) -> str:
    """Return a text without what Slack adds to it: names for emoji, brackets around links, the names of channels."""
    without_names = re.sub(r"<(#C\w+)\|[^>]*>", r"<\1>", re.sub(r"<(https?://[^|>]+)>", r"\1", text))
    return to_short_names(without_names)


def pinned(shown: Json) -> set[str]:
    """The messages that are pinned in a channel."""
    return {each["ts"] if isinstance(each, dict) else str(each) for each in shown["pins"]}


def look_at_pins(verdict: Verdict, sandbox: Sandbox) -> None:
    """What is pinned or has a 📌 in Slack stands on the timeline, and nothing else, with the words it has now."""
    untold = {each["event"].get("item", {}).get("ts") for each in events(sandbox) if not each["delivered"]}
    for channel in CommsChannel.objects.exclude(channel_id=None):
        shown = sandbox.show_channel(str(channel.channel_id))
        held = pinned(shown) - {channel.card_ts}
        words = {}
        for message in sandbox.messages(str(channel.channel_id)):
            words[message["ts"]] = message.get("text", "")
            if any(each["name"] == "pushpin" for each in message.get("reactions", ())):
                held.add(message["ts"])
        entries = TimelineEvent.objects.filter(
            incident_id=channel.incident_id, event_type="slack_pin", on_timeline=True
        )
        stand = {each.metadata["message_ts"]: each.text for each in entries}
        verdict.find("lost", len(held - stand.keys() - untold), f"pinned messages of {channel}")
        verdict.find("doubled", len(stand.keys() - held - untold), f"unpinned messages of {channel}")
        wrong = [ts for ts in held & stand.keys() if stand[ts] != words[ts]]
        verdict.find("stale", len(wrong), f"words of pinned messages of {channel}")


def look_for_stuck(verdict: Verdict) -> None:
    """Nothing waits any more, and nothing was refused."""
    verdict.find("stuck", Delivery.objects.filter(state__in=["waiting", "sending"]).count(), "deliveries")
    for delivery in Delivery.objects.filter(state="refused"):
        verdict.find("stuck", 1, f"{delivery.kind} refused: {delivery.error}")
    jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    kinds = Counter(f"{task} {status}" for task, status in jobs.values_list("task_name", "status"))
    verdict.find("stuck", jobs.count(), f"jobs: {dict(kinds)}")
    waiting = jobs.filter(scheduled_at__gt=timezone.now())
    verdict.findings.append(f"{waiting.count()} of them for later")
    failed = ProcrastinateJob.objects.filter(status="failed").values_list("task_name", flat=True)
    verdict.find("stuck", len(failed), f"failed jobs {Counter(failed)}")
    verdict.find("stuck", InboundRequest.objects.filter(handled_at=None, note="").count(), "requests")


if __name__ == "__main__":
    with Sandbox(sys.argv[1], timeout=120) as workspace:
        print(json.dumps(asdict(judge(workspace))))
