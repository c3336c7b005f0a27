"""What is owed to the world, from the transaction that decided it to its settlement (P4, P7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, func, or_, select, update

from dplmaild.deployment.owed import Alarm, CalendarEntry, CoveredComment, Letter, LogRow, Owed, TicketComment
from dplmaild.store import statements
from dplmaild.store.statements import dialect_of
from dplmaild.store.tables import owed

_KINDS = {
    "letter": Letter,
    "alarm": Alarm,
    "comment": TicketComment,
    "covered": CoveredComment,
    "calendar": CalendarEntry,
    "log row": LogRow,
}
_NAMES = {what: kind for kind, what in _KINDS.items()}


@cache
def _form(kind: str) -> TypeAdapter[Any]:
    """How a kind of debt is kept; built when the first is met, since most commands meet none."""
    return TypeAdapter(_KINDS[kind])


def warm_up() -> None:
    """Build now what the first letter would have to wait for."""
    for kind in _KINDS:
        _form(kind)


class DebtState(StrEnum):
    """How far a payment has come."""

    OWED = "owed"
    SENDING = "sending"  # committed before any connection is made
    IN_DOUBT = "in doubt"  # it may have been sent; it is sent once more
    PAID = "paid"
    SET_ASIDE = "set aside"  # refused for good, or in doubt twice: OPS has to look
    WITHHELD = statements.WITHHELD  # shadow mode, or a limit of talk


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing that is owed, as it is claimed by a worker."""

    id: int
    reference: str | None
    message: int | None
    what: Owed
    message_id: str | None
    owed_at: datetime
    state: DebtState
    attempts: int
    doubts: int
    note: str = ""
    owner: str | None = None  # the run that was sending it


@dataclass(frozen=True, slots=True)
class NewDebt:
    """One thing to be owed from now on."""

    what: Owed
    reference: str | None
    message: int | None
    message_id: str | None = None
    answers: str | None = None  # the sender whom it answers, for the limits of talk
    withheld: bool = False
    note: str = ""


