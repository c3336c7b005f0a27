"""P7 and P8 as delivery sees them: what was written and not acknowledged is written once; a locked log is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from dplmaild.ports import InDoubtError
from promises.desk import Where, desk_in, zammad
from promises.mails import drop, request
from promises.scenario import TICKET_REQUEST
from promises.turns import Turns, opened, owed_rows
from servers.zammad import ZammadDouble
from servers.zammad.faults import Kind

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> Iterator[ZammadDouble]:
    with ZammadDouble() as double:
        nora = double.add_user("nora@agency.example.net", "Nora", "Release")
        ticket = double.add_ticket("Release 11.0.3", customer_id=nora.id)
        row = double.add_article(ticket, nora, body=TICKET_REQUEST)
        double.store.tables.articles[row["id"]]["created_at"] = NOW
        double.store.tables.tickets[ticket["id"]]["updated_at"] = NOW
        yield double


def _ours(desk: ZammadDouble) -> list[str]:
    return [str(row["body"]) for row in desk.store.tables.articles.values() if "dplmaild" in row["preferences"]]


@pytest.mark.parametrize(
    ("kind", "doubted"),
    [
        pytest.param(Kind.BAD_GATEWAY_AFTER, True, id="502 after it was written"),
        pytest.param(Kind.RESET_AFTER, True, id="reset after it was written"),
        pytest.param(Kind.TRUNCATED_AFTER, True, id="half an answer after it was written"),
        pytest.param(Kind.PAGE_AFTER, True, id="a login page after it was written"),
        pytest.param(Kind.RESET_BEFORE, True, id="reset before it was written"),
        pytest.param(Kind.ERROR_BEFORE, True, id="500 before it was written"),
        pytest.param(Kind.TOO_MANY, False, id="429"),
        pytest.param(Kind.UNAVAILABLE, False, id="503"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_comment_appears_once(tmp_path: Path, desk: ZammadDouble, kind: Kind, doubted: bool, times: int) -> None:
    desk.fault(kind, times=times)
    turns = opened(desk_in(tmp_path, Where(zammad=zammad(desk.url)), desk.token), NOW)
    turns.go()
    after_one = [row for row in owed_rows(turns) if row["kind"] == "comment"]
    for minutes in (7, 14, 40, 120):
        turns.clock.now = NOW + timedelta(minutes=minutes)
        turns.go()
    (comment,) = (row for row in owed_rows(turns) if row["kind"] == "comment")
    turns.close()
    assert [row["state"] for row in after_one] == ["in doubt" if doubted else "owed"]
    assert comment["state"] == "paid"
    assert len(_ours(desk)) == 1
    assert _ours(desk)[0].startswith("CONFIRMED")


def test_a_write_that_comes_through_late_is_not_repeated(tmp_path: Path, desk: ZammadDouble) -> None:
    desk.fault(Kind.LATE)
    turns = opened(desk_in(tmp_path, Where(zammad=zammad(desk.url)), desk.token), NOW)
    turns.go()
    desk.apply_late()
    turns.clock.now = NOW + timedelta(minutes=7)
    turns.go()
    turns.close()
    assert len(_ours(desk)) == 1


def test_our_own_comment_is_not_read_as_a_message(tmp_path: Path, desk: ZammadDouble) -> None:
    turns = opened(desk_in(tmp_path, Where(zammad=zammad(desk.url)), desk.token), NOW)
    turns.go()
    for ticket in desk.store.tables.tickets.values():
        ticket["updated_at"] = NOW + timedelta(minutes=1)
    turns.clock.now = NOW + timedelta(minutes=2)
    turns.go()
    turns.close()
    assert [str(a.outcome) for a in turns.answered] == ["answered"]
    assert len(_ours(desk)) == 1


def test_an_article_of_a_merged_ticket_has_no_second_effect(tmp_path: Path, desk: ZammadDouble) -> None:
    turns = opened(desk_in(tmp_path, Where(zammad=zammad(desk.url)), desk.token), NOW)
    turns.go()
    (source,) = desk.store.tables.tickets.values()
    target = desk.add_ticket("The same again", customer_id=source["customer_id"])
    desk.merge(source, target)
    for ticket in desk.store.tables.tickets.values():
        ticket["updated_at"] = NOW + timedelta(minutes=1)
    turns.clock.now = NOW + timedelta(minutes=2)
    turns.go()
    turns.close()
    assert [str(a.outcome) for a in turns.answered] == ["answered"]


class DoubtfulCalendar:
    """Writes, and loses its answer the first time."""

    def __init__(self, inner: object) -> None:
        self._inner = inner
        self.puts = 0

    def put(self, uid: str, sequence: int, event: bytes) -> None:
        """See Calendar."""
        self.puts += 1
        self._inner.put(uid, sequence, event)  # type: ignore[attr-defined]
        if self.puts == 1:
            raise InDoubtError("the answer was lost")


def test_an_event_whose_answer_was_lost_is_in_the_calendar_once(tmp_path: Path) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    turns = opened(desk_in(tmp_path), NOW)
    doubtful = DoubtfulCalendar(turns.parts.channels.calendar)
    object.__setattr__(turns.parts.channels, "calendar", doubtful)
    turns.go()
    turns.clock.now = NOW + timedelta(minutes=6)
    turns.go()
    turns.close()
    events = Calendar.from_ical((tmp_path / "deployments.ics").read_bytes()).walk("VEVENT")
    assert (doubtful.puts, len(events)) == (2, 1)


def _ready(folder: Path) -> Path:
    (folder / "inbox" / "new").mkdir(parents=True, exist_ok=True)
    return folder


def _log(folder: Path) -> Path:
    return folder / "logs" / "Northwind Shop - Deployment log.xlsx"


def _row(turns: Turns) -> dict[str, object]:
    (row,) = (row for row in owed_rows(turns) if row["kind"] == "log row")
    return row


def test_a_log_that_somebody_has_open_is_told_and_written_when_it_is_closed(tmp_path: Path) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    (tmp_path / "logs").mkdir(exist_ok=True)
    lock = _log(tmp_path).with_name(f".~lock.{_log(tmp_path).name}#")
    lock.write_text(",nora,laptop,30.11.2026 09:00,file:///home/nora;")
    turns = opened(desk_in(tmp_path), NOW)
    turns.go()
    waits, letters = _row(turns), [row["state"] for row in owed_rows(turns) if row["kind"] != "log row"]
    assert waits["state"] == "owed"
    assert _log(tmp_path).name in str(waits["note"])
    assert "next attempt" in str(waits["note"])
    assert letters == ["paid"] * len(letters)  # the rest goes on
    assert not _log(tmp_path).exists()
    lock.unlink()
    turns.clock.now = NOW + timedelta(minutes=2)
    turns.go()
    assert _row(turns)["state"] == "paid"
    cells = [cell for row in load_workbook(_log(tmp_path)).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "DPL-2026-0001" in cells
    turns.close()


def test_a_log_that_stays_locked_is_told_to_ops(tmp_path: Path) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    (tmp_path / "logs").mkdir(exist_ok=True)
    _log(tmp_path).with_name(f".~lock.{_log(tmp_path).name}#").write_text("nora")
    turns = opened(desk_in(tmp_path), NOW)
    for hours in range(0, 60, 2):
        turns.clock.now = NOW + timedelta(hours=hours)
        turns.settle() if hours else turns.go()
    alarms = [row for row in owed_rows(turns) if row["kind"] == "alarm"]
    assert _row(turns)["state"] == "set aside"
    assert [row["state"] for row in alarms] == ["paid"]
    turns.close()
