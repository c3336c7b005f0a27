"""What has arrived: every message whole, once, and how it ended."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, insert, select, update

from dplmaild.ports import Arrival, Identity, Outcome, Position
from dplmaild.store import statements
from dplmaild.store.statements import dialect_of
from dplmaild.store.tables import counters, messages, positions


@dataclass(frozen=True, slots=True)
class Stored:
    """One message as it was kept; `arrived` is what counts for every deadline."""

    id: int
    source: str
    identity: Identity
    hash: str
    arrived: datetime
    raw: bytes
    size: int
    left_out: tuple[str, ...]
    ticket: int | None
    attempts: int


_MOST_SAME = 20


@dataclass(frozen=True, slots=True)
class Same:
    """An earlier message that says the same."""

    id: int
    reference: str | None
    message_id: str | None


def digest(raw: bytes) -> str:
    """The hash that makes equal bytes equal, wherever they lie."""
    return hashlib.sha256(raw).hexdigest()


class Inbox:
    """The messages of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, arrival: Arrival, *, source: str = "mail", ticket: int | None = None) -> Stored | None:
        """Write a message down; None when this identity is known (the second copy is a quiet no-op, P2)."""
        return next(iter(self.keep_all((arrival,), source=source, ticket=ticket)), None)

    def keep_all(
        self, arrivals: Sequence[Arrival], *, source: str = "mail", ticket: int | None = None
    ) -> tuple[Stored, ...]:
        """Likewise for a group; those that are new, in their order."""
        if not arrivals:
            return ()
        rows = [_row(arrival, source, ticket) for arrival in arrivals]
        found = self._connection.execute(statements.kept(dialect_of(self._connection)), rows)
        numbers = {(account, folder, validity, uid): number for number, account, folder, validity, uid in found}
        kept = (
            (numbers.pop(_names(arrival.identity), None), arrival, row)
            for arrival, row in zip(arrivals, rows, strict=True)
        )
        return tuple(_kept(number, arrival, row) for number, arrival, row in kept if number is not None)

    def repeated(self, kept: Iterable[Stored]) -> frozenset[str]:
        """Of some messages the hashes that more than one message has: the others have no twin."""
        hashes = [stored.hash for stored in kept]
        return frozenset(self._connection.execute(statements.REPEATED, {"by_hashes": hashes}).scalars())

    def load(self, number: int) -> Stored:
        """One message; KeyError when there is none."""
        row = self._connection.execute(select(messages).where(messages.c.id == number)).mappings().first()
        if row is None:
            raise KeyError(number)
        return _stored(row)

    def known(self, account: str, folder: str, uids: Sequence[str]) -> frozenset[str]:
        """Those of these uids that are kept already (Maildir has no order to start from)."""
        found: set[str] = set()
        for start in range(0, len(uids), 500):
            chunk = uids[start : start + 500]
            where = and_(messages.c.account == account, messages.c.folder == folder, messages.c.uid.in_(chunk))
            found.update(self._connection.execute(select(messages.c.uid).where(where)).scalars())
        return frozenset(found)

    def undecided(self, limit: int) -> tuple[int, ...]:
        """The numbers of the messages that are kept but not decided, oldest first."""
        query = select(messages.c.id).where(messages.c.outcome.is_(None)).order_by(messages.c.id).limit(limit)
        return tuple(self._connection.execute(query).scalars())

    def waiting(self, limit: int, *, most_attempts: int) -> tuple[Stored, ...]:
        """Messages that are kept but not decided, oldest first."""
        where = and_(messages.c.outcome.is_(None), messages.c.attempts < most_attempts)
        rows = self._connection.execute(select(messages).where(where).order_by(messages.c.id).limit(limit)).mappings()
        return tuple(_stored(row) for row in rows)

    def exhausted(self, most_attempts: int) -> tuple[int, ...]:
        """Messages that were tried too often and are still undecided (P13)."""
        where = and_(messages.c.outcome.is_(None), messages.c.attempts >= most_attempts)
        return tuple(self._connection.execute(select(messages.c.id).where(where)).scalars())

    def tried(self, number: int) -> None:
        """Count an attempt before the message is read (P13)."""
        self._set(number, attempts=messages.c.attempts + 1)

    def twin(self, stored: Stored) -> int | None:
        """Another decided message of the very same bytes: their effect has happened (P2).

        It may have come later, when this one waited for another attempt; but no copy stands in for its original.
        """
        found = self._connection.execute(statements.TWIN, {"by_hash": stored.hash, "by_id": stored.id}).scalar()
        return None if found is None else int(found)

    def same_content(
        self, content_key: str, since: datetime, before: int, message_id: str | None = None
    ) -> Same | None:
        """An earlier message of the same content and sender, that was answered, asked back or recorded (MSG-8).

        Within a bounded age; with the same Message-ID it is the very mail, sent again by somebody, however old.
        """
        return next(iter(self.all_same(content_key, since, before, message_id)), None)

    def all_same(
        self, content_key: str, since: datetime, before: int, message_id: str | None = None
    ) -> tuple[Same, ...]:
        """All of them, oldest first; so many that nobody writes more."""
        wanted = {
            "by_content": content_key,
            "by_since": since,
            "by_id": before,
            "by_message_id": message_id,
        }
        rows = self._connection.execute(statements.SAME_CONTENT, wanted).fetchmany(_MOST_SAME)
        return tuple(Same(row.id, row.reference, row.message_id) for row in rows)

    def said_in(self, reference: str, sender: str, since: datetime, before: int) -> tuple[bytes, ...]:
        """What a sender wrote in one deployment's conversation since a moment, before a message (P12)."""
        where = and_(
            messages.c.reference == reference,
            messages.c.sender == sender[:320],
            messages.c.arrived >= since,
            messages.c.id < before,
        )
        return tuple(self._connection.execute(select(messages.c.raw).where(where).limit(_MOST_SAME)).scalars())

    def decided(self, number: int, outcome: Outcome, reason: str, now: datetime, **more: str | int | None) -> None:
        """Write how a message ended; `more`: reference, message_id, content_key, sender."""
        values = {"outcome": outcome.value, "reason": reason[:2000], "decided_at": now, **more}
        told = {f"new_{name}": value for name, value in values.items()}
        self._connection.execute(statements.changed(frozenset(values)), {"by_id": number, **told})

    def undecide(self, number: int) -> bool:
        """Make a quarantined or triaged message wait again (`replay`); False when there is none."""
        again = {"outcome": None, "attempts": 0, "reason": "", "content_key": None, "shown": 0}
        return self._connection.execute(update(messages).where(messages.c.id == number).values(again)).rowcount == 1

    def outcome_of(self, number: int) -> Outcome | None:
        """How a message ended; None while it waits."""
        found = self._connection.execute(select(messages.c.outcome).where(messages.c.id == number)).scalar()
        return Outcome(found) if found else None

    def unshown(self, limit: int, account: str | None = None) -> tuple[tuple[int, Identity, Outcome], ...]:
        """Decided mails whose outcome is not shown in their mailbox (of one account, or any) yet."""
        where = and_(messages.c.outcome.is_not(None), messages.c.shown == 0, messages.c.source == "mail")
        where = and_(where, messages.c.account == account) if account is not None else where
        rows = self._connection.execute(select(messages).where(where).order_by(messages.c.id).limit(limit)).mappings()
        return tuple((row["id"], _identity(row), Outcome(row["outcome"])) for row in rows)

    def mark_shown(self, numbers: Iterable[int]) -> None:
        """The outcomes are shown, or are not to be shown."""
        chosen = tuple(numbers)
        if chosen:
            self._connection.execute(update(messages).where(messages.c.id.in_(chosen)).values(shown=1))

    def mark_running(self, running: bool) -> bool:
        """Remember whether a daemon runs; True when one was marked as running before (it never ended)."""
        where = counters.c.name == "running"
        before = self._connection.execute(select(counters.c.value).where(where)).scalar()
        if before is None:
            self._connection.execute(insert(counters).values(name="running", value=int(running)))
        else:
            self._connection.execute(update(counters).where(where).values(value=int(running)))
        return bool(before)

    def tally(self) -> dict[str, int]:
        """How many messages ended how; the sum is all that ever arrived (P3)."""
        query = select(func.coalesce(messages.c.outcome, "waiting"), func.count()).group_by(messages.c.outcome)
        return {str(name): int(count) for name, count in self._connection.execute(query)}

    def position(self, account: str) -> Position | None:
        """How far a mailbox has been read."""
        row = self._connection.execute(select(positions).where(positions.c.account == account)).first()
        return None if row is None else Position(row.uidvalidity, row.uid)

    def move_position(self, account: str, position: Position, now: datetime) -> None:
        """Remember how far a mailbox has been read, in the transaction that keeps its mail."""
        values = {"uidvalidity": position.uidvalidity, "uid": position.uid, "read_at": now}
        where = positions.c.account == account
        if self._connection.execute(update(positions).where(where).values(values)).rowcount == 0:
            self._connection.execute(insert(positions).values(account=account, **values))

    def _set(self, number: int, **values: object) -> None:
        self._connection.execute(update(messages).where(messages.c.id == number).values(**values))


