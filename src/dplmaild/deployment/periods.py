"""Stretches of days as the configuration states them, by dates or by a rule for every year (docs/calendars.md)."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, model_validator

from dplmaild.deployment.configured import Strict, ZoneName
from dplmaild.deployment.recurring import Anchor, Span, Working, check_span, read_anchor, spans_of, week_of
from dplmaild.deployment.recurring.words import WEEKDAYS
from dplmaild.deployment.terms import DeploymentType, Environment, Product

_FORMS = "write day, or first and last (dates), or on, week_of, or from and to (rules)"


def _anchor(written: object) -> Anchor:
    if isinstance(written, Anchor):
        return written
    if not isinstance(written, str):
        raise ValueError(f"{written} is no rule: a date is written as day, or as first and last")  # noqa: TRY004
    return read_anchor(written)


def _weekday(written: object) -> object:
    if isinstance(written, str):
        if written.lower() not in WEEKDAYS:
            raise ValueError(f"no weekday: {written!r} (write monday, tuesday, ...)")
        return WEEKDAYS[written.lower()]
    return written


Rule = Annotated[Anchor, PlainValidator(_anchor), PlainSerializer(str)]
WeekdayNumber = Annotated[int, BeforeValidator(_weekday), Field(ge=0, le=6)]
Year = Annotated[int, Field(ge=2000, le=2200)]


class Period(Strict):
    """Whole days, both ends included: a vacation, a closing week, a freeze; once, or every year by a rule."""

    day: date | None = None
    first: date | None = None
    last: date | None = None
    on: Rule | None = None  # the days it points at
    week_of: Rule | None = None  # Monday to Sunday around each of them
    from_: Rule | None = Field(default=None, alias="from")
    to: Rule | None = None
    since: Year | None = None  # of a rule: the first year in which it begins
    years: tuple[Year, ...] = ()  # of a rule: only what begins in these years
    weekdays: tuple[WeekdayNumber, ...] = ()  # only these of its days; empty: all
    reason: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        by_date = (self.day is not None, self.first is not None or self.last is not None)
        by_rule = (self.on is not None, self.week_of is not None, self.from_ is not None or self.to is not None)
        if sum((*by_date, *by_rule)) != 1:
            raise ValueError(_FORMS)
        if (self.first is None) != (self.last is None):
            raise ValueError("first and last belong together (one day: write day)")
        if (self.from_ is None) != (self.to is None):
            raise ValueError("from and to belong together (one day: write on)")
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"{self.first} to {self.last}: ends before it begins")
        if any(by_date) and (self.since or self.years):
            raise ValueError("since and years go with a rule: a date has its year already")
        if self.since and self.years:
            raise ValueError("give since or years, not both")
        begins = self._begins
        if begins is not None:
            check_span(begins, self.to)
        return self

    @property
    def by_rule(self) -> bool:
        """Whether its days come again in other years."""
        return self._begins is not None

    @property
    def _begins(self) -> Anchor | None:
        return self.on or self.week_of or self.from_

    def of_year(self, year: int, working: Working) -> tuple[Span, ...]:
        """The stretches that the rule of one year makes, or the one that dates make if it begins in this year."""
        begins = self._begins
        if begins is None:
            first, last = self.day or self.first, self.day or self.last
            return (Span(first, last),) if first and last and first.year == year else ()
        if (self.since and year < self.since) or (self.years and year not in self.years):
            return ()
        if self.to is not None:
            return spans_of(begins, self.to, year, working)
        days = begins.dates(year, working)
        return tuple(week_of(day) for day in days) if self.week_of else tuple(Span(day, day) for day in days)

    def around(self, day: date, working: Working) -> Span | None:
        """The stretch that holds this day; None where the day is outside, or a weekday that does not count."""
        if self.weekdays and day.weekday() not in self.weekdays:
            return None
        if self._begins is None:  # the usual case, and asked for every day of a search
            first, last = self.day or self.first, self.day or self.last
            return Span(first, last) if first and last and first <= day <= last else None
        return next((span for span in self._near(day.year, working) if day in span), None)

    def _near(self, year: int, working: Working) -> Iterator[Span]:
        """An offset, or the turn of the year, can carry a neighbouring year's days into this one."""
        return (span for each in (year - 1, year, year + 1) for span in self.of_year(each, working))

    def touching(self, year: int, working: Working) -> tuple[Span, ...]:
        """The stretches with at least one day in a year, earliest first."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        begins, ends = self.day or self.first, self.day or self.last
        whole = [Span(begins, ends)] if begins and ends else sorted(set(self._near(year, working)))
        return tuple(span for span in whole if span.first <= last and first <= span.last)


class HalfDay(Period):
    """Days on which work ends early, on the site's own wall clock."""

    until: time


class Freeze(Period):
    """A stretch in which nothing is deployed (DAY-6): hard blocks, soft needs approval; empty lists mean all."""

    soft: bool = False
    environments: tuple[str, ...] = ()
    types: tuple[DeploymentType, ...] = ()
    except_types: tuple[DeploymentType, ...] = ()
    products: tuple[Product, ...] = ()

    def stops(self, type_: DeploymentType | None, product: Product | None, places: tuple[Environment, ...]) -> bool:
        """Whether it is about such a deployment; `places` are its environment, as named and as it is treated."""
        names = {name.upper() for name in self.environments}
        return (
            type_ not in self.except_types
            and (not self.types or type_ in self.types)
            and (not self.products or product in self.products)
            and (not names or any(place.name in names for place in places))
        )


class Season(Period):
    """A stretch of days in which OPS can do less than usual (SCHED-7)."""

    at_once: int | None = Field(default=None, ge=0)
    per_day: int | None = Field(default=None, ge=0)


class Feed(Strict):
    """Vacations kept elsewhere: an ICS file, or a calendar on a web server (DAY-5)."""

    name: str = ""  # how it is called in messages; else the file, or the server
    file: Path | None = None
    url: str | None = None
    url_file: Path | None = None  # a file that holds the address: a private one is as good as a password
    reason: str = "vacation"  # what people are told; what the events say is nobody else's business
    words: tuple[str, ...] = ()  # only events with one of these in title or categories; empty: all
    free_too: bool = False  # also events that are shown as free

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(source is not None for source in (self.file, self.url, self.url_file)) != 1:
            raise ValueError("give file, url or url_file")
        if self.url is not None:
            check_feed_url(self.url)
        return self

    @property
    def title(self) -> str:
        """Its name for people; never its address."""
        where = self.file.name if self.file else urlsplit(self.url).hostname if self.url else ""
        return self.name or where or "vacation feed"


def check_feed_url(url: str) -> None:
    """An address that nobody on the way can read or change; raises ValueError, which does not repeat it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no address of a calendar: write https://host/path.ics")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("plain http is for this machine only: write https://")


class CalendarSource(Strict):
    """Whose working days: a country and region of the `holidays` library, and what this site adds."""

    country: str
    region: str | None = None
    zone: ZoneName | None = None  # of half days and of vacation feeds; None: the customer's, or OPS's
    closed: tuple[Period, ...] = ()
    vacations: tuple[Period, ...] = ()
    half_days: tuple[HalfDay, ...] = ()
    feeds: tuple[Feed, ...] = ()
    fed: tuple[Period, ...] = ()  # filled from `feeds`
    unread: tuple[str, ...] = ()  # filled with the feeds of which nothing good is known

    def in_zone(self, zone: str) -> "CalendarSource":
        """The same calendar on this wall clock, unless it names one of its own."""
        return self if self.zone else self.model_copy(update={"zone": zone})
