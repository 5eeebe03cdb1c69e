"""The tickets in the addresses that apps.connections.open gives: each opens one connection, soon."""

import uuid
from dataclasses import dataclass

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Ticket:
    """For which app, and until when."""

    app_id: str
    expires: float


class Tickets:
    """Those that nobody has used yet."""

    def __init__(self) -> None:
        self._open: dict[str, Ticket] = {}

    def issue(self, ticket: Ticket) -> str:
        """The secret under which `ticket` is redeemed."""
        secret = str(uuid.uuid4())
        self._open[secret] = ticket
        if len(self._open) > KEPT:
            del self._open[next(iter(self._open))]
        return secret

    def redeem(self, secret: str, *, now: float) -> Ticket | None:
        """Use one up; None when it is unknown, used already, or too old."""
        ticket = self._open.pop(secret, None)
        return ticket if ticket is not None and now <= ticket.expires else None
