"""The digest of a day is taken by one desk, once, on either database."""

from datetime import UTC, date, datetime, timedelta

from dplmaild.store.database import Database
from dplmaild.store.daybook import Daybook

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def given(database: Database, day: date, at: datetime = NOW) -> bool:
    """Whether a desk may give the digest of a day."""
    with database.writing() as connection:
        return Daybook(connection).give(day, at)


def test_each_day_is_given_once(database: Database) -> None:
    assert given(database, NOW.date())
    assert not given(database, NOW.date(), NOW + timedelta(hours=1))
    assert given(database, NOW.date() + timedelta(days=1))


def test_when_the_last_one_was_given_is_known(database: Database) -> None:
    with database.reading() as connection:
        assert Daybook(connection).last() is None
    given(database, NOW.date())
    with database.reading() as connection:
        daybook = Daybook(connection)
        assert (daybook.last(), daybook.was_given(NOW.date())) == (NOW, True)
        assert not daybook.was_given(NOW.date() + timedelta(days=1))
