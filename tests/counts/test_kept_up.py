"""Shortcuts that must not be seen: a schedule kept up, a glance at prose."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.terms import PRD, UAT, Window
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.dates.parts import atoms
from dplmaild.reading.dates.phrases import Setting, read_line
from dplmaild.reading.dates.read import _groups, _moments
from dplmaild.reading.dates.vocabulary import vocabulary

SETTING = Setting(date(2026, 11, 23), "Europe/Berlin", True, None, prose=True)
MONDAY = datetime(2027, 1, 11, tzinfo=UTC)
PIECES = (
    *("3.12.2026", "2026-12-03", "3/12", "2026-W49-2", "20261203", "10:30", "11.0.2", "v11.0.2", "DPL-2026-0042"),
    *(
        "1\u201312",
        "3\u201112",
        "5.",
        "12",
        "KW49",
        "so",
        "So",
        "may",
        "wensday",
        "decemebr",
        "the",
        "and",
        "l'1",
        "\n\n",
    ),
    *("x@example.com", "d\u00edas", "mie\u0301rcoles", "n\u00e4chste", "a" * 50, ".", "-", "/"),
)


@some.composite
def bookings(draw: some.DrawFn) -> Booking:
    """A slot of some hours or days in January, held by one of four cases."""
    window = Window(MONDAY + timedelta(hours=draw(some.integers(0, 400))), timedelta(hours=draw(some.integers(1, 60))))
    return Booking(draw(some.sampled_from("abcd")), "acme", draw(some.sampled_from((PRD, UAT))), window)


@given(some.lists(bookings(), max_size=12), some.sampled_from("abcde"), some.lists(bookings(), max_size=3), bookings())
def test_a_schedule_kept_up_is_the_schedule_made_anew(
    held: list[Booking], reference: str, new: list[Booking], asked: Booking
) -> None:
    mine = [Booking(reference, b.customer, b.environment, b.window) for b in new]
    others = [booking for booking in held if booking.reference != reference]
    kept_up, anew = Schedule(tuple(held)).holding(reference, mine), Schedule((*others, *mine))
    assert kept_up == anew
    assert kept_up.overlapping(asked.window) == anew.overlapping(asked.window)
    assert kept_up.starting(asked.begins, asked.ends) == anew.starting(asked.begins, asked.ends)


@given(some.lists(some.sampled_from((*PIECES, *sorted(vocabulary()))), max_size=8), some.sampled_from((" ", "", ", ")))
def test_a_glance_misses_nothing_that_can_name_a_day(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    if not may_name_a_day(text):
        row = atoms(read_line(text, prose=True), SETTING)
        assert [moment for group in _groups(row) for moment in _moments(group, SETTING, text)] == []
