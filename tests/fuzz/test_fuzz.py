"""Five hundred damaged mails in every run; `make fuzz COUNT=1000000` reads as many as there is time for."""

from multiprocessing import get_context

import pytest

from fuzz.mutate import MUTATIONS, mutant
from fuzz.reader import HINTS, Run, bound_memory, corpus, read_all, read_one, settle_in

pytestmark = pytest.mark.long

COUNT = 500


def _read(numbers: range) -> Run:
    settle_in()
    bound_memory()
    return read_all(numbers, corpus())


def test_damaged_mails_are_read() -> None:
    with get_context("fork").Pool(1) as pool:  # what bounds memory bounds it for good
        run = pool.apply(_read, (range(COUNT),))
    assert run.offences == ()
    assert run.count == COUNT


def test_the_same_number_is_the_same_mail() -> None:
    mails = corpus()
    assert [mutant(n, mails) for n in range(50)] == [mutant(n, mails) for n in range(50)]
    assert len({mutant(n, mails) for n in range(50)} - set(mails)) > 40


def test_there_is_more_than_one_way_to_damage() -> None:
    assert len(MUTATIONS) >= 12


def test_a_reader_that_fails_would_be_seen() -> None:
    """Its own safety net is not in the way."""
    with pytest.raises(TypeError):
        read_all(range(1), [None])  # type: ignore[list-item]
    assert read_one(None, HINTS[0]).startswith("TypeError")  # type: ignore[arg-type]
