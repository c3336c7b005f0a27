"""A real daemon, started while the clock is not believed: it goes on holding what the one before it held (P16)."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from daemon.service import configured, started
from daemon.test_service import REQUEST
from dplmaild.daemon.clock import PATIENCE
from dplmaild.store.clock_hold import KeptHold
from dplmaild.store.database import Database
from dplmaild.store.sendlog import boot_id
from dplmaild.store.tables import cases, counters, timers

pytestmark = pytest.mark.long

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def turned(folder: Path, mail: bytes = b"") -> None:
    """A daemon lives for some turns of its loop and is stopped."""
    with started(folder) as service:
        service.said("READY=1")
        if mail:
            service.receive("request", mail)
            service.event("decided")
        for _ in range(4):
            service.said("WATCHDOG=1")
        service.process.terminate()
        service.process.wait(30)


def with_an_overdue_timer(folder: Path) -> Database:
    """A desk that is down, with a timer that has long been due; that it fires shows on it, whatever it brings about."""
    configured(folder)
    turned(folder, REQUEST)
    database = Database(f"sqlite:///{folder}/state/dplmaild.db")
    with database.writing() as connection:
        reference = connection.execute(select(cases.c.reference)).scalar_one()
        row = {"reference": reference, "kind": "offer lapses", "due": LONG_AGO, "note": ""}
        connection.execute(insert(timers).values(row))
    return database


def fired(database: Database) -> bool:
    """Whether the overdue timer has fired."""
    with database.reading() as connection:
        query = select(timers.c.fired_at).where(timers.c.due == LONG_AGO)
        return connection.execute(query).scalar_one() is not None


@pytest.mark.parametrize("boot", [pytest.param(boot_id(), id="restarted"), pytest.param("another", id="rebooted")])
def test_it_goes_on_holding(tmp_path: Path, boot: str) -> None:
    database = with_an_overdue_timer(tmp_path)
    KeptHold(database, boot).hold(time.clock_gettime(STEADY) + PATIENCE)
    turned(tmp_path)
    assert not fired(database)
    database.close()


def test_a_hold_that_has_run_out_holds_nothing_and_is_forgotten(tmp_path: Path) -> None:
    database = with_an_overdue_timer(tmp_path)
    KeptHold(database, boot_id()).hold(time.clock_gettime(STEADY) - 1)
    turned(tmp_path)
    assert fired(database)
    with database.reading() as connection:
        assert connection.execute(select(counters.c.name).where(counters.c.name.startswith("clock "))).scalar() is None
    database.close()
