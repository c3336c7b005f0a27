"""The statements in the path of every mail, built once: to build one anew costs more than to run it.

Parameters that are compared are named `by_...`, so that none has the name of a column that is set.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Executable,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite

from dplmaild.deployment.case import ENDED
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome
from dplmaild.store.tables import (
    STILL_OPEN,
    bookings,
    cases,
    counters,
    history,
    messages,
    owed,
    threads,
    timers,
)

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_REFERENCE: BindParameter[str] = bindparam("by_reference")
WITHHELD = "withheld"
SHADOW = "shadow mode"  # the note of what shadow mode withholds (SEE-12)
Condition = ColumnElement[bool]
Counting = Select[int]
_CHANGED = ("customer", "state", "starts_at", "ticket", "changed_at", "body", "version")


@cache
def added(table: Table, dialect: str) -> Executable:
    """Insert rows; what is there already stays as it is."""
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def kept(dialect: str) -> Executable:
    """Insert messages and give the number of each with its identity; nothing where that is known."""
    told = (messages.c.id, messages.c.account, messages.c.folder, messages.c.uidvalidity, messages.c.uid)
    return _insert(messages, dialect).on_conflict_do_nothing().returning(*told)


@cache
def first(table: Table, dialect: str) -> Executable:
    """Insert a row and give its key; nothing where it is there. PostgreSQL's driver does not tell by a row count."""
    return _insert(table, dialect).on_conflict_do_nothing().returning(*table.primary_key.columns)


@cache
def saved(dialect: str) -> Executable:
    """Insert a case, or write it over."""
    new = _insert(cases, dialect)
    return new.on_conflict_do_update(index_elements=["reference"], set_={name: new.excluded[name] for name in _CHANGED})


@cache
def raised(dialect: str) -> Executable:
    """Add a value to a counter, and give what it is now."""
    first = _insert(counters, dialect)
    further = {"value": counters.c.value + first.excluded.value}
    return first.on_conflict_do_update(index_elements=["name"], set_=further).returning(counters.c.value)


@cache
def changed(names: frozenset[str]) -> Executable:
    """Set these columns of one message."""
    return update(messages).where(messages.c.id == bindparam("by_id")).values({n: bindparam(f"new_{n}") for n in names})


def _insert(table: Table, dialect: str) -> "sqlite.Insert | postgresql.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 2 MB that the embedded default never needs

    return postgresql.insert(table)


def _one_of(column: Column[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether it is one of these, which are always the same: an IN is written anew for every execution."""
    return or_(*(column == str(value) for value in values))


def dialect_of(connection: Connection) -> str:
    """The name of the database's dialect, for the statements that differ."""
    return connection.dialect.name


_EFFECTIVE = and_(messages.c.outcome.is_not(None), messages.c.outcome != Outcome.DUPLICATE.value)
_TWIN = and_(messages.c.hash == bindparam("by_hash"), messages.c.id != bindparam("by_id"), _EFFECTIVE)
TWIN = select(messages.c.id).where(_TWIN).order_by(messages.c.id)
REPEATED = (
    select(messages.c.hash)
    .where(messages.c.hash.in_(bindparam("by_hashes", expanding=True)))
    .group_by(messages.c.hash)
    .having(func.count() > 1)
)

SAME_CONTENT = (
    select(messages.c.id, messages.c.reference, messages.c.message_id)
    .where(
        messages.c.content_key == bindparam("by_content"),
        or_(messages.c.arrived >= bindparam("by_since"), messages.c.message_id == bindparam("by_message_id")),
        messages.c.id < bindparam("by_id"),
        _one_of(messages.c.outcome, (Outcome.ANSWERED, Outcome.ASKED, Outcome.RECORDED)),
    )
    .order_by(messages.c.id)
)

CASE = select(cases.c.body).where(cases.c.reference == _REFERENCE)
RAN = (
    select(cases.c.body)
    .where(
        cases.c.customer == bindparam("by_customer"),
        cases.c.version == bindparam("by_version"),
        cases.c.state == State.SUCCEEDED.value,
    )
    .order_by(cases.c.reference.desc())
    .limit(500)
)
GOING = (
    select(cases.c.body)
    .where(cases.c.customer == bindparam("by_customer"), _one_of(cases.c.state, [s for s in State if s not in ENDED]))
    .order_by(cases.c.reference)
    .limit(1000)
)


def open_or_since(since: datetime) -> Select[Any]:
    """The cases that have not ended, and those that start at a moment or later: two stretches of two indexes."""
    going = select(cases.c.reference).where(text(STILL_OPEN))
    later = select(cases.c.reference).where(cases.c.starts_at >= since)
    return select(cases.c.body).where(cases.c.reference.in_(going.union(later)))


UNBOOKED = delete(bookings).where(bookings.c.reference == _REFERENCE)
BOOKED = insert(bookings)
HELD = select(bookings).where(bookings.c.ends_at >= bindparam("by_since"))
OF_THREAD = select(threads).where(threads.c.message_id.in_(bindparam("by_ids", expanding=True)))
NOTED = insert(history)

TIMERS_OF = select(timers).where(timers.c.reference == _REFERENCE)
TIMER_ENDED = (
    update(timers)
    .where(timers.c.id == bindparam("by_id"))
    .values(fired_at=bindparam("new_fired_at"), note=bindparam("new_note"))
)

# A letter and a comment on one message are one answer.
_ANSWERS = select(func.count(func.coalesce(owed.c.message, -owed.c.id).distinct())).where(
    owed.c.sender == bindparam("by_sender"), owed.c.owed_at >= bindparam("by_since"), owed.c.state != WITHHELD
)
ANSWERED = {False: _ANSWERS, True: _ANSWERS.where(owed.c.reference == _REFERENCE)}  # in all threads, in one

OWED = insert(owed).returning(owed.c.id, sort_by_parameter_order=True)
SETTLED = (
    update(owed)
    .where(
        owed.c.id == bindparam("by_id"),
        owed.c.attempts == bindparam("by_attempts"),
        owed.c.state == bindparam("by_state"),
    )
    .values(
        state=bindparam("new_state"),
        settled_at=bindparam("new_settled_at"),
        due=bindparam("new_due"),
        doubts=owed.c.doubts + bindparam("more_doubts"),
        note=func.coalesce(func.nullif(bindparam("new_note"), ""), owed.c.note),
        owner=None,
        claimed_until=None,
    )
)
