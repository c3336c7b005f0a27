"""A deployment agreed before an upgrade gets the timers its program did not know of: at the start, once (STATE-3)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update

from desk.build import DAY, HOUR, NOW, Running
from dplmaild.deployment.case import Case
from dplmaild.deployment.terms import State
from dplmaild.deployment.timers import TimerKind
from dplmaild.desk.missing_timers import set_missing_timers
from dplmaild.store import tables
from dplmaild.store.cases import Cases
from dplmaild.store.timers import POINTLESS, Timers
from process.build import SLOT, case

Kept = dict[tuple[TimerKind, datetime], tuple[datetime | None, str]]
INSTRUCTED = case(State.INSTRUCTED)
READY, PASSED = (
    (TimerKind.READY, SLOT.start - timedelta(minutes=30)),
    (TimerKind.START_PASSED, SLOT.start + timedelta(minutes=15)),
)


def kept(running: Running, reference: str = "DPL-2026-0001") -> Kept:
    """The timers of a case: when each ended and how."""
    with running.database.reading() as connection:
        return {(t.kind, t.due): (ended, note) for t, ended, note in Timers(connection).of(reference)}


def on_record(running: Running, one: Case = INSTRUCTED) -> None:
    """A deployment as an earlier program has left it: without a timer."""
    with running.database.writing() as connection:
        Cases(connection).save(one, NOW)


def starts(running: Running, now: datetime = NOW) -> int:
    """A daemon starts: how many timers it had to set."""
    return set_missing_timers(running.database, running.desk.settings, now)


def test_what_is_missing_is_set_once(running: Running) -> None:
    on_record(running)
    assert starts(running) == 2
    assert kept(running) == {READY: (None, ""), PASSED: (None, "")}
    assert starts(running) == 0
    assert len(kept(running)) == 2


def test_then_it_fires(running: Running) -> None:
    on_record(running)
    starts(running)
    debts = running.reception.fire(READY[1], READY[1])
    assert len(debts) == 1
    assert starts(running, READY[1]) == 0, "what has fired is not missing"


def test_what_is_there_stays_as_it_is(running: Running) -> None:
    on_record(running)
    starts(running)
    with running.database.writing() as connection:
        ended = {"fired_at": NOW, "note": f"{POINTLESS}it was so"}
        connection.execute(update(tables.timers).where(tables.timers.c.kind == READY[0].value).values(ended))
        stray = {"reference": "DPL-2026-0001", "kind": "offer lapses", "due": NOW + DAY, "note": ""}
        connection.execute(insert(tables.timers).values(stray))
    before = kept(running)
    assert starts(running) == 0
    assert kept(running) == before


def test_what_was_dropped_and_lies_ahead_waits_again(running: Running) -> None:
    on_record(running)
    starts(running)
    with running.database.writing() as connection:
        Timers(connection).set("DPL-2026-0001", (), NOW, "an earlier program")
    assert starts(running) == 2
    assert kept(running) == {READY: (None, ""), PASSED: (None, "")}


def test_one_of_a_kind_it_never_had_comes_late_rather_than_never(running: Running) -> None:
    on_record(running)
    late = SLOT.start + HOUR
    assert starts(running, late) == 2
    assert len(running.reception.fire(late, late)) == 1, "OPS is told that the start has passed; to be ready is over"


def test_a_reminder_by_another_reckoning_is_not_sent_again(running: Running) -> None:
    one = case(State.SCHEDULED)
    on_record(running, one)
    starts(running)
    reminders = sorted(due for kind, due in kept(running) if kind is TimerKind.REMINDER)
    with running.database.writing() as connection:
        where = tables.timers.c.due == reminders[0]
        values = {"due": reminders[0] - HOUR, "fired_at": reminders[0] - HOUR}
        connection.execute(update(tables.timers).where(where).values(values))
    assert starts(running, reminders[0] + HOUR) == 0


@pytest.mark.parametrize("state", [State.SUCCEEDED, State.CANCELLED, State.DECLINED])
def test_what_has_ended_needs_none(running: Running, state: State) -> None:
    on_record(running, case(state))
    assert (starts(running), kept(running)) == (0, {})


def test_one_whose_customer_is_gone_does_not_hide_the_others(running: Running) -> None:
    on_record(running, case(State.INSTRUCTED, reference="DPL-2026-0001", customer="gone"))
    on_record(running, case(State.INSTRUCTED, reference="DPL-2026-0002"))
    assert (starts(running), kept(running), len(kept(running, "DPL-2026-0002"))) == (2, {}, 2)


def test_a_start_with_nothing_missing_writes_nothing(running: Running) -> None:
    on_record(running)
    starts(running)
    commits = running.database.commits
    starts(running)
    assert running.database.commits == commits


def test_a_timer_that_was_lost_is_back(running: Running) -> None:
    on_record(running)
    starts(running)
    with running.database.writing() as connection:
        connection.execute(delete(tables.timers).where(tables.timers.c.kind == PASSED[0].value))
    assert starts(running) == 1
