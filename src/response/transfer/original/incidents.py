"""The original's incidents, with their channels, their timeline and what was to be done, as ours."""

from typing import Any

from response.core.models import Action, Incident, TimelineEvent
from response.slack.models import CommsChannel, HeadlinePost, PinnedMessage, UserStats
from response.transfer.original.people import People
from response.transfer.original.reading import Original, Record

VIA = "import"


class Bringer:
    """Makes our rows of the original's. Nothing is stored here."""

    def __init__(self, original: Original) -> None:
        self.original, self.found, self.note = original, original.found, original.problems.notes.append
        self.people = People(original)
        self.incidents = {row.id: self.incident(row) for row in self.found["incidents"]}
        self.channels = self.one_each("channels", self.channel)
        self.headlines = self.one_each("headlines", self.headline)
        self.actions = [action for row in self.found["actions"] if (action := self.action(row))]
        self.entries = {row.id: entry for row in self.found["timeline"] if (entry := self.entry(row))}
        self.pinned_entries: list[TimelineEvent] = []
        self.pins = self.all_pins()
        self.stats = self.all_stats()
        self.tell_what_differs()

    def incident_of(self, row: Record) -> Incident | None:
        """Return the incident that a row belongs to."""
        found = self.incidents.get(row.get("incident_id") or 0)
        if found is None:
            row.wrong(f"there is no incident {row.get('incident_id')}")
        return found

    def incident(self, row: Record) -> Incident:
        reported = row.moment("report_time")
        if reported is None:
            row.wrong("report_time is empty")
        severity = row.text("severity", 10) or None
        return Incident(
            pk=row.id,
            report=row.text("report", needed=True),
            reporter=self.people.somebody(row, "reporter_id", "reporter"),
            report_time=reported,  # type: ignore[misc]  # without one nothing is stored
            start_time=row.moment("start_time") or reported,
            end_time=row.moment("end_time"),
            summary=row.text("summary") or None,
            impact=row.text("impact") or None,
            lead=self.people.of(row, "lead_id", "lead"),
            severity=severity,
            max_severity=severity,
        )

    def one_each(self, what: str, make: Any) -> dict[int, Any]:
        """Return one of these for each incident: where there were several, the last."""
        made: dict[int, Any] = {}
        for row in self.found[what]:
            incident = self.incident_of(row)
            if incident is not None:
                if incident.pk in made:
                    self.note(f"Incident {incident.pk} had several {what}; the last of them is kept.")
                made[incident.pk] = make(row, incident)
        return made

    def channel(self, row: Record, incident: Incident) -> CommsChannel:
        name = row.text("channel_name", 80) or f"inc-{100 + incident.pk}"  # what the original of 2019 called it
        return CommsChannel(incident=incident, channel_id=row.text("channel_id", 20) or None, channel_name=name)

    def headline(self, row: Record, incident: Incident) -> HeadlinePost:
        return HeadlinePost(incident=incident, message_ts=row.text("message_ts", 20))

    def action(self, row: Record) -> Action | None:
        incident = self.incident_of(row)
        if incident is None:
            return None
        done_date = row.moment("done_date")
        return Action(
            pk=row.id,
            incident=incident,
            details=row.text("details"),
            user=self.people.of(row, "user_id", "user"),
            created_date=row.moment("created_date") or done_date or incident.report_time,
            due_date=row.moment("due_date"),
            done=bool(row.get("done")),
            done_date=done_date,
            priority=row.text("priority", 10) or None,
            type=row.text("type", 10) or None,
        )

    def entry(self, row: Record) -> TimelineEvent | None:
        incident, at = self.incident_of(row), row.moment("timestamp")
        if at is None:
            row.wrong("timestamp is empty")
        if incident is None or at is None:
            return None
        metadata = row.data("metadata")
        author = metadata.get("author_id") or metadata.get("author")
        return TimelineEvent(
            pk=row.id,
            incident=incident,
            timestamp=at,
            text=row.text("text"),
            event_type=row.text("event_type", 20, needed=True),
            metadata=metadata,
            author=self.people.known.get(("slack", str(author))),
            via=VIA,
            created_at=at,
        )

    def all_pins(self) -> list[PinnedMessage]:
        """Return the pins, each with its entry on the timeline; one of 2019 had none, and gets one."""
        made: dict[tuple[int, str], PinnedMessage] = {}
        taken: set[int] = set()
        for row in self.found["pins"]:
            incident, at, ts = self.incident_of(row), row.moment("timestamp"), row.text("message_ts", 20, needed=True)
            if at is None:
                row.wrong("timestamp is empty")
            if incident is None or at is None:
                continue
            if (incident.pk, ts) in made:
                self.note(f"A message of incident {incident.pk} was pinned twice, and stands there once now.")
                continue
            author = self.people.of(row, "author_id", "author")
            entry = self.entries.get(row.get("timeline_event_id") or 0)
            if entry is None or entry.pk in taken:
                entry = self.pinned(incident, row.text("text"), at, ts)
            else:
                taken.add(entry.pk)
            entry.author = author
            made[incident.pk, ts] = PinnedMessage(
                incident=incident,
                author=author,
                message_ts=ts,
                text=row.text("text"),
                timestamp=at,
                timeline_event=entry,
                held_by=["pin"],
            )
        return list(made.values())

    def pinned(self, incident: Incident, text: str, at: Any, ts: str) -> TimelineEvent:
        """Return the entry of a pin that had none."""
        channel = self.channels.get(incident.pk)
        entry = TimelineEvent(
            incident=incident,
            timestamp=at,
            text=text,
            event_type=TimelineEvent.Kind.PIN,
            metadata={"message_ts": ts, "channel_id": channel.channel_id if channel else ""},
            via=VIA,
            created_at=at,
        )
        self.pinned_entries.append(entry)
        return entry

    def all_stats(self) -> list[UserStats]:
        """Return who took part; somebody who stood there as two is counted once."""
        made: dict[tuple[int, int], UserStats] = {}
        for row in self.found["participants"]:
            incident, person = self.incident_of(row), self.people.of(row, "user_id", "user")
            if incident is None or person is None:
                continue
            stats = made.setdefault((incident.pk, id(person)), UserStats(incident=incident, user=person))
            joined = row.moment("join_time")
            stats.join_time = min(filter(None, [stats.join_time, joined]), default=None)
            stats.message_count += row.whole("message_count")
        return list(made.values())

    def tell_what_differs(self) -> None:
        """Note what the original could say of an incident, and ours cannot."""
        rows = self.found["incidents"]
        if only_reported := [row.id for row in rows if row.get("report_only")]:
            self.note(f"{len(only_reported)} were reports only; they are incidents now: {listed(only_reported)}.")
        if private := [row.id for row in rows if row.get("private")]:
            self.note(
                f"{len(private)} were marked as private, which the original did not keep to; "
                f"everybody who may read incidents reads them: {listed(private)}."
            )
        seen: dict[str, CommsChannel] = {}
        for number, channel in list(self.channels.items()):
            first = seen.setdefault(channel.channel_id or f"none of {number}", channel)
            if first is not channel:
                self.note(
                    f"Incidents {first.incident.pk} and {number} shared #{channel.channel_name}; the first has it."
                )
                del self.channels[number]
        if self.found["log"]:
            self.note(f"The {len(self.found['log'])} rows of the event log stay behind: changes stand on the timeline.")


def listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
