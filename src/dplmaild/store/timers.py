"""What falls due by itself (STATE-3): kept with its moment, fired once, late rather than never."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, or_, select

from dplmaild.deployment.timers import Timer, TimerKind
from dplmaild.store import statements
from dplmaild.store.tables import timers

DROPPED = "dropped: "  # in front of the reason; wanted again it waits again
POINTLESS = "dropped as pointless: "  # the same of one that had nothing to do when it fell due; it stays dropped


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

    def set(self, reference: str, wanted: Sequence[Timer], now: datetime, why: str = "not needed") -> None:
        """These are a case's timers from now on; what is open and not among them is dropped, with the reason."""
        # In UTC: in the hours of a change of clocks Python takes equal moments of two zones for different ones.
        kept = {(t.kind.value, t.due.astimezone(UTC)) for t in wanted}
        there = self._connection.execute(statements.TIMERS_OF, {"by_reference": reference}).all()
        for row in there:
            if row.fired_at is None and (row.kind, row.due) not in kept:
                self._end(row.id, now, f"{DROPPED}{why}"[:250])
            elif row.note.startswith(DROPPED) and (row.kind, row.due) in kept:
                self._end(row.id, None, "")  # dropped, not fired, and wanted again: a hold ends, a date moves back
        fresh = sorted(kept - {(row.kind, row.due) for row in there})
        if fresh:
            rows = [{"reference": reference, "kind": kind, "due": due, "note": ""} for kind, due in fresh]
            self._connection.execute(statements.added(timers, self._connection.dialect.name), rows)

    def missing(self, reference: str, wanted: Sequence[Timer], now: datetime) -> tuple[Timer, ...]:
        """What a case lacks of these, because the program that it was decided by did not know of them.

        One whose moment has passed is missing only where the case never had one of its kind: late rather than never,
        but a reminder that went out by another reckoning is not sent again.
        """
        there = self._connection.execute(statements.TIMERS_OF, {"by_reference": reference}).all()
        kinds, known = {row.kind for row in there}, {(row.kind, row.due): row.note for row in there}

        def lacks(timer: Timer) -> bool:
            kind, due = timer.kind.value, timer.due.astimezone(UTC)
            note = known.get((kind, due))
            return (due > now or kind not in kinds) if note is None else due > now and note.startswith(DROPPED)

        return tuple(timer for timer in wanted if lacks(timer))

    def add(self, reference: str, new: Sequence[Timer]) -> None:
        """Set these besides what there is; one that was dropped waits again."""
        there = self._connection.execute(statements.TIMERS_OF, {"by_reference": reference}).all()
        known = {(row.kind, row.due): row.id for row in there}
        moments = sorted({(timer.kind.value, timer.due.astimezone(UTC)) for timer in new})
        for number in (known[moment] for moment in moments if moment in known):
            self._end(number, None, "")
        rows = [{"reference": reference, "kind": k, "due": d, "note": ""} for k, d in moments if (k, d) not in known]
        if rows:
            self._connection.execute(statements.added(timers, self._connection.dialect.name), rows)

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
        self._end(due.id, now, note[:250])

    def next_due(self) -> datetime | None:
        """When the next timer falls due."""
        query = select(timers.c.due).where(timers.c.fired_at.is_(None)).order_by(timers.c.due).limit(1)
        return self._connection.execute(query).scalar()

    def of(self, reference: str) -> tuple[tuple[Timer, datetime | None, str], ...]:
        """Every timer of a case, with when it ended and how."""
        rows = self._connection.execute(select(timers).where(timers.c.reference == reference).order_by(timers.c.due))
        return tuple((Timer(TimerKind(r.kind), r.due), r.fired_at, r.note) for r in rows)

    def _end(self, number: int, at: datetime | None, note: str) -> None:
        values = {"by_id": number, "new_fired_at": at, "new_note": note}
        self._connection.execute(statements.TIMER_ENDED, values)
