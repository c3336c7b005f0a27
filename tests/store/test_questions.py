"""Which one is meant is asked on record, and answered once, on either database (P2)."""

from datetime import UTC, datetime, timedelta

import pytest

from dplmaild.store.database import Database
from dplmaild.store.questions import Questions

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FITS = ("DPL-2026-0001", "DPL-2026-0002")


def asked(database: Database, letter: str | None = "<a@x>", part: int | None = None, ticket: int | None = None) -> None:
    """A question about message 7."""
    with database.writing() as connection:
        Questions(connection).ask(7, part, FITS, NOW, letter=letter, ticket=ticket)


def test_it_is_found_by_its_letter_and_by_its_ticket(database: Database) -> None:
    asked(database, ticket=77)
    with database.reading() as connection:
        questions = Questions(connection)
        found = questions.in_letter("<a@x>")
        assert found is not None
        assert (found.message, found.part, found.fits, found.meant, found.again) == (7, None, FITS, None, False)
        assert questions.in_ticket(77) == found
        assert (questions.in_letter("<b@x>"), questions.in_ticket(78), questions.of_sender("ann@x")) == (None,) * 3


def test_the_first_answer_counts_and_no_other(database: Database) -> None:
    asked(database)
    with database.writing() as connection:
        questions = Questions(connection)
        found = questions.in_letter("<a@x>")
        assert found is not None
        assert questions.settle(found, FITS[1], LATER)
        assert not questions.settle(found, FITS[0], LATER)
        settled = questions.in_letter("<a@x>")
    assert settled is not None
    assert settled.meant == FITS[1]


@pytest.mark.parametrize(("other", "too"), [(None, False), (0, True), (1, False)])
def test_an_answer_settles_the_same_question_wherever_it_was_asked(
    database: Database, other: int | None, too: bool
) -> None:
    asked(database, "<a@x>", 0)
    asked(database, "<b@x>", other)
    with database.writing() as connection:
        questions = Questions(connection)
        first, second = questions.in_letter("<a@x>"), questions.in_letter("<b@x>")
        assert first is not None
        assert second is not None
        assert second.again is too, "asked once more about the same part"
        questions.settle(first, FITS[0], LATER)
        found = questions.in_letter("<b@x>")
    assert found is not None
    assert (found.meant is not None) is too
