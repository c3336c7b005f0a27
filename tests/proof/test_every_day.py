"""Every day of three years, at every site and for every type: what the program says is what the page says."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from dplmaild.deployment.deadlines import instruction_deadline
from dplmaild.deployment.rules import decision, judge
from dplmaild.deployment.terms import Severity
from proof.oracle import ONE_DAY, Wish, deadline, hindrance, rulings
from proof.sites import asked_for, ground_at, moment, named, site

pytestmark = pytest.mark.long

YEARS = (2026, 2027, 2028)
# Rotated with the days, so that every notice meets every weekday, hour and holiday sooner or later.
NOTICE = (20, 7, 3, 14, 0, 8, 2, 13, 6, 1, 30, -1, 10)
STARTS = (
    time(10),
    time(9),
    time(12, 30),
    time(2, 30),
    time(15, 30),
    time(14, 31),
    time(22),
    time(16, 59),
    time(0),
    time(11, 10),
    time(8, 59),
)
ARRIVALS = (time(9), time(0, 10), time(23, 50), time(10), time(16, 30))
CLOCK_CHANGES = [
    date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26), date(2028, 10, 29),
]  # fmt: skip

KINDS = [
    pytest.param("caas", "full", "ICM", False, id="caas, full of ICM"),
    pytest.param("caas", "full", "ICM", True, id="caas, full of ICM, premium"),
    pytest.param("caas", "full", "IOM", False, id="caas, full of IOM"),
    pytest.param("caas", "code", "ICM", False, id="caas, code"),
    pytest.param("caas", "hotfix", "PWA", False, id="caas, hotfix"),
    pytest.param("prod", "code", "ICM", False, id="prod"),
]
SITES = ("jena", "barcelona")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def _wishes(kind: tuple[str, str, str, bool], name: str, days: Iterator[date]) -> Iterator[Wish]:
    profile, type_, product, premium = kind
    where = site(profile, name)
    for day in days:
        number = day.toordinal()
        start = moment(day, STARTS[number % len(STARTS)], where.zone)
        arrived = moment(day - NOTICE[number % len(NOTICE)] * ONE_DAY, ARRIVALS[number % len(ARRIVALS)], where.zone)
        yield Wish(profile, type_, product, where, start, arrived, premium)


def _differences(wishes: Iterator[Wish], said: Counter[tuple[str, str]] | None = None) -> list[str]:
    """Every line on which the program and the oracle do not say the same."""
    wrong, on = list[str](), None
    for wish in wishes:
        on = on or ground_at(wish.site, wish.profile, premium=wish.premium)
        found = judge(asked_for(wish, on), on)
        expected, got = rulings(wish), {finding.rule: finding.ruling.value for finding in found}
        if got != expected:
            rules = {rule: (expected.get(rule), got.get(rule)) for rule in expected.keys() | got.keys()}
            wrong.append(f"{named(wish)}: { ({r: v for r, v in rules.items() if v[0] != v[1]}) }")
        weight = decision(found)
        hinders = weight.value if weight in {Severity.BLOCKS, Severity.APPROVAL} else None
        if hinders != hindrance(wish):
            wrong.append(f"{named(wish)}: {hinders}, expected {hindrance(wish)}")
        if said is not None:
            said.update(got.items())
    return wrong


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize(("profile", "type_", "product", "premium"), KINDS)
def test_every_day_of_three_years(profile: str, type_: str, product: str, premium: bool, name: str) -> None:
    said = Counter[tuple[str, str]]()
    days = _days(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
    assert _differences(_wishes((profile, type_, product, premium), name, days), said)[:5] == []
    of_the_date = {rule for rule, ruling in said if rule.startswith(("DAY", "LEAD", "HOUR")) and ruling == "broken"}
    assert {(rule, "kept") for rule in of_the_date} <= set(said), "a table in which a rule is never kept proves little"
    assert len(of_the_date) >= 5


@pytest.mark.parametrize("profile", ["caas", "prod"])
def test_moved_holidays_of_a_partner_in_madrid(profile: str) -> None:
    name = "barcelona with a partner in Madrid"
    days = tuple(_days(date(2026, 3, 2), date(2026, 12, 30)))  # its list is that of one year
    for type_ in ("code", "full", "hotfix"):
        assert _differences(_wishes((profile, type_, "ICM", False), name, iter(days)))[:5] == []
    where = site(profile, name)
    for moved in (date(2026, 11, 2), date(2026, 12, 7), date(2026, 4, 2)):
        start = moment(moved, time(10), where.zone)
        wish = Wish(profile, "code", "ICM", where, start, start - 9 * ONE_DAY)
        assert rulings(wish)["DAY-3"] == "broken"
        assert _differences(iter([wish])) == []


@pytest.mark.parametrize("day", CLOCK_CHANGES, ids=str)
@pytest.mark.parametrize(
    ("profile", "type_", "premium", "name"),
    [
        pytest.param("caas", "full", True, "jena", id="full at any hour"),
        pytest.param("caas", "hotfix", False, "jena", id="hotfix"),
        pytest.param("prod", "code", False, "barcelona", id="prod"),
    ],
)
def test_days_around_a_change_of_the_clocks(profile: str, type_: str, premium: bool, name: str, day: date) -> None:
    """Every half hour of three days by UTC's clock, asked for an hour or a week of wall clock time ahead."""
    where = site(profile, name)
    midnight = moment(day - ONE_DAY, time(0), where.zone)
    starts = [midnight + n * timedelta(minutes=30) for n in range(3 * 48)]
    for ahead in (timedelta(hours=1), 7 * ONE_DAY + timedelta(hours=23, minutes=30)):
        wishes = (Wish(profile, type_, "ICM", where, start, start - ahead, premium) for start in starts)
        assert _differences(wishes)[:5] == []


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("profile", ["caas", "prod"])
def test_deadlines_of_every_day(profile: str, name: str) -> None:
    where = site(profile, name)
    on = ground_at(where, profile)
    wrong: list[str] = []
    for day in _days(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)):
        number = day.toordinal()
        start = moment(day, STARTS[number % len(STARTS)], where.zone)
        confirmed = moment(day - (number % 5) * ONE_DAY, ARRIVALS[number % len(ARRIVALS)], where.zone)
        due = instruction_deadline(start, confirmed, on.calendar, on.profile)
        expected = deadline(where, start, confirmed)
        if due != expected:
            wrong.append(
                f"{start:%a %Y-%m-%d %H:%M}Z confirmed {confirmed:%Y-%m-%d %H:%M}Z: {due}, expected {expected}"
            )
    assert wrong[:5] == []
