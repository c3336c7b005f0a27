"""A database with many deployments behind it: years of a desk's work, written straight into the tables."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bench.mails import CUSTOMERS
from dplmaild.store.database import Database

OPEN = 100  # a desk that has existed longer has more behind it, not more before it
_BODY = {
    "customer": "",
    "state": "succeeded",
    "deployment": {
        "product": "ICM",
        "environment": {"name": "PRD"},
        "type": "code",
        "target_version": {"text": ""},
        "special_activities": "none",
    },
    "subject": "Release to production",
    "language": "en",
}
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"


def furnish_store(path: Path, count: int, now: datetime) -> None:
    """Make the database with so many deployments, each with its mail, thread, history, letters and timers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    sql = sqlite3.connect(path, isolation_level=None)
    sql.execute("PRAGMA synchronous=OFF")
    sql.execute("BEGIN")
    for table, columns, rows in _tables(count, now):
        marks = ",".join("?" * len(columns.split(",")))
        sql.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - names of our own
    sql.execute("INSERT INTO counters (name, value) VALUES (?, ?)", (f"reference-{now.year}", count))
    sql.execute("COMMIT")
    sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sql.close()


def _reference(n: int, now: datetime) -> str:
    return f"DPL-{now.year}-{n + 1:04d}"


def _at(n: int, count: int, now: datetime) -> datetime:
    """The newest are of the coming weeks, the rest lies behind."""
    return now + timedelta(hours=6 * (n - count + OPEN))


def _tables(count: int, now: datetime) -> Iterator[tuple[str, str, Iterator[tuple[object, ...]]]]:
    numbers = range(count)
    yield "cases", "reference,customer,state,starts_at,changed_at,body,version", (_case(n, count, now) for n in numbers)
    booked = range(max(0, count - OPEN), count)
    columns = "reference,customer,environment,product,starts_at,ends_at,tentative"
    yield "bookings", columns, (_booking(n, count, now) for n in booked)
    yield (
        "threads",
        "message_id,reference",
        ((f"<{k}-{n}@old.example.net>", _reference(n, now)) for n in numbers for k in range(3)),
    )
    yield (
        "history",
        "reference,at,who,cause,was,became,why",
        (
            (_reference(n, now), f"{_at(n, count, now):{_MOMENT}}", "nora@old.example.net", "message 1", *was, "{}")
            for n in numbers
            for was in ((None, "scheduled"), ("scheduled", "instructed"), ("instructed", "succeeded"))
        ),
    )
    yield (
        "messages",
        (
            "source,account,folder,uidvalidity,uid,hash,message_id,content_key,sender,arrived,size,left_out,raw,"
            "attempts,outcome,reason,reference,decided_at,shown"
        ),
        (_message(n, count, now) for n in numbers),
    )
    columns = "reference,message,kind,name,body,message_id,owed_at,due,state,attempts,doubts,settled_at,note,sender"
    yield "owed", columns, (_owed(n, k, count, now) for n in numbers for k in range(3))
    yield (
        "timers",
        "reference,kind,due,fired_at,note",
        (
            (_reference(n, now), kind, f"{_at(n, count, now):{_MOMENT}}", f"{now:{_MOMENT}}", "")
            for n in range(max(0, count - OPEN))
            for kind in ("instruction reminder", "instruction deadline")
        ),
    )


def _case(n: int, count: int, now: datetime) -> tuple[object, ...]:
    customer, state = f"shop{n % CUSTOMERS}", "scheduled" if n >= count - OPEN else "succeeded"
    start = _at(n, count, now)
    version = f"10.{n % 7}.{n}"
    deployment = {**_BODY["deployment"], "target_version": {"text": version}}  # type: ignore[dict-item]
    body = {
        **_BODY,
        "reference": _reference(n, now),
        "customer": customer,
        "state": state,
        "deployment": deployment,
        "arrived": f"{start - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}",
        "slot": {"start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "length": "PT2H30M"},
        "requested_by": f"nora@{customer}.example.net",
        "thread": [f"<{k}-{n}@old.example.net>" for k in range(3)],
    }
    return _reference(n, now), customer, state, f"{start:{_MOMENT}}", f"{start:{_MOMENT}}", json.dumps(body), version


def _booking(n: int, count: int, now: datetime) -> tuple[object, ...]:
    start = _at(n, count, now)
    ends = start + timedelta(hours=2, minutes=30)
    return _reference(n, now), f"shop{n % CUSTOMERS}", "PRD", "ICM", f"{start:{_MOMENT}}", f"{ends:{_MOMENT}}", 0


def _message(n: int, count: int, now: datetime) -> tuple[object, ...]:
    moment = f"{_at(n, count, now):{_MOMENT}}"
    who = f"nora@shop{n % CUSTOMERS}.example.net"
    identity = ("mail", "inbox", "INBOX", 1, str(n + 1), f"{n:064x}", f"<0-{n}@old.example.net>", f"{n:064d}", who)
    return (*identity, moment, 600, "[]", b"x" * 600, 1, "answered", "confirmed", _reference(n, now), moment, 1)


def _owed(n: int, k: int, count: int, now: datetime) -> tuple[object, ...]:
    moment = f"{_at(n, count, now):{_MOMENT}}"
    who = f"nora@shop{n % CUSTOMERS}.example.net"
    told = (_reference(n, now), n + 1, "log row", "log row", json.dumps({"reference": "", "customer": ""}))
    return (*told, f"<{n}-{k}@example.org>", moment, moment, "paid", 1, 0, moment, "", who)
