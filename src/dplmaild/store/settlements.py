"""What was put before OPS, and what OPS has settled: who, when and why, once (MSG-2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from dplmaild.ports import Outcome
from dplmaild.store import statements
from dplmaild.store.statements import dialect_of
from dplmaild.store.tables import messages, owed, settlements

ASKS_FOR_A_LOOK = (Outcome.TRIAGE, Outcome.QUARANTINED)
_WAITS = messages.c.outcome.in_([outcome.value for outcome in ASKS_FOR_A_LOOK])


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who has settled an item, when and why."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    """A message that was put before OPS, or quarantined; `settled` where OPS has looked."""

    message: int
    sender: str
    outcome: Outcome | None
    reason: str
    arrived: datetime
    reference: str | None
    settled: Settlement | None = None

    @property
    def waits(self) -> bool:
        """Whether it still asks for a look."""
        return self.outcome in ASKS_FOR_A_LOOK and self.settled is None


class Settlements:
    """The items of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def item(self, number: int) -> Item | None:
        """A message as an item, however it ended; None where there is no such message."""
        return next(iter(self._items(messages.c.id == number, 1)), None)

    def of_letter(self, message_id: str) -> Item | None:
        """The item that a letter to OPS is about."""
        query = select(owed.c.message).where(owed.c.message_id == message_id, owed.c.name == "triage")
        number = self._connection.execute(query.limit(1)).scalar()
        return None if number is None else self.item(number)

    def of_ticket(self, ticket: int) -> Item | None:
        """The newest item that came by a ticket."""
        return next(iter(self._items(and_(_WAITS, messages.c.ticket == ticket), 1)), None)

    def waiting(self, limit: int) -> tuple[Item, ...]:
        """What still asks for a look, the newest first."""
        return self._items(and_(_WAITS, settlements.c.message.is_(None)), limit)

    def settled(self, limit: int) -> tuple[Item, ...]:
        """What OPS has settled, the newest message first."""
        return self._items(settlements.c.message.is_not(None), limit)

    def count_waiting(self) -> int:
        """How many items ask for a look."""
        rows = messages.outerjoin(settlements, settlements.c.message == messages.c.id)
        query = select(func.count()).select_from(rows).where(_WAITS, settlements.c.message.is_(None))
        return int(self._connection.execute(query).scalar_one())

    def settle(self, number: int, by: Settlement) -> bool:
        """Note that an item is settled; False when somebody was faster."""
        row = {"message": number, "at": by.at, "who": by.who, "why": by.why}
        noted = statements.first(settlements, dialect_of(self._connection))
        return self._connection.execute(noted, row).scalar() is not None

    def forget(self, number: int) -> None:
        """It is decided again: what was settled counts no more."""
        self._connection.execute(delete(settlements).where(settlements.c.message == number))

    def _items(self, where: statements.Condition, limit: int) -> tuple[Item, ...]:
        columns = (messages.c.id, messages.c.sender, messages.c.outcome, messages.c.reason, messages.c.arrived)
        known = (settlements.c.who, settlements.c.at, settlements.c.why)
        rows = messages.outerjoin(settlements, settlements.c.message == messages.c.id)
        query = select(*columns, messages.c.reference, *known).select_from(rows).where(where)
        found = self._connection.execute(query.order_by(messages.c.id.desc()).limit(limit)).all()
        return tuple(_item(row) for row in found)


def _item(row: Any) -> Item:
    settled = Settlement(row.who, row.at, row.why) if row.at is not None else None
    outcome = Outcome(row.outcome) if row.outcome else None
    return Item(row.id, row.sender or "", outcome, row.reason, row.arrived, row.reference, settled)
