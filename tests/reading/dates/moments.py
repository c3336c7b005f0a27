"""What the tests of dates share: said on Monday 23 November 2026, 09:00 in Berlin."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.dates import read_moment, read_moments_in

BERLIN = "Europe/Berlin"


def said(text: str) -> datetime:
    """An aware moment on Berlin's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN))


MONDAY = said("2026-11-23 09:00")


def read(
    text: str,
    on: datetime = MONDAY,
    zone: str = BERLIN,
    *,
    day_first: bool | None = None,
    language: str | None = None,
) -> WrittenMoment | None:
    """A field's value, read on that Monday unless the test says otherwise."""
    return read_moment(text, said_on=on, zone=zone, day_first=day_first, language=language)


def short(moment: WrittenMoment | None) -> str:
    """The wall clock of an exact moment, else the status' reason, with the day where it is certain."""
    if moment is None:
        return "nothing"
    if moment.status is MomentStatus.EXACT:
        assert moment.local is not None
        assert moment.utc is not None
        assert not moment.candidates
        return moment.local.isoformat(" ", "minutes")
    assert moment.utc is None
    assert moment.local is None
    return f"{moment.reason} {moment.day}" if moment.day else str(moment.reason)


def readings(moment: WrittenMoment | None, zone: str = BERLIN) -> list[str]:
    """The candidates on a zone's wall clock."""
    assert moment is not None
    return [c.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") for c in moment.candidates]


def in_prose(text: str, *, day_first: bool | None = None) -> list[tuple[str, str]]:
    """The moments of a sentence, as written and as read."""
    found = read_moments_in(text, said_on=MONDAY, zone=BERLIN, day_first=day_first)
    return [(text[start:end], short(moment)) for start, end, moment in found]
