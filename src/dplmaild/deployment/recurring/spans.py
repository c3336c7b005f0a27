"""From two anchors to stretches of days, year by year, also across the turn of the year."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dplmaild.deployment.recurring.anchor import Working, office_days
from dplmaild.deployment.recurring.reading import Anchor, RuleError

_CHECKED = range(2000, 2100)  # every weekday, leap day and Easter that anybody will plan for
_SUNDAY = 6


class FarApartError(RuleError):
    """Two anchors that make a short stretch in one year and nearly a whole one in another."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Whole days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def week_of(day: date) -> Span:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=_SUNDAY))


@lru_cache(maxsize=16384)
def spans_of(since: Anchor, until: Anchor, year: int, working: Working) -> tuple[Span, ...]:
    """The stretches whose first anchor is this year's: each lasts to the next day that `until` points at."""
    ends = (*until.dates(year, working), *until.dates(year + 1, working))
    starts = since.dates(year, working)
    found = ((start, next((end for end in ends if end >= start), None)) for start in starts)
    return tuple(Span(start, end) for start, end in found if end is not None)


@lru_cache(maxsize=4096)
def check_span(since: Anchor, until: Anchor | None) -> None:
    """Refuse what never happens, or not in every year where a stretch needs both its ends; raises RuleError."""
    if until is None:
        if not any(since.dates(year, office_days) for year in _CHECKED):
            raise RuleError(f"there is never a day like {since.text!r}")
        return
    for year in _CHECKED:
        starts, ends = since.dates(year, office_days), until.dates(year, office_days)
        for anchor, days in ((since, starts), (until, ends)):
            if not days:
                raise RuleError(f"{anchor.text!r} does not exist in {year}: a stretch needs an end that always does")
        if len(starts) != len(ends):
            raise RuleError(f"{since.text!r} and {until.text!r} do not come equally often in a year")
    _check_order(since, until)


def _check_order(since: Anchor, until: Anchor) -> None:
    """A stretch that would turn round in some year ends almost a year later: nobody means that."""
    usual = _turns(since, until, _CHECKED[0])
    odd = next((year for year in _CHECKED if _turns(since, until, year) != usual), None)
    if odd is not None or len(usual) > 1:
        year = odd or _CHECKED[0]
        raise FarApartError(f"{until.text!r} lies before {since.text!r} in some years ({year}) and after it in others")


def _turns(since: Anchor, until: Anchor, year: int) -> set[bool]:
    pairs = zip(since.dates(year, office_days), until.dates(year, office_days), strict=True)
    return {end < start for start, end in pairs}
