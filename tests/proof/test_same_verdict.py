"""The same mail gets the same verdict live, in `explain` and in `simulate`, whatever it asks for (SEE-11)."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from deployment.explained.desk import CAAS, PROD, Desk, Mail, arrival, mail
from dplmaild.cli.context import Room
from dplmaild.cli.simulating import simulate
from dplmaild.desk import Desk as DeskOfOne
from dplmaild.desk import Reception
from dplmaild.ports import Arrival, Identity
from dplmaild.store.database import Database
from dplmaild.store.tables import history

pytestmark = pytest.mark.long

SPECIAL = ("none", "ICM upgrade", None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Both configurations."""
    return Desk(tmp_path_factory.mktemp("same"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@some.composite
def mails(draw: some.DrawFn, of: str) -> Mail:
    """A request by one customer, for any type, place and moment, whole or with something left out."""
    day = date(2026, 11, 24) + timedelta(days=draw(some.integers(-2, 90)))
    clock = draw(some.sampled_from([time(10), time(9), time(14, 30), time(16, 45), time(23), time(2, 30)]))
    arrived = datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(minutes=draw(some.integers(0, 3000)))
    at = draw(some.sampled_from([f"{day} {clock:%H:%M}", f"{day} {clock:%H:%M}", None, "as soon as possible"]))
    versions = draw(some.sampled_from([(None, None), ("11.0.1", "11.0.2"), ("11.0.2", "11.0.1"), ("11.0.1", "11.1.0")]))
    migrates = draw(some.sampled_from([None, "yes", "no"]))
    if at is None:  # it would be instructions for a date that a mail alone does not know (docs/explain.md)
        versions, migrates = (None, None), None
    return mail(
        of,
        f"{arrived:%Y-%m-%d %H:%M}",
        type=draw(some.sampled_from(["full", "code", "hotfix"])),
        product=draw(some.sampled_from(["ICM", "PWA", "IOM", None])),
        env=draw(some.sampled_from([None, "PRD", "UAT", "INT"])),
        at=at,
        special=draw(some.sampled_from(SPECIAL)),
        current=versions[0],
        target=versions[1],
        db=migrates,
        tests=draw(some.sampled_from([None, "45 minutes"])),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What of an answer has to be the same everywhere."""

    decision: str
    why: str
    findings: tuple[tuple[str, str, str], ...]  # of every rule: ID, ruling, weight


def told(answer: dict[str, Any]) -> Told:
    """The same out of what `explain` and `simulate` print."""
    found = tuple((f["rule"], f["ruling"], f["severity"]) for f in answer["findings"])
    return Told(answer["decision"], answer["why"], found)


class Live:
    """A running desk, with a record of its own that is empty at first."""

    def __init__(self, desk: Desk, first: Mail, empty: Path, folder: str) -> None:
        path = shutil.copy(empty, folder)
        self._database = Database(f"sqlite:///{path}")
        self._reception = Reception(self._database, DeskOfOne(desk.settings(first)), "test")
        self._count = 0

    def __call__(self, one: Mail) -> Told:
        """A mail arrives; what was decided stands in the history."""
        self._count += 1
        raw, moment = bytes(one), arrival(one)
        came = Arrival(Identity("inbox", "", 0, str(self._count)), moment, raw, len(raw))
        (answered,) = self._reception.receive([came], None, moment)
        found = tuple((f.rule, f.ruling.value, f.severity.value) for f in answered.findings)
        return Told(self._verdict(), answered.why, found)

    def _verdict(self) -> str:
        with self._database.reading() as connection:
            newest = select(history.c.why).order_by(history.c.id.desc()).limit(1)
            return str(connection.execute(newest).scalar_one()["verdict"])

    def close(self) -> None:
        """Nobody else uses this record."""
        self._database.close()


def lived(desk: Desk, empty: Path, *received: Mail) -> list[Told]:
    """What a running desk decides about these mails in this order."""
    with TemporaryDirectory() as folder:
        live = Live(desk, received[0], empty, folder)
        answers = [live(one) for one in received]
        live.close()
    return answers


def simulated(desk: Desk, *received: Mail, stateful: bool) -> list[Told]:
    """What `dplmaild simulate` prints about a folder of these mails."""
    with TemporaryDirectory() as folder:
        for number, one in enumerate(received):
            hop = f"Received: from x by mx.example.org; {format_datetime(arrival(one))}\r\n".encode()
            path = Path(folder) / f"{number}.eml"
            path.write_bytes(hop + bytes(one))
        room = Room("never read")
        room.__dict__["settings"] = desk.settings(received[0])
        words = [folder, "--json", *(["--stateful"] if stateful else [])]
        result = CliRunner().invoke(simulate, words, obj=room)
    assert result.exit_code == 0, result.output
    return [told(answer) for answer in json.loads(result.stdout)]


CUSTOMERS = some.sampled_from([name for name in (*CAAS, *PROD) if name not in {"apart", "prod-apart"}])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_one_mail_has_one_verdict_on_every_path(data: some.DataObject, desk: Desk, empty: Path) -> None:
    one = data.draw(mails(data.draw(CUSTOMERS)))
    explained = told(desk.explain(one))
    assert simulated(desk, one, stateful=False) == [explained]
    assert simulated(desk, one, stateful=True) == [explained]
    assert lived(desk, empty, one) == [explained]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_mails_that_build_on_each_other_are_simulated_as_they_are_lived(
    data: some.DataObject, desk: Desk, empty: Path
) -> None:
    of = data.draw(CUSTOMERS)
    several = data.draw(some.lists(mails(of), min_size=2, max_size=4, unique_by=lambda one: str(one.lines)))
    in_order = sorted(several, key=lambda one: one.arrived)
    assert simulated(desk, *in_order, stateful=True) == lived(desk, empty, *in_order)
    assert simulated(desk, *in_order, stateful=False) == [told(desk.explain(one)) for one in in_order]
