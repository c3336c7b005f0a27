"""The board's lists: whole, in order, page by page, and found by an index however much is on record."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.stored import furnish_store
from dplmaild.deployment.case import ENDED, Case
from dplmaild.deployment.owed import CalendarEntry, Facts
from dplmaild.deployment.terms import State, Version, Window
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database, StoreBusyError
from dplmaild.store.daybook import Daybook
from dplmaild.store.debts import Debts, DebtState, NewDebt
from dplmaild.store.lists import Lists, Page
from dplmaild.store.tables import STILL_OPEN
from store.build import HOUR, NOW, SLOT, case
from store.counting import statements


def test_the_index_of_open_deployments_knows_every_end() -> None:
    ended = ", ".join(repr(state.value) for state in sorted(ENDED))
    assert f"state NOT IN ({ended})" == STILL_OPEN


def reference(number: int) -> str:
    return f"DPL-2026-{number:04d}"


def saved(database: Database, cases: list[Case]) -> None:
    """One after the other, an hour between two of them."""
    with database.writing() as connection:
        for number, each in enumerate(cases):
            Cases(connection).save(each, NOW + number * HOUR)


def all_pages(database: Database, ended: bool, size: int) -> list[list[str]]:
    """A whole list as people page through it."""
    found: list[list[str]] = []
    after: str | None = None
    while not found or after:
        with database.reading() as connection:
            lists = Lists(connection)
            page: Page = lists.ended(after, size) if ended else lists.going(after, size)
        found.append([each.reference for each in page.cases])
        after = page.following
    return found


def test_open_ones_stand_by_their_start_and_those_without_a_slot_last(database: Database) -> None:
    later = Window(SLOT.start + timedelta(days=1), SLOT.length)
    saved(
        database,
        [
            case(reference(1), State.INCOMPLETE, slot=None),
            case(reference(2), slot=later),
            case(reference(3)),
            case(reference(4), State.SUCCEEDED),
            case(reference(5), State.TESTING),
            case(reference(6), State.REQUESTED, slot=None),
        ],
    )
    order = [reference(number) for number in (3, 5, 2, 1, 6)]
    for size in (1, 2, 3, 5, 9):
        pages = all_pages(database, ended=False, size=size)
        assert [each for page in pages for each in page] == order
        assert all(len(page) == size for page in pages[:-1])


def test_ended_ones_stand_by_their_end_the_last_one_first(database: Database) -> None:
    states = sorted(ENDED)
    saved(database, [case(reference(number), states[number % len(states)]) for number in range(1, 14)])
    order = [reference(number) for number in range(13, 0, -1)]
    for size in (1, 4, 13, 50):
        assert [each for page in all_pages(database, ended=True, size=size) for each in page] == order


def test_ended_at_the_same_moment_none_is_left_out_or_comes_twice(database: Database) -> None:
    with database.writing() as connection:
        for number in range(1, 12):
            Cases(connection).save(case(reference(number), State.CANCELLED if number % 2 else State.DECLINED), NOW)
    for size in (1, 2, 5):
        found = [each for page in all_pages(database, ended=True, size=size) for each in page]
        assert found == [reference(number) for number in range(11, 0, -1)]


def test_a_page_that_begins_at_nothing_is_the_first_one(database: Database) -> None:
    saved(database, [case(reference(1))])
    with database.reading() as connection:
        assert [c.reference for c in Lists(connection).going("DPL-2026-9999", 5).cases] == [reference(1)]
        assert Lists(connection).ended("DPL-2026-9999", 5) == Page(())


def entry(number: int, sequence: int, withheld: bool = False) -> NewDebt:
    what = CalendarEntry(reference(number), sequence, False, False, SLOT, Facts(reference=reference(number)))
    return NewDebt(what, reference(number), None, withheld=withheld)


def test_of_a_calendar_the_newest_entry_counts_and_nothing_that_was_withheld(database: Database) -> None:
    with database.writing() as connection:
        for number in (1, 2, 3):
            Cases(connection).save(case(reference(number)), NOW)
        Cases(connection).save(case(reference(4), State.SUCCEEDED), NOW)
        Debts(connection).owe([entry(1, 0), entry(1, 1), entry(2, 0), entry(3, 0, withheld=True), entry(4, 0)], NOW)
    with database.reading() as connection:
        found = Lists(connection).entries(SLOT.start - HOUR, 10)
        assert [(d.reference, d.what.sequence) for d in found if isinstance(d.what, CalendarEntry)] == [
            (reference(1), 1), (reference(2), 0), (reference(4), 0),
        ]  # fmt: skip
        assert all(debt.state is not DebtState.WITHHELD for debt in found)
        assert [d.reference for d in Lists(connection).entries(SLOT.start + HOUR, 10)] == [reference(1), reference(2)]


@pytest.fixture(params=[True, False], ids=["analysed", "as a desk leaves it"])
def years(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A desk with years behind it, with and without what SQLite can be told of how its rows are spread."""
    path = tmp_path / "years.db"
    furnish_store(path, 3000, NOW)
    if request.param:
        with sqlite3.connect(path) as sql:
            sql.execute("ANALYZE")
    return Database(f"sqlite:///{path}", only_reads=True)


def test_no_list_looks_through_all_that_is_on_record(years: Database, request: pytest.FixtureRequest) -> None:
    analysed = request.node.callspec.params["years"]
    with years.reading() as connection, statements(years) as asked:
        lists = Lists(connection)
        first = lists.ended(None, 50)
        lists.ended(first.following, 50)
        lists.going(None, 50)
        lists.entries(NOW - timedelta(days=30), 1000)
        lists.trouble()
        Cases(connection).succeeded_of("acme", [Version("11.0.2")])
        Daybook(connection).cases(NOW)
        Daybook(connection).looked(NOW, 25)
        Daybook(connection).undelivered(NOW, 25)
    assert len(first.cases) == 50
    assert len(asked) >= 10
    with years.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for statement in asked:
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", (1,) * statement.count("?"))]
            for table in ("cases", "messages", "owed") if not analysed else ("cases", "messages"):
                bare = [step for step in plan if step.startswith(f"SCAN {table}") and "INDEX" not in step]
                assert bare == [], statement
            if "cases.version = ?" in statement:
                assert "USING INDEX ix_cases_ran (customer=? AND version=? AND state=?)" in plan[0]


def test_who_only_reads_cannot_write_on_either_database(url: str, database: Database) -> None:
    reader = Database(url, only_reads=True)
    try:
        with pytest.raises(StoreBusyError, match="read"), reader.writing() as connection:
            connection.execute(text("delete from cases"))
        saved(database, [case()])
        with reader.reading() as connection:
            assert Cases(connection).load("DPL-2026-0001") is not None
    finally:
        reader.close()


def test_who_only_reads_makes_no_database(tmp_path: Path) -> None:
    reader = Database(f"sqlite:///{tmp_path}/a#b/none.db", only_reads=True)
    with pytest.raises(StoreBusyError, match="cannot be read"), reader.reading():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_marks_of_an_address_in_it_is_read_all_the_same(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a#b é/c.db"
    database = Database(url)
    database.migrate()
    saved(database, [case()])
    database.close()
    reader = Database(url, only_reads=True)
    with reader.reading() as connection:
        assert Cases(connection).load("DPL-2026-0001") is not None
    reader.close()