def _row(arrival: Arrival, source: str, ticket: int | None) -> dict[str, Any]:
    return {
        "source": source,
        "account": arrival.identity.account,
        "folder": arrival.identity.folder,
        "uidvalidity": arrival.identity.uidvalidity,
        "uid": arrival.identity.uid,
        "hash": digest(arrival.raw),
        "arrived": arrival.arrived,
        "size": arrival.size,
        "left_out": list(arrival.left_out),
        "raw": arrival.raw,
        "ticket": ticket,
        "attempts": 0,
        "reason": "",
        "shown": 0,
    }


def _names(identity: Identity) -> tuple[str, str, int, str]:
    return identity.account, identity.folder, identity.uidvalidity, identity.uid


def _kept(number: int, arrival: Arrival, row: Mapping[str, Any]) -> Stored:
    """What was just written, as it would be read back."""
    return Stored(
        id=number,
        source=row["source"],
        identity=arrival.identity,
        hash=row["hash"],
        arrived=arrival.arrived.astimezone(UTC),
        raw=arrival.raw,
        size=arrival.size,
        left_out=tuple(arrival.left_out),
        ticket=row["ticket"],
        attempts=0,
    )


def _identity(row: RowMapping) -> Identity:
    return Identity(row["account"], row["folder"], row["uidvalidity"], row["uid"])


def _stored(row: RowMapping) -> Stored:
    return Stored(
        id=row["id"],
        source=row["source"],
        identity=_identity(row),
        hash=row["hash"],
        arrived=row["arrived"],
        raw=row["raw"],
        size=row["size"],
        left_out=tuple(row["left_out"]),
        ticket=row["ticket"],
        attempts=row["attempts"],
    )
