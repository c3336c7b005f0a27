"""Whatever stands in a mail: no error, bounded, and every answer true to itself."""

from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.dates import Reason, read_moments_in
from dplmaild.reading.dates.vocabulary import Word, senses_of, vocabulary
from dplmaild.reading.lexicon import lexicon
from reading.dates.moments import BERLIN, MONDAY, read, short

PIECES = [*vocabulary(), "1", "31", "03/04/2027", "1.12.", "10:00", "2026", "-", ".", ",", "/", "24:00", "99", "UTC+1"]
MIXED = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)


UNHURRIED = settings(deadline=None)  # the first example loads the vocabulary


def is_sound(moment: WrittenMoment) -> bool:
    """Exact has its moment and nothing to ask; everything else has a reason and no moment."""
    if moment.status is not MomentStatus.EXACT:
        return moment.utc is None and moment.local is None and moment.reason in set(Reason)
    assert moment.local is not None
    assert moment.utc is not None
    return moment.reason is None and not moment.candidates and moment.day == moment.local.date()


@UNHURRIED
@given(st.one_of(st.text(max_size=300), MIXED))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = read(text)
    assert found is None or is_sound(found)


@UNHURRIED
@given(st.one_of(st.text(max_size=300), MIXED))
def test_moments_in_prose_lie_in_order_and_as_written(text: str) -> None:
    reach = 0
    for start, end, moment in read_moments_in(text, said_on=MONDAY, zone=BERLIN, day_first=True):
        assert reach <= start < end <= len(text)
        assert moment.text == text[start:end]
        assert is_sound(moment)
        reach = end


@UNHURRIED
@given(st.dates(date(2026, 11, 23), date(2030, 12, 31)), st.times())
def test_what_is_written_in_full_is_read_as_written(day: date, at: time) -> None:
    clock = f"{at:%H:%M}"
    for written in (
        f"{day:%A}, {day.day} {day:%B} {day.year}, {clock}",
        f"{day:%Y-%m-%d} {clock}",
        f"{day:%d.%m.%Y} {clock}",
    ):
        found = read(written, zone="UTC")
        assert short(found) == f"{day} {clock}"


@UNHURRIED
@given(st.dates(date(2026, 11, 23), date(2030, 12, 31)), st.integers(1, 6))
def test_a_wrong_weekday_is_never_believed(day: date, off: int) -> None:
    wrong = day + timedelta(days=off)
    found = read(f"{wrong:%A}, {day:%d.%m.%Y} 10:00")
    assert found is not None
    assert found.reason == Reason.WEEKDAY_CONTRADICTS


@UNHURRIED
@given(st.dates(date(2026, 11, 23), date(2030, 12, 31)), st.times())
def test_the_wall_clock_and_the_moment_are_the_same(day: date, clock: time) -> None:
    found = read(f"{day} {clock:%H:%M}")
    assert found is not None
    if found.utc is not None:
        assert found.utc.astimezone(ZoneInfo(BERLIN)).replace(tzinfo=None) == found.local
    else:
        assert found.reason in (Reason.DST_GAP, Reason.DST_DOUBLED)


@pytest.mark.parametrize("piece", ["1 ", "1.", "12/", "von ", "10:00 ", "d'", "every ", "-", "\n\n", "next "])
def test_very_long_texts_are_cut(piece: str) -> None:
    assert len(read_moments_in(piece * 100_000, said_on=MONDAY, zone=BERLIN, day_first=None)) <= 20


@pytest.mark.parametrize("language", lexicon().languages)
@pytest.mark.parametrize("word", [Word.MONTH, Word.WEEKDAY, Word.DAY, Word.NEXT, Word.AT, Word.TO, Word.OR, Word.EVERY])
def test_every_language_has_the_words_a_date_needs(language: str, word: Word) -> None:
    assert any(s.word is word and s.language == language for senses in vocabulary().values() for s in senses)


@pytest.mark.parametrize(
    ("slip", "month"),
    [("decmber", 12), ("dezmber", 12), ("novmber", 11), ("feburary", 2), ("diciembe", 12), ("desmbre", 12)],
)
def test_one_slip_in_a_long_name_is_forgiven(slip: str, month: int) -> None:
    found = read(f"3 {slip} 2027 10:00")
    assert found is not None
    assert found.day == date(2027, month, 3)


@pytest.mark.parametrize("word", ["juiio", "mayy", "decmbr", "moonday5", "sptmbr"])
def test_two_slips_or_two_names_as_near_are_not(word: str) -> None:
    assert short(read(f"3 {word} 2027 10:00")) == "nothing"
    assert senses_of((word,)) == ()


def test_candidates_are_in_utc() -> None:
    found = read("next Tuesday 10:00")
    assert found is not None
    assert [candidate.tzinfo for candidate in found.candidates] == [UTC, UTC]
