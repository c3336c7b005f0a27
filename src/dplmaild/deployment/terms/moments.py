"""Stretches of time, and moments as somebody wrote them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dplmaild.deployment.terms.words import MomentStatus


class NaiveTimeError(ValueError):
    """A moment without a zone was handed to something that judges time."""


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch from the start to the end of the tests; the start carries its zone."""

    start: datetime
    length: timedelta

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None:
            raise NaiveTimeError(self.start)
        if self.length <= timedelta(0):
            raise ValueError(f"a window needs a length above zero, not {self.length}")

    @property
    def end(self) -> datetime:
        """The end in the start's zone; reckoned in elapsed time, so it is right across a DST change."""
        zone = self.start.tzinfo
        return (self.start.astimezone(UTC) + self.length).astimezone(zone)

    def overlaps(self, other: "Window") -> bool:
        """Whether both hold at some moment; touching ends do not count."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A date and time as somebody wrote it, and what it means.

    `local` is the wall clock in `zone` (None when no single reading stands), `utc` the same moment and None unless
    `status` is exact. `candidates` are the possible readings in UTC. `reason` says why it is not exact, as one of
    the codes of `reading.dates`.
    """

    text: str
    status: MomentStatus
    local: datetime | None = None
    zone_text: str | None = None
    zone: str | None = None
    utc: datetime | None = None
    candidates: tuple[datetime, ...] = ()
    reason: str | None = None
    day: date | None = None  # the calendar day, when at least that is certain
