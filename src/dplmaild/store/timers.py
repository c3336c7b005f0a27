"""What falls due by itself (STATE-3): kept with its moment, fired once, late rather than never."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dplmaild.deployment.owed import Timer, TimerKind
from dplmaild.store.tables import timers

_MOVED_ON = "dropped: the case moved on"


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer whose moment has come."""

    id: int
    reference: str
    timer: Timer


class Timers:
    """The timers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, reference: str, wanted: Sequence[Timer], now: datetime) -> None:
        """These are a case's timers from now on; what is open and not among them is dropped as pointless."""
        kept = {(t.kind.value, t.due) for t in wanted}
        for row in self._connection.execute(select(timers).where(self._open(reference))).all():
            if (row.kind, row.due) not in kept:
                self._end(row.id, now, _MOVED_ON)
        self._arm_again(reference, kept)
        rows = [{"reference": reference, "kind": kind, "due": due, "note": ""} for kind, due in sorted(kept)]
        if rows:
            dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
            self._connection.execute(dialect.insert(timers).values(rows).on_conflict_do_nothing())

    def _arm_again(self, reference: str, wanted: Collection[tuple[str, datetime]]) -> None:
        """What was dropped, not fired, and is wanted again waits again: a hold ends, a date moves back."""
        dropped = and_(timers.c.reference == reference, timers.c.note == _MOVED_ON)
        again = [r.id for r in self._connection.execute(select(timers).where(dropped)) if (r.kind, r.due) in wanted]
        if again:
            values = {"fired_at": None, "note": ""}
            self._connection.execute(update(timers).where(timers.c.id.in_(again)).values(values))

    def due(self, now: datetime, read_until: datetime | None = None, limit: int = 50) -> tuple[DueTimer, ...]:
        """What is due, the oldest first; a deadline only once all mail up to it has been read (P6)."""
        where = and_(timers.c.fired_at.is_(None), timers.c.due <= now)
        if read_until is not None:
            read = or_(timers.c.kind != TimerKind.DEADLINE.value, timers.c.due < read_until)
            where = and_(where, read)
        rows = self._connection.execute(select(timers).where(where).order_by(timers.c.due, timers.c.id).limit(limit))
        return tuple(DueTimer(r.id, r.reference, Timer(TimerKind(r.kind), r.due)) for r in rows)

    def is_open(self, number: int) -> bool:
        """Whether a timer still waits: an earlier one of the same case may have ended it."""
        where = and_(timers.c.id == number, timers.c.fired_at.is_(None))
        return self._connection.execute(select(timers.c.id).where(where)).scalar() is not None

    def fired(self, due: DueTimer, now: datetime, note: str = "") -> None:
        """It has fired, in the same transaction as its effect."""
        self._end(due.id, now, note)

    def next_due(self) -> datetime | None:
        """When the next timer falls due."""
        query = select(timers.c.due).where(timers.c.fired_at.is_(None)).order_by(timers.c.due).limit(1)
        return self._connection.execute(query).scalar()

    def of(self, reference: str) -> tuple[tuple[Timer, datetime | None, str], ...]:
        """Every timer of a case, with when it ended and how."""
        rows = self._connection.execute(select(timers).where(timers.c.reference == reference).order_by(timers.c.due))
        return tuple((Timer(TimerKind(r.kind), r.due), r.fired_at, r.note) for r in rows)

    @staticmethod
    def _open(reference: str) -> ColumnElement[bool]:
        return and_(timers.c.reference == reference, timers.c.fired_at.is_(None))

    def _end(self, number: int, now: datetime, note: str) -> None:
        self._connection.execute(update(timers).where(timers.c.id == number).values(fired_at=now, note=note))
