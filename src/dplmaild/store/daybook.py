"""What the digest reads from the record, and on which days it was given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select

from dplmaild.deployment.case import Case
from dplmaild.ports import Outcome
from dplmaild.store import statements
from dplmaild.store.cases import case_of
from dplmaild.store.debts import Debt, DebtState, debt_of
from dplmaild.store.statements import SHADOW, dialect_of
from dplmaild.store.tables import cases, counters, messages, owed, settlements

_LATELY = timedelta(days=7)  # how long what has ended is still looked at
_MOST = 5000
_LETTERS = ("letter", "alarm", "comment", "covered")
_DAY = "digest "  # in front of the day, in the name of its counter


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as the record keeps it, with how it ended."""

    number: int
    sender: str
    raw: bytes
    reason: str
    at: datetime


class Daybook:
    """The day's record in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self) -> datetime | None:
        """When the last digest was given; None before the first."""
        query = select(func.max(counters.c.value)).where(counters.c.name.startswith(_DAY))
        found = self._connection.execute(query).scalar()
        return None if found is None else datetime.fromtimestamp(int(found), UTC)

    def was_given(self, day: date) -> bool:
        """Whether the digest of a day has been given."""
        return self._connection.execute(select(counters.c.value).where(_named(day))).scalar() is not None

    def give(self, day: date, now: datetime) -> bool:
        """Take the digest of a day for ourselves; False when it was given, whatever the clock did meanwhile."""
        row = {"name": f"{_DAY}{day}", "value": int(now.timestamp())}
        given = statements.first(counters, dialect_of(self._connection))
        return self._connection.execute(given, row).scalar() is not None

    def cases(self, now: datetime) -> tuple[Case, ...]:
        """Every deployment that has not ended, and those that ended lately, the next start first."""
        query = statements.open_or_since(now - _LATELY)
        rows = self._connection.execute(query.order_by(cases.c.starts_at, cases.c.reference).limit(_MOST))
        return tuple(case_of(body) for body in rows.scalars())

    def looked(self, since: datetime, limit: int) -> tuple[tuple[Kept, ...], int]:
        """What was put before OPS or quarantined since a moment and is not settled, the newest first; and how many."""
        asked = messages.c.outcome.in_([Outcome.TRIAGE.value, Outcome.QUARANTINED.value])
        settled = select(settlements.c.message).where(settlements.c.message == messages.c.id).exists()
        where = and_(asked, messages.c.decided_at >= since, ~settled)
        # Their numbers first, from an index alone: to look for them among whole messages would read all of those.
        numbers = select(messages.c.id).where(where).subquery()
        query = select(messages).where(messages.c.id.in_(select(numbers.c.id)))
        rows = self._connection.execute(query.order_by(messages.c.id.desc()).limit(limit))
        found = tuple(Kept(row.id, row.sender or "", row.raw, row.reason, row.decided_at) for row in rows)
        return found, self._count(select(func.count()).select_from(messages).where(where))

    def message(self, number: int) -> Kept | None:
        """One message."""
        row = self._connection.execute(select(messages).where(messages.c.id == number)).first()
        return None if row is None else Kept(row.id, row.sender or "", row.raw, row.reason, row.arrived)

    def undelivered(self, since: datetime, limit: int) -> tuple[tuple[Debt, ...], int]:
        """What is in doubt, or was set aside or withheld from talk since a moment; shadow mode withholds all."""
        aside = and_(_since(DebtState.SET_ASIDE, since), owed.c.settled_at >= since)
        withheld = and_(
            _since(DebtState.WITHHELD, since),
            owed.c.kind.in_(_LETTERS[:2]),
            owed.c.note != SHADOW,
            owed.c.owed_at >= since,
        )
        return self._debts(or_(owed.c.state == DebtState.IN_DOUBT.value, aside, withheld), limit)

    def unsaid(self, since: datetime, limit: int) -> tuple[tuple[Debt, ...], int]:
        """The letters that shadow mode kept back since a moment."""
        where = and_(_since(DebtState.WITHHELD, since), owed.c.note == SHADOW, owed.c.owed_at >= since)
        return self._debts(and_(where, owed.c.kind.in_(_LETTERS)), limit)

    def came_in(self, since: datetime) -> tuple[tuple[str, int], ...]:
        """How many messages ended how since a moment, by outcome."""
        where = messages.c.decided_at >= since
        query = select(messages.c.outcome, func.count()).where(where).group_by(messages.c.outcome)
        rows = self._connection.execute(query.order_by(messages.c.outcome))
        return tuple((str(outcome), int(count)) for outcome, count in rows)

    def _debts(self, where: statements.Condition, limit: int) -> tuple[tuple[Debt, ...], int]:
        numbers = select(owed.c.id).where(where).subquery()  # first, as above
        query = select(owed).where(owed.c.id.in_(select(numbers.c.id)))
        rows = self._connection.execute(query.order_by(owed.c.id.desc()).limit(limit)).mappings()
        return tuple(debt_of(row) for row in rows), self._count(select(func.count()).select_from(owed).where(where))

    def _count(self, query: statements.Counting) -> int:
        return int(self._connection.execute(query).scalar_one())


def _since(state: DebtState, since: datetime) -> statements.Condition:
    """What ended so, by the index of what is due: nothing is due before it is owed, or settled before it is due."""
    return and_(owed.c.state == state.value, owed.c.due >= since)


def _named(day: date) -> statements.Condition:
    return counters.c.name == f"{_DAY}{day}"
