"""What the board lists: open deployments, ended ones page by page, what a calendar shows, what is in trouble.

Every question here is answered from an index: it costs the same with 1,000 and with 100,000 deployments on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text, union_all

from dplmaild.deployment.case import ENDED, Case
from dplmaild.ports import Outcome
from dplmaild.store.cases import case_of
from dplmaild.store.debts import Debt, DebtState, debt_of
from dplmaild.store.statements import open_or_since
from dplmaild.store.tables import STILL_OPEN, cases, messages, owed

_MANY = 500  # references in one question


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of a longer list, and by which reference the next page is asked for."""

    cases: tuple[Case, ...]
    following: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the record knows of P18: how long mail waits to be decided, and what needs a look."""

    oldest_undecided: datetime | None  # its arrival
    in_doubt: int
    quarantined: int


class Lists:
    """The lists of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def going(self, after: str | None, size: int) -> Page:
        """Deployments that have not ended, the next start first, those without a slot last."""
        last = cases.c.starts_at.is_(None)
        where: list[ColumnElement[bool]] = []
        begun = self._row(after)
        if begun is not None:
            same = and_(cases.c.starts_at.is_not_distinct_from(begun.starts_at), cases.c.reference > begun.reference)
            where.append(same if begun.starts_at is None else or_(last, cases.c.starts_at > begun.starts_at, same))
        query = (
            select(cases.c.body).where(text(STILL_OPEN), *where).order_by(last, cases.c.starts_at, cases.c.reference)
        )
        return _page([case_of(body) for body in self._connection.execute(query.limit(size + 1)).scalars()], size)

    def ended(self, after: str | None, size: int) -> Page:
        """Deployments that have ended, the last one first."""
        begun = self._row(after)
        older = [] if begun is None else _before(begun)
        # Each state by its own stretch of the index: together they would be looked through.
        parts = [
            select(cases.c.reference, cases.c.changed_at)
            .where(cases.c.state == state.value, *older)
            .order_by(cases.c.changed_at.desc(), cases.c.reference.desc())
            .limit(size + 1)
            .subquery()
            for state in sorted(ENDED)
        ]
        all_of_them = union_all(*(select(part) for part in parts)).subquery()
        newest = select(all_of_them).order_by(all_of_them.c.changed_at.desc(), all_of_them.c.reference.desc())
        chosen = [row.reference for row in self._connection.execute(newest.limit(size + 1))]
        bodies = select(cases.c.body).where(cases.c.reference.in_(chosen))
        found = {case.reference: case for case in map(case_of, self._connection.execute(bodies).scalars())}
        return _page([found[reference] for reference in chosen], size)

    def entries(self, since: datetime, limit: int) -> tuple[Debt, ...]:
        """The newest calendar entry of every deployment that is open or starts after a moment, by its start."""
        query = open_or_since(since).where(cases.c.starts_at.is_not(None))
        query = query.with_only_columns(cases.c.reference).order_by(cases.c.starts_at.desc(), cases.c.reference.desc())
        references = list(self._connection.execute(query.limit(limit)).scalars())
        chunks = (references[first : first + _MANY] for first in range(0, len(references), _MANY))
        found = {debt.reference: debt for chunk in chunks for debt in self._newest(chunk)}
        return tuple(found[reference] for reference in reversed(references) if reference in found)

    def _newest(self, references: Sequence[str]) -> tuple[Debt, ...]:
        """What shadow mode or anybody else withheld never came into a calendar."""
        ours = and_(owed.c.reference.in_(references), owed.c.kind == "calendar")
        said = and_(ours, owed.c.state != DebtState.WITHHELD.value)
        newest = select(func.max(owed.c.id)).where(said).group_by(owed.c.reference)
        rows = self._connection.execute(select(owed).where(owed.c.id.in_(newest)))
        return tuple(debt_of(row) for row in rows.mappings())

    def trouble(self) -> Trouble:
        """How the record stands."""
        first = select(func.min(messages.c.id)).where(messages.c.outcome.is_(None)).scalar_subquery()
        waiting = select(messages.c.arrived).where(messages.c.id == first)
        doubtful = select(func.count()).where(owed.c.state == DebtState.IN_DOUBT.value)
        quarantined = select(func.count()).where(messages.c.outcome == Outcome.QUARANTINED.value)
        return Trouble(
            self._connection.execute(waiting).scalar(),
            int(self._connection.execute(doubtful).scalar_one()),
            int(self._connection.execute(quarantined).scalar_one()),
        )

    def _row(self, reference: str | None) -> Any:
        """Where a page begins; nothing, so the first one, where there is no such deployment."""
        if reference is None:
            return None
        told = select(cases.c.reference, cases.c.starts_at, cases.c.changed_at)
        return self._connection.execute(told.where(cases.c.reference == reference)).first()


def _before(begun: Any) -> list[ColumnElement[bool]]:
    """What stands after this one on a list with the newest first; the first condition is the index's."""
    earlier = or_(cases.c.changed_at < begun.changed_at, cases.c.reference < begun.reference)
    return [cases.c.changed_at <= begun.changed_at, earlier]


def _page(found: Sequence[Case], size: int) -> Page:
    return Page(tuple(found[:size]), found[size - 1].reference if len(found) > size else None)
