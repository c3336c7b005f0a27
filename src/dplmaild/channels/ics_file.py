"""One .ics file as a calendar: every deployment in it, for the demo and for desks without a calendar server."""

from pathlib import Path

from icalendar import Calendar

from dplmaild.channels.stored_event import (
    Ours,
    UnreadableCalendarError,
    event_in,
    events_in,
    keep_timezones,
    keep_what_people_added,
    ours,
    parsed,
    sequence_of,
)
from dplmaild.channels.whole_file import alone, contents, file_trouble, put_in_place, written_beside
from dplmaild.ports import PermanentError

_LIMIT = 50_000_000  # bytes; some 25,000 deployments


class IcsFile:
    """A calendar in one file; whole at every moment, and never overwritten when it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, uid: str, sequence: int, event: bytes) -> None:
        """Write the event unless ours in the file is as new; TemporaryError (disk) or PermanentError (damaged file)."""
        new = ours(uid, sequence, event)
        with file_trouble(self._path), alone(self._path.with_name(f".{self._path.name}.lock")):
            everything = self._read()
            stored = event_in(everything, uid) if everything else None
            if stored is not None and sequence_of(stored) >= sequence:
                return
            self._write(_with(everything, new, uid))

    def close(self) -> None:
        """Nothing is kept open."""

    def _read(self) -> Calendar | None:
        content = contents(self._path, _LIMIT)
        if content is None:
            return None
        try:
            return parsed(content)
        except UnreadableCalendarError as error:
            raise PermanentError(f"{self._path}: {error}; move it away, then a new one is begun") from error

    def _write(self, everything: Calendar) -> None:
        like = self._path if self._path.exists() else None
        put_in_place(written_beside(self._path, everything.to_ical(), like), self._path)


def _with(everything: Calendar | None, new: Ours, uid: str) -> Calendar:
    """The whole file with our event in the place of the stored one."""
    if everything is None:
        return new.calendar
    stored = list(events_in(everything, uid))
    for old in stored:
        everything.subcomponents.remove(old)
    if stored:
        keep_what_people_added(stored[0], new.event)
    keep_timezones(new.calendar, everything)
    everything.add_component(new.event)
    return everything
