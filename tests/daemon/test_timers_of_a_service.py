"""A real daemon on a database of an earlier program: what its deployments lack is set before it is ready."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daemon.service import configured, started
from dplmaild.deployment.terms import State, Window
from dplmaild.deployment.timers import TimerKind
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.timers import Timers
from process.build import SLOT, case

pytestmark = pytest.mark.long


def test_timers_that_are_missing_are_set_at_its_start(tmp_path: Path) -> None:
    configured(tmp_path)
    database = Database(f"sqlite:///{tmp_path}/state/dplmaild.db")
    database.migrate()
    now = datetime.now(UTC)
    ahead = Window(now + timedelta(days=10), SLOT.length)
    with database.writing() as connection:
        Cases(connection).save(case(State.INSTRUCTED, customer="northwind", slot=ahead), now)
    with started(tmp_path) as service:
        service.said("READY=1")
        assert service.event("timers set that were missing")["count"] == 2
    with database.reading() as connection:
        found = {timer.kind for timer, ended, _ in Timers(connection).of("DPL-2026-0001") if ended is None}
    assert found == {TimerKind.READY, TimerKind.START_PASSED}
    database.close()
