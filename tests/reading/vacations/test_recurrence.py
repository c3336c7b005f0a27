"""Own reckoning of RRULEs held against dateutil's, wherever that one comes to an end."""

from datetime import date, datetime, time
from itertools import takewhile

from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dplmaild.reading.vacations.recurrence import Budget, read_recurrence

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
NTH = st.builds(lambda n, day: f"{n}{day}", st.sampled_from(["1", "2", "4", "-1", "-2"]), WEEKDAYS)


def _listed(values: st.SearchStrategy[object], name: str) -> st.SearchStrategy[str]:
    lists = st.lists(values, min_size=1, max_size=3, unique=True)
    return st.one_of(st.just(""), lists.map(lambda some: f";{name}=" + ",".join(map(str, some))))


MONTHS = _listed(st.integers(1, 12), "BYMONTH")
MONTH_DAYS = _listed(st.sampled_from([1, 5, 15, 28, -1, -5]), "BYMONTHDAY")
ANY_DAYS = _listed(st.sampled_from([1, 15, 29, 30, 31, -1, -31]), "BYMONTHDAY")
POSITIONS = st.sampled_from(["", "", ";BYSETPOS=1", ";BYSETPOS=-1", ";BYSETPOS=1,-1"])
BY_DAY, BY_NTH = _listed(WEEKDAYS, "BYDAY"), _listed(NTH, "BYDAY")
SHAPES = st.one_of(
    st.builds("FREQ=DAILY{}{}{}".format, MONTHS, MONTH_DAYS, BY_DAY),
    st.builds("FREQ=WEEKLY{}{}{}".format, MONTHS, BY_DAY, st.sampled_from(["", ";WKST=SU"])),
    st.builds("FREQ=MONTHLY{}{}{}{}".format, MONTHS, MONTH_DAYS, BY_DAY, POSITIONS),
    st.builds("FREQ=MONTHLY{}{}{}".format, MONTHS, BY_NTH, POSITIONS),
    st.builds("FREQ=MONTHLY{}{}".format, ANY_DAYS, POSITIONS),
    st.builds("FREQ=YEARLY{}{}{}{}".format, MONTHS, MONTH_DAYS, BY_DAY, POSITIONS),
    st.builds("FREQ=YEARLY{}{}{}".format, MONTHS, BY_NTH, POSITIONS),
    st.builds("FREQ=YEARLY{}{}".format, ANY_DAYS, POSITIONS),
)
ENDS = st.one_of(st.just(""), st.integers(1, 40).map(";COUNT={}".format), st.just(";UNTIL=20281231"))
INTERVALS = st.sampled_from(["", "", ";INTERVAL=2", ";INTERVAL=3", ";INTERVAL=7"])
STARTS = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@settings(max_examples=200, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.builds("{}{}{}".format, SHAPES, INTERVALS, ENDS), STARTS)
def test_the_same_days_as_dateutil(text: str, start: date) -> None:
    until = date(2028, 12, 31) if "UNTIL" in text else None
    ours = list(read_recurrence(text, start, until, Budget()).days(FIRST, LAST))
    # An end is given to every rule: dateutil looks for one without days until the year 9999.
    ended = text if "UNTIL" in text else f"{text};UNTIL=20310101" if "COUNT" not in text else text
    rule = rrulestr(ended, dtstart=datetime.combine(start, time()))
    theirs = (day.date() for day in rule)
    assert ours == [day for day in takewhile(lambda day: day <= LAST, theirs) if day >= FIRST]


def test_a_weekday_and_its_first_together_are_both_meant() -> None:
    """Where dateutil takes only what both say (RFC 5545: each adds its days)."""
    rule = read_recurrence("FREQ=MONTHLY;BYDAY=1MO,-1FR", date(2026, 11, 2), None, Budget())
    assert list(rule.days(date(2026, 11, 1), date(2026, 12, 31))) == [
        date(2026, 11, 2),
        date(2026, 11, 27),
        date(2026, 12, 7),
        date(2026, 12, 25),
    ]