class Debts:
    """The debts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owe(self, new: Sequence[NewDebt], now: datetime, claim: "Claim | None" = None) -> tuple[Debt, ...]:
        """Write down what is owed; with a claim it is marked as being sent in the same commit."""
        if not new:
            return ()
        rows = [_row(debt, now, claim) for debt in new]
        numbers = self._connection.execute(statements.OWED, rows).scalars()
        return tuple(_owed(number, debt, row, now) for number, debt, row in zip(numbers, new, rows, strict=True))

    def claim(self, now: datetime, claim: "Claim", limit: int) -> tuple[Debt, ...]:
        """Take what is due for ourselves; a conditional update, so that no second worker takes the same."""
        open_ = or_(owed.c.state == DebtState.OWED.value, owed.c.state == DebtState.IN_DOUBT.value)
        due = select(owed).where(open_, owed.c.due <= now).order_by(owed.c.due, owed.c.id).limit(limit)
        if self._connection.dialect.name != "sqlite":
            due = due.with_for_update(skip_locked=True)
        rows = self._connection.execute(due).mappings().all()
        return tuple(debt for row in rows if (debt := self._take(row, claim)) is not None)

    def _take(self, row: Any, claim: "Claim") -> Debt | None:
        free = and_(owed.c.id == row["id"], owed.c.state == row["state"], owed.c.attempts == row["attempts"])
        values = {
            "state": DebtState.SENDING.value,
            "claimed_until": claim.until,
            "owner": claim.owner,
            "attempts": row["attempts"] + 1,
        }
        if self._connection.execute(update(owed).where(free).values(values)).rowcount != 1:
            return None
        return debt_of(row, attempts=row["attempts"] + 1)

    def orphaned(self, now: datetime, owner: str) -> tuple[Debt, ...]:
        """What another worker was sending when it died or lost its lease."""
        dead = and_(
            owed.c.state == DebtState.SENDING.value,
            or_(owed.c.owner != owner, owed.c.claimed_until < now),
        )
        return tuple(
            debt_of(r) for r in self._connection.execute(select(owed).where(dead).order_by(owed.c.id)).mappings()
        )

    def settle(
        self, debt: Debt, state: DebtState, now: datetime, *, due: datetime | None = None, note: str = ""
    ) -> bool:
        """Write how a payment ended; False when we no longer owned it (fencing by the attempt's number)."""
        ours = {"by_id": debt.id, "by_attempts": debt.attempts, "by_state": DebtState.SENDING.value}
        ended = state in {DebtState.PAID, DebtState.SET_ASIDE, DebtState.WITHHELD}
        values = {
            "new_state": state.value,
            "new_settled_at": now if ended else None,
            "new_due": due or now,
            "new_note": note[:1000],
            "more_doubts": int(state is DebtState.IN_DOUBT),
        }
        return self._connection.execute(statements.SETTLED, {**ours, **values}).rowcount == 1

    def next_due(self) -> datetime | None:
        """When the next unpaid thing falls due."""
        open_ = owed.c.state.in_((DebtState.OWED.value, DebtState.IN_DOUBT.value))
        return self._connection.execute(select(func.min(owed.c.due)).where(open_)).scalar()

    def of(self, reference: str) -> tuple[tuple[Debt, datetime | None], ...]:
        """All that was ever owed for a case, with when it was settled."""
        rows = self._connection.execute(select(owed).where(owed.c.reference == reference).order_by(owed.c.id))
        return tuple((debt_of(row), row["settled_at"]) for row in rows.mappings())

    def letter(self, reference: str, message_id: str) -> Letter | None:
        """The letter of a case with this Message-ID."""
        where = and_(owed.c.reference == reference, owed.c.message_id == message_id, owed.c.kind == _NAMES[Letter])
        row = self._connection.execute(select(owed).where(where).limit(1)).mappings().first()
        what = debt_of(row).what if row else None
        return what if isinstance(what, Letter) else None

    def answering(self, message: int) -> tuple[Debt, ...]:
        """What is owed because of one message."""
        rows = self._connection.execute(select(owed).where(owed.c.message == message).order_by(owed.c.id))
        return tuple(debt_of(row) for row in rows.mappings())

    def troubled(self, limit: int = 200) -> tuple[Debt, ...]:
        """What is in doubt, was in doubt, or was set aside: OPS sees it (P5, P18)."""
        where = or_(owed.c.state.in_((DebtState.IN_DOUBT.value, DebtState.SET_ASIDE.value)), owed.c.doubts > 0)
        rows = self._connection.execute(select(owed).where(where).order_by(owed.c.id.desc()).limit(limit))
        return tuple(debt_of(row) for row in rows.mappings())

    def tally(self) -> dict[str, int]:
        """How many debts are in which state."""
        return {
            str(s): int(n)
            for s, n in self._connection.execute(select(owed.c.state, func.count()).group_by(owed.c.state))
        }

    def answers_since(self, sender: str, since: datetime, reference: str | None = None) -> int:
        """How many messages of a sender were answered since a moment, in one thread or in all (P12)."""
        wanted = {"by_sender": sender, "by_since": since, **({"by_reference": reference} if reference else {})}
        return int(self._connection.execute(statements.ANSWERED[reference is not None], wanted).scalar_one())

    def withheld_since(self, sender: str, since: datetime, reference: str | None = None) -> bool:
        """Whether an answer to a sender was withheld since a moment, in one thread or in any (P12)."""
        where = [owed.c.sender == sender, owed.c.owed_at >= since, owed.c.state == DebtState.WITHHELD.value]
        where += [owed.c.reference == reference] if reference else []
        return self._connection.execute(select(owed.c.id).where(*where).limit(1)).scalar() is not None

    def count_caused(self, day: date, letters: int) -> int:
        """Add to the letters that mail caused on a day (UTC); how many they are now (P12)."""
        more = {"name": f"letters-{day}", "value": letters}
        return int(self._connection.execute(statements.raised(dialect_of(self._connection)), more).scalar_one())

    def revive(self, numbers: Iterable[int], now: datetime) -> int:
        """Owe again what was set aside, by OPS's word."""
        values = {"state": DebtState.OWED.value, "due": now, "doubts": 0}
        where = and_(owed.c.id.in_(tuple(numbers)), owed.c.state == DebtState.SET_ASIDE.value)
        return self._connection.execute(update(owed).where(where).values(values)).rowcount


@dataclass(frozen=True, slots=True)
class Claim:
    """In whose name and until when something is taken; `owner` is unique to one run of the daemon."""

    owner: str
    until: datetime

    @classmethod
    def by(cls, owner: str, now: datetime) -> "Claim":
        """A claim long enough for a slow mail server."""
        return cls(owner, now + timedelta(minutes=10))


def name_of(what: Owed) -> str:
    """The word under which people see a debt."""
    match what:
        case Letter():
            return what.kind.value
        case Alarm() | TicketComment():
            return what.letter.kind.value
        case CoveredComment():
            return f"{what.letter.kind.value} on ticket {what.number}"
        case CalendarEntry():
            return "calendar entry"
        case LogRow():
            return "log row"


def _row(new: NewDebt, now: datetime, claim: Claim | None) -> dict[str, Any]:
    state = DebtState.WITHHELD if new.withheld else DebtState.SENDING if claim else DebtState.OWED
    kind = _NAMES[type(new.what)]
    return {
        "reference": new.reference,
        "message": new.message,
        "kind": kind,
        "name": name_of(new.what)[:40],
        "body": _form(kind).dump_python(new.what, mode="json", exclude_defaults=True),
        "message_id": new.message_id,
        "owed_at": now,
        "due": now,
        "state": state.value,
        "claimed_until": claim.until if claim and not new.withheld else None,
        "owner": claim.owner if claim and not new.withheld else None,
        "attempts": 1 if state is DebtState.SENDING else 0,
        "doubts": 0,
        "note": new.note,
        "sender": new.answers,
    }


def _owed(number: int, new: NewDebt, row: dict[str, Any], now: datetime) -> Debt:
    """What was just written, as it would be read back."""
    return Debt(
        id=number,
        reference=new.reference,
        message=new.message,
        what=new.what,
        message_id=new.message_id,
        owed_at=now,
        state=DebtState(row["state"]),
        attempts=row["attempts"],
        doubts=0,
        note=new.note,
    )


def debt_of(row: Any, attempts: int | None = None) -> Debt:
    """A row of what is owed."""
    return Debt(
        id=row["id"],
        reference=row["reference"],
        message=row["message"],
        what=_form(row["kind"]).validate_python(row["body"]),
        message_id=row["message_id"],
        owed_at=row["owed_at"],
        state=DebtState(row["state"]),
        attempts=row["attempts"] if attempts is None else attempts,
        doubts=row["doubts"],
        note=row["note"],
        owner=row["owner"],
    )
