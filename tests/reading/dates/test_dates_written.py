"""A moment that is written down reads back to itself or is asked; never another moment is taken (POLICY-3)."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.terms import WrittenMoment
from dplmaild.reading.dates import read_moments_in
from reading.dates.moments import BERLIN, MONDAY, read
from reading.dates.writers import LANGUAGES, dates, times, weekday

AROUND = [
    ("Hello, we would like to deploy 11.0.3 to PRD ", ", please confirm. Kind regards, Nora"),
    ("Hallo zusammen, wir würden gern die 11.0.3 auf PRD ausrollen, und zwar ", ". Viele Grüße, Ben"),
    ("Hola, queremos desplegar la 11.0.3 en producción ", ", muchas gracias."),
    ("Bon dia, voldríem desplegar la 11.0.3 a PRD ", ", gràcies."),
    ("Date: ", "\nVersion: 11.0.3\nTickets: INC-4711, 20261201"),
]
MOMENTS = st.builds(
    lambda day, minutes: datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes),
    st.dates(date(2026, 11, 24), date(2027, 10, 20)),
    st.sampled_from([*range(0, 1440, 5), 1439, 61, 601]),
)
UNHURRIED = settings(deadline=None, max_examples=150)


@st.composite
def written(draw: st.DrawFn, *, weekday_off: int = 0) -> tuple[datetime, str]:
    """A moment and one of the ways to write it, the weekday so many days off."""
    moment, language = draw(MOMENTS), draw(st.sampled_from(LANGUAGES))
    day = draw(st.sampled_from(dates(language, moment, moment.weekday() + weekday_off)))
    time = draw(st.sampled_from(times(language, moment)))
    order = draw(st.sampled_from([f"{day}, {time}", f"{day} {time}", f"{time}, {day}"]))
    return moment, order


def taken(found: WrittenMoment | None) -> datetime | None:
    """The wall clock that was taken for right, if any."""
    return found.local if found else None


@UNHURRIED
@given(written())
def test_a_written_moment_reads_back_to_itself_or_is_asked(case: tuple[datetime, str]) -> None:
    moment, text = case
    found = read(text, day_first=True)
    assert found is not None
    assert taken(found) in (None, moment)


@UNHURRIED
@given(written(), st.sampled_from(AROUND))
def test_prose_around_it_does_not_change_it(case: tuple[datetime, str], around: tuple[str, str]) -> None:
    moment, text = case
    found = read_moments_in(text.join(around), said_on=MONDAY, zone=BERLIN, day_first=True)
    assert {taken(one) for _, _, one in found} <= {None, moment}


@UNHURRIED
@given(st.integers(1, 6).flatmap(lambda off: written(weekday_off=off)))
def test_a_weekday_that_contradicts_is_never_taken(case: tuple[datetime, str]) -> None:
    assert taken(read(case[1], day_first=True)) is None


@UNHURRIED
@given(st.integers(0, 6), st.sampled_from(LANGUAGES), st.integers(0, 60))
def test_a_bare_weekday_is_that_weekday_and_lies_ahead(number: int, language: str, later: int) -> None:
    on = MONDAY + timedelta(days=later)
    found = taken(read(f"{weekday(language, number)} 10:00", on))
    if found is not None:
        assert found.weekday() == number
        assert timedelta(0) < found.date() - on.date() < timedelta(days=7)


@UNHURRIED
@given(MOMENTS, st.integers(-12 * 4, 14 * 4))
def test_an_offset_behind_it_is_never_lost(moment: datetime, quarters: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    for text in (aware.isoformat(), f"{aware:%Y-%m-%d %H:%M:%S %z}", f"{aware:%d %b %Y %H:%M:%S %z}"):
        found = read(text)
        assert found is not None
        assert found.utc is None or found.utc == aware
