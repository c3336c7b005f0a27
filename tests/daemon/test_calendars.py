"""A running daemon whose calendars change: by SIGHUP, by a restart, and by a feed on a real web server."""

import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from daemon.service import CONFIG, CUSTOMER, PATIENCE, Service, configured, started
from dplmaild.deployment.case import Case
from dplmaild.deployment.terms import PRD, Deployment, DeploymentType, Product, State, Window
from dplmaild.store import tables
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from reading.vacations.build import calendar, event
from servers.web import Web, web, whole

AHEAD = datetime.now(UTC) + timedelta(days=40)
ALL_YEAR = 'freezes = [ { from = "1 January", to = "31 December", reason = "audit" } ]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with a deployment booked some weeks ahead."""
    configured(tmp_path)
    (tmp_path / "state").mkdir()
    database = Database(f"sqlite:///{tmp_path}/state/dplmaild.db")
    database.migrate()
    what = Deployment(product=Product.ICM, environment=PRD, type=DeploymentType.HOTFIX)
    case = Case("DPL-2026-0042", "northwind", State.INSTRUCTED, what, "nora@agency.example.net", "en", "Fix")
    slot = Window(AHEAD, timedelta(hours=1, minutes=30))
    with database.writing() as connection:
        Cases(connection).save(replace(case, arrived=datetime.now(UTC), slot=slot), datetime.now(UTC))
    database.close()
    return tmp_path


def report(service: Service) -> str:
    """The first letter to OPS about booked deployments; waited for."""
    over = time.monotonic() + PATIENCE
    while time.monotonic() < over:
        mails = [message_from_bytes(raw, policy=policy.default) for raw in service.sent()]
        for body in (mail.get_body(("plain",)) for mail in mails):
            if body is not None and (text := body.get_content()).startswith("NOW AGAINST A RULE"):
                return str(text)
        time.sleep(0.1)
    raise AssertionError("OPS was never told")


def owed(folder: Path) -> int:
    """How many such letters there ever were."""
    database = Database(f"sqlite:///{folder}/state/dplmaild.db")
    with database.reading() as connection:
        names = connection.execute(select(tables.owed.c.name)).scalars().all()
    database.close()
    return names.count("looked_again")


def test_sighup_with_another_calendar_is_told_once_also_over_a_restart(desk: Path) -> None:
    with started(desk) as service:
        service.said("READY")
        (desk / "customers" / "northwind.toml").write_text(ALL_YEAR + CUSTOMER)
        service.signal(signal.SIGHUP)
        assert service.event("looked again at what is booked")["affected"] == ["DPL-2026-0042"]
        text = report(service)
        assert "DPL-2026-0042, Northwind, PRD, ICM" in text
        assert "lies in a freeze (audit)" in text
        service.signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
    with started(desk) as again:
        again.said("READY")
        again.signal(signal.SIGHUP)
        again.event("configuration read again")
        assert owed(desk) == 1


def test_a_calendar_that_changed_while_nothing_ran_is_told_at_the_next_start(desk: Path) -> None:
    with started(desk) as service:
        service.said("READY")
        service.signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
    (desk / "customers" / "northwind.toml").write_text(ALL_YEAR + CUSTOMER)
    with started(desk) as again:
        assert "lies in a freeze (audit)" in report(again)
        assert owed(desk) == 1


@pytest.fixture
def server() -> Iterator[Web]:
    """Where the customer keeps its vacations."""
    with web() as running:
        yield running


def test_a_feed_is_read_and_told_of_when_it_cannot_be(desk: Path, server: Web) -> None:
    first, last = (AHEAD - timedelta(days=9)).strftime("%Y%m%d"), (AHEAD + timedelta(days=9)).strftime("%Y%m%d")
    server.answers["/team.ics"] = whole(calendar(event(first, f"DTEND;VALUE=DATE:{last}")))
    feeds = f'calendar = {{ country = "DE", feeds = [ {{ url = "{server.url("/team.ics")}" }},'
    feeds += f' {{ name = "lost calendar", url = "{server.url("/lost.ics")}" }} ] }}'
    prod = CUSTOMER.replace('"caas"', '"prod"').replace('calendar = { country = "DE" }', feeds)
    (desk / "customers" / "northwind.toml").write_text(prod)
    (desk / "dplmaild.toml").write_text(CONFIG)
    with started(desk) as service:
        looked = service.event("looked again at what is booked")
        assert looked["affected"] == ["DPL-2026-0042"]
        told = service.event("vacation feed")["said"]
        assert "the vacation feed 'lost calendar' of northwind cannot be read since" in told
        assert "answered 404" in told
        assert "lies in a vacation (customer: vacation)" in report(service)
