"""The readers as a whole: four times the mail is about four times the work, whatever the mail is made of."""

from collections.abc import Callable

import pytest

from dplmaild.reading import Expecting, Hints, read
from fuzz.hard import BIG, HARD, Mail
from reading.linear.timed import Work, grows_too_fast, is_linear
from reading.upper.mails import OURS, RECEIVED

KNOWN = Hints(received=RECEIVED, own_addresses=OURS, expecting=Expecting(offered=3, form=True, known_reference=True))
SIZE, BIG_SIZE = 6_000, 50_000  # bytes of the shortest mail


def reading(mail: Mail) -> Work:
    def work(size: int) -> Callable[[], object]:
        raw = mail(size)
        return lambda: read(raw, KNOWN)

    return work


@pytest.mark.parametrize("name", HARD)
def test_reading_takes_time_in_proportion(name: str) -> None:
    assert is_linear(reading(HARD[name]), BIG_SIZE if name in BIG else SIZE)


def test_a_reader_that_compares_each_line_with_all_others_is_seen() -> None:
    def work(size: int) -> Callable[[], object]:
        lines = HARD["no header"](size).split(b"\n")
        return lambda: [line for line in lines if lines.count(line) == 1]

    assert grows_too_fast(work, SIZE)
