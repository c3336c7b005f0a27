"""What a run has come to, in a form that two runs can be compared by."""

import json
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select

from dplmaild.store.database import Database
from dplmaild.store.tables import bookings, cases, history, messages, owed, timers
from promises.outside import World

_Rows = list[tuple[str, ...]]
State = dict[str, _Rows]


@dataclass(frozen=True)
class Letters:
    """How often the mail server took each letter, by Message-ID, and what our record says of it."""

    taken: dict[str, int]
    doubts: dict[str, int]  # of every letter that was owed
    unpaid: tuple[str, ...]

    @property
    def complaints(self) -> list[str]:
        """Where P4 is broken: none, three, or two without a doubt on record."""
        found = [f"{name} was never received" for name in self.doubts if self.taken.get(name, 0) == 0]
        found += [f"{name} was received {n} times" for name, n in self.taken.items() if n > 2]
        found += [
            f"{name} was received twice and nobody was told"
            for name, n in self.taken.items()
            if n == 2 and not self.doubts.get(name)
        ]
        found += [f"{name} was received and never owed" for name in self.taken if name not in self.doubts]
        return found + [f"unpaid: {what}" for what in self.unpaid]


def letters(database: Database, world: World) -> Letters:
    """Our record of letters beside the mail server's."""
    taken = Counter(_message_id(raw) for _, raw in world.office.taken)
    with database.reading() as connection:
        rows = connection.execute(select(owed)).mappings().all()
    doubts = {str(r["message_id"]): int(r["doubts"]) for r in rows if r["message_id"]}
    unpaid = tuple(f"{r['name']} of {r['reference']}: {r['state']}, {r['note']}" for r in rows if r["state"] != "paid")
    return Letters(dict(taken), doubts, unpaid)


def outcome(database: Database, world: World) -> State:
    """The final state by part, without what a death may change: attempts, doubts, moments of settlement."""
    with database.reading() as connection:
        record = {
            "messages": _rows(connection, messages, "uid", "outcome", "reason", "reference", "arrived", "hash"),
            "cases": _rows(connection, cases, "reference", "customer", "state", "starts_at", "ticket", "body"),
            "bookings": _rows(connection, bookings, "reference", "starts_at", "ends_at", "tentative"),
            "history": _rows(connection, history, "reference", "at", "who", "cause", "was", "became", "why"),
            "timers": _rows(connection, timers, "reference", "kind", "due", "fired_at", "note"),
            "owed": _rows(connection, owed, "reference", "kind", "name", "state", "body", "message"),
        }
    return record | {
        "letters": sorted({_letter(to, raw) for to, raw in world.office.taken}),
        "articles": [_article(row) for row in world.zammad.written()],
        "workbook": _cells(world.folder / "logs"),
        "calendar": _events(world.folder / "deployments.ics"),
    }


def _rows(connection: Any, table: Any, *names: str) -> _Rows:
    found = connection.execute(select(*(table.c[name] for name in names))).all()
    return sorted(tuple(_shown(value) for value in row) for row in found)


def _shown(value: object) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else str(value)


@lru_cache(maxsize=4096)  # most letters of one run are those of every other
def _message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"])


@lru_cache(maxsize=4096)
def _letter(to: tuple[str, ...], raw: bytes) -> tuple[str, ...]:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return (" ".join(to), str(message["Subject"]), str(message["Date"]), str(body.get_content()))


def _article(row: Any) -> tuple[str, ...]:
    ours = row["preferences"].get("dplmaild", {}).get("op", "")
    return (str(row["ticket_id"]), str(row["body"]), str(row["internal"]), str(ours))


def _cells(folder: Path) -> _Rows:
    return [row for path in sorted(folder.glob("*.xlsx")) for row in _book(path, _content(path))]


def _content(path: Path) -> tuple[tuple[str, int], ...]:
    """The checksums of what a workbook holds: a death leaves most of them as they were."""
    with ZipFile(path) as whole:
        return tuple((part.filename, part.CRC) for part in whole.infolist() if part.filename.startswith("xl/"))


@lru_cache(maxsize=256)
def _book(path: Path, _content: tuple[tuple[str, int], ...]) -> _Rows:
    found: _Rows = []
    for sheet in load_workbook(path).worksheets:
        rows = [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]
        found += [(path.name, sheet.title, *(str(cell) for cell in row)) for row in rows]
    return found


def _events(path: Path) -> _Rows:
    return _events_in(path.read_bytes()) if path.exists() else []


@lru_cache(maxsize=256)
def _events_in(content: bytes) -> _Rows:
    names = ("UID", "SEQUENCE", "STATUS", "SUMMARY", "DTSTART", "DTEND")
    events = Calendar.from_ical(content).walk("VEVENT")
    return sorted(tuple(str(event[name].to_ical()) for name in names) for event in events)
