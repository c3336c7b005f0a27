"""The doors of this room: a field's value, prose, and a day with its time in another field."""

from datetime import datetime

from dplmaild.deployment.terms import WrittenMoment


def read_moment(
    text: str, *, said_on: datetime, zone: str, day_first: bool | None, language: str | None = None
) -> WrittenMoment | None:
    """The moment that a field's value names; None when nothing in it is like a date."""
    raise NotImplementedError


def read_moments_in(
    text: str, *, said_on: datetime, zone: str, day_first: bool | None, language: str | None = None
) -> tuple[tuple[int, int, WrittenMoment], ...]:
    """The moments in prose as (start, end, moment), in order, not overlapping, at most 20."""
    raise NotImplementedError


def join(
    day: WrittenMoment | str,
    time_text: str,
    *,
    said_on: datetime,
    zone: str,
    day_first: bool | None,
    language: str | None = None,
) -> WrittenMoment | None:
    """One moment of a day and a time that stand in separate fields."""
    raise NotImplementedError
