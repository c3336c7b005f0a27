"""Another configuration is put into force although the database takes no writes; the second look is taken later."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import cast

import pytest
from sqlalchemy import Connection, select

from desk.build import NOW, REQUEST, Mail, Running, settings_in
from desk.test_second_look import closing
from dplmaild.daemon import Following, Workplace
from dplmaild.delivery import Delivery
from dplmaild.feeds import Shelf
from dplmaild.settings import Settings
from dplmaild.store import tables
from dplmaild.store.database import Database, StoreBusyError
from dplmaild.writing.letters import Letters


class Moody(Database):
    """A database that takes no writes while it is `full`."""

    full = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """As always, or not at all."""
        if self.full:
            raise StoreBusyError("the database refused a write: disk full")
        with super().writing() as connection:
            yield connection


class Follower:
    """Who else decides by the configuration in force."""

    def __init__(self) -> None:
        self.settings: list[Settings] = []

    def follow(self, settings: Settings, _letters: Letters | None = None) -> None:
        """It is told."""
        self.settings.append(settings)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A desk with a deployment booked, on a database that can be full."""
    one = Running(settings_in(tmp_path), tmp_path)
    one.receive(Mail(REQUEST))
    yield one
    one.database.close()


def letters(database: Database) -> int:
    """How many reports OPS is owed."""
    with database.reading() as connection:
        names = connection.execute(select(tables.owed.c.name)).scalars().all()
    return names.count("looked_again")


def test_what_cannot_be_looked_at_now_is_looked_at_later(running: Running, tmp_path: Path) -> None:
    database, follower = Moody(running.database.url), Follower()
    place = Workplace(running.reception, database, lambda: NOW, Lock(), Event())
    settings = running.desk.settings
    following = Following(settings, running.reception, cast(Delivery, follower), place, Shelf(tmp_path / "feeds"))
    following.look_again()
    database.full = True
    following.follow(closing(settings))
    assert (following.settings, follower.settings) == (closing(settings), [closing(settings)])
    following.catch_up()
    assert letters(database) == 0
    database.full = False
    following.catch_up()
    assert letters(database) == 1
    following.catch_up()
    assert letters(database) == 1
    database.close()
