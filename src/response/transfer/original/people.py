"""The original's people: Slack ids as text in 2019, a table of their own later."""

from response.core.models import Person
from response.transfer.original.reading import Original, Record

UNKNOWN = ("import", "unknown")


class People:
    """Who is who. Somebody who stands there twice, under two owners, is one person."""

    def __init__(self, original: Original) -> None:
        self.known: dict[tuple[str, str], Person] = {}
        self.by_id: dict[int, Person] = {}
        self.problems = original.problems
        rows = original.found["people"]
        for row in rows:
            self.by_id[row.id] = self.take(row)
        if twice := len(rows) - len(self.known):
            self.problems.notes.append(f"{twice} people stood there more than once, and are one each now.")

    def take(self, row: Record) -> Person:
        """Return the person of a row."""
        key = (row.text("app_id", 20) or "slack", row.text("external_id", 50, needed=True))
        person = self.known.setdefault(key, Person(app_id=key[0], external_id=key[1]))
        person.display_name = person.display_name or row.text("display_name", 200)
        person.full_name = person.full_name or row.text("full_name", 200)
        person.email = person.email or row.text("email", 254)
        person.deleted = bool(row.get("deleted"))
        return person

    def of(self, row: Record, *columns: str) -> Person | None:
        """Return whom a row names in the first of these columns that says anybody: by a row's id, or by a Slack id."""
        value = row.get(*columns)
        if value is None:
            return None
        if isinstance(value, int):
            if value not in self.by_id:
                row.wrong(f"there is no person {value}")
            return self.by_id.get(value)
        return self.known.setdefault(("slack", str(value)), Person(external_id=str(value)))

    def somebody(self, row: Record, *columns: str) -> Person:
        """Return whom a row names, or the one who stands for those whom nobody knows."""
        found = self.of(row, *columns)
        if found is None:
            app_id, external_id = UNKNOWN
            found = self.known.setdefault(UNKNOWN, Person(app_id=app_id, external_id=external_id, full_name="Unknown"))
        return found
