"""The deployments on record, their threads, their history, and the schedule they make up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, select

from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.case import AGREED, ENDED, Case, held_by
from dplmaild.deployment.terms import Environment, Product, State, Version, Window
from dplmaild.store import statements
from dplmaild.store.statements import dialect_of
from dplmaild.store.tables import cases, history, threads

_CASE = TypeAdapter(Case)


def case_of(body: Any) -> Case:
    """A case as its row keeps it."""
    return _CASE.validate_python(body)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history (STATE-2): who did what, when, by which message or command, and why."""

    reference: str | None
    at: datetime
    who: str
    cause: str
    was: State | None
    became: State | None
    why: dict[str, Any]


class Cases:
    """The cases of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: tuple[datetime, Schedule] | None = None  # the schedule as this transaction has left it

    def load(self, reference: str) -> Case | None:
        """The case with this reference."""
        body = self._connection.execute(statements.CASE, {"by_reference": reference}).scalar()
        return None if body is None else case_of(body)

    def save(self, case: Case, now: datetime) -> None:
        """Write a case down, new or changed, with what it is looked up by."""
        row = {
            "reference": case.reference,
            "customer": case.customer,
            "state": case.state.value,
            "starts_at": case.slot.start if case.slot else None,
            "ticket": case.ticket,
            "changed_at": now,
            "body": _CASE.dump_python(case, mode="json", exclude_defaults=True),
            "version": _key(case.deployment.target_version) if case.deployment.target_version else None,
        }
        self._connection.execute(statements.saved(dialect_of(self._connection)), row)
        self._book(case)

    def _book(self, case: Case) -> None:
        """What the case holds on the schedule now, in place of what it held before."""
        held = held_by(case)
        self._connection.execute(statements.UNBOOKED, {"by_reference": case.reference})
        if held:
            self._connection.execute(statements.BOOKED, [_booking_row(booking) for booking in held])
        if self._held is not None:
            since, schedule = self._held
            self._held = (since, schedule.holding(case.reference, (b for b in held if b.ends >= since)))

    def schedule(self, since: datetime) -> Schedule:
        """All that is held and ends at or after a moment; read once in a transaction, and kept up by `save`."""
        if self._held is None or self._held[0] != since:
            rows = self._connection.execute(statements.HELD, {"by_since": since})
            self._held = (since, Schedule(tuple(_booking(row) for row in rows)))
        return self._held[1]

    def forget(self) -> None:
        """What this transaction wrote was rolled back in part: read the schedule again."""
        self._held = None

    def next_reference(self, year: int) -> str:
        """A fresh reference, counted per year: DPL-2026-0042."""
        first = {"name": f"reference-{year}", "value": 1}
        number = self._connection.execute(statements.raised(dialect_of(self._connection)), first).scalar()
        return f"DPL-{year}-{number:04d}"

    def of_thread(self, message_ids: Sequence[str]) -> str | None:
        """The case whose thread holds one of these Message-IDs; the last named counts most."""
        if not message_ids:
            return None
        wanted = tuple(message_ids)[-50:]
        rows = self._connection.execute(statements.OF_THREAD, {"by_ids": wanted})
        found = {row.message_id: row.reference for row in rows}
        return next((found[m] for m in reversed(wanted) if m in found), None)

    def remember(self, reference: str, message_ids: Iterable[str]) -> None:
        """These Message-IDs belong to a case; the first owner of an id keeps it."""
        rows = [{"message_id": m, "reference": reference} for m in dict.fromkeys(message_ids)]
        if rows:
            self._connection.execute(statements.added(threads, dialect_of(self._connection)), rows)

    def of_ticket(self, ticket: int) -> tuple[Case, ...]:
        """The cases that a ticket stands for."""
        return self._some(cases.c.ticket == ticket)

    def open_of(self, customer: str) -> tuple[Case, ...]:
        """The customer's cases that have not ended."""
        found = self._connection.execute(statements.GOING, {"by_customer": customer})
        return tuple(case_of(body) for body in found.scalars())

    def going(self) -> tuple[Case, ...]:
        """Every deployment that has not ended, of all customers."""
        states = [state.value for state in State if state not in ENDED]
        return self._some(cases.c.state.in_(states), limit=100_000)

    def booked(self, after: datetime) -> tuple[Case, ...]:
        """Every agreed deployment whose slot starts after a moment, of all customers."""
        agreed = [state.value for state in AGREED]
        return self._some(and_(cases.c.state.in_(agreed), cases.c.starts_at > after), limit=100_000)

    def succeeded_of(self, customer: str, versions: Iterable[Version]) -> tuple[Case, ...]:
        """The customer's successful deployments of these versions: the record that PRE-1 to PRE-3 ask for."""
        return tuple(
            case_of(body)
            for key in sorted({_key(version) for version in versions})
            for body in self._connection.execute(statements.RAN, {"by_customer": customer, "by_version": key}).scalars()
        )

    def all(self, *, state: State | None = None, customer: str | None = None, limit: int = 1000) -> tuple[Case, ...]:
        """Cases for a list, newest first."""
        where = [cases.c.state == state.value] if state else []
        where += [cases.c.customer == customer] if customer else []
        query = select(cases.c.body).where(*where).order_by(cases.c.reference.desc()).limit(limit)
        return tuple(case_of(body) for body in self._connection.execute(query).scalars())

    def note(self, entry: Entry) -> None:
        """Add a line to the history; nothing ever changes one."""
        row = {
            "reference": entry.reference,
            "at": entry.at,
            "who": entry.who[:320],
            "cause": entry.cause[:120],
            "was": entry.was.value if entry.was else None,
            "became": entry.became.value if entry.became else None,
            "why": entry.why,
        }
        self._connection.execute(statements.NOTED, row)

    def last_moved(self, reference: str) -> datetime | None:
        """When somebody who may last acted on a case (P12); None when nobody did in its last hundred entries."""
        query = select(history.c.at, history.c.why).where(history.c.reference == reference)
        rows = self._connection.execute(query.order_by(history.c.id.desc()).limit(100))
        return next((row.at for row in rows if row.why.get("moved")), None)

    def history_of(self, reference: str) -> tuple[Entry, ...]:
        """All that happened to a case, oldest first."""
        rows = self._connection.execute(select(history).where(history.c.reference == reference).order_by(history.c.id))
        return tuple(
            Entry(r.reference, r.at, r.who, r.cause, _state(r.was), _state(r.became), dict(r.why)) for r in rows
        )

    def _some(self, where: Any, limit: int = 1000) -> tuple[Case, ...]:
        query = select(cases.c.body).where(where).order_by(cases.c.reference).limit(limit)
        return tuple(case_of(body) for body in self._connection.execute(query).scalars())


def _key(version: Version) -> str:
    """The same tag is one version: `v11.0.2` and `11.0.2`."""
    return version.text.lower().removeprefix("v")


def _state(text: str | None) -> State | None:
    return State(text) if text else None


def _booking_row(booking: Booking) -> dict[str, Any]:
    return {
        "reference": booking.reference,
        "customer": booking.customer,
        "environment": booking.environment.name,
        "product": booking.product.value if booking.product else None,
        "starts_at": booking.window.start,
        "ends_at": booking.window.end,
        "tentative": int(booking.tentative),
    }


def _booking(row: Any) -> Booking:
    window = Window(row.starts_at, row.ends_at - row.starts_at)
    product = Product(row.product) if row.product else None
    return Booking(row.reference, row.customer, Environment(row.environment), window, product, bool(row.tentative))
