"""The daemon as a process: the digest of a day that it has missed leaves once, in shadow mode too."""

import signal
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from daemon.service import CONFIG, configured, started
from dplmaild.store.database import Database
from dplmaild.store.tables import counters

pytestmark = pytest.mark.long

SHADOW = CONFIG.replace("[desk]\n", "[desk]\nshadow = true\n", 1)


def last_given_long_ago(folder: Path) -> None:
    """As if the daemon had been down since."""
    database = Database(f"sqlite:///{folder}/state/dplmaild.db")
    with database.writing() as connection:
        connection.execute(delete(counters).where(counters.c.name.startswith("digest ")))
        connection.execute(insert(counters).values(name="digest 2020-01-02", value=1577952000))
    database.close()


def run_until(folder: Path, event: str) -> list[bytes]:
    """What has left when a daemon that logged this event has ended."""
    with started(folder) as service:
        service.said("READY=1")
        service.event(event)
        service.signal(signal.SIGTERM)
        service.process.wait(timeout=30)
        return service.sent()


def test_a_missed_digest_leaves_once_over_restarts(tmp_path: Path) -> None:
    configured(tmp_path, SHADOW)
    assert run_until(tmp_path, "started") == []
    last_given_long_ago(tmp_path)
    (letter,) = run_until(tmp_path, "settled")
    assert b"DIGEST: " in letter
    assert b"To: ops@example.org" in letter
    assert len(run_until(tmp_path, "started")) == 1
