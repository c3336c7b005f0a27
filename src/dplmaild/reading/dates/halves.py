"""Which half of the day a time means: am and pm, a bare `at three`, `9 in the evening`."""

from dplmaild.reading.dates.atoms import Clock, Sign
from dplmaild.reading.dates.reasons import Reason

HOUR = 60
NOON = 12 * HOUR
MIDNIGHT = 24 * HOUR
_AFTERNOON_LIKELY = range(1, 6)  # "at three": few deploy at three in the night


def halved(minutes: int, *, pm: bool) -> Clock:
    """am and pm; `14:00 am` and `0:30 pm` contradict themselves."""
    hour = minutes // HOUR
    if hour == 12:
        return Clock((minutes if pm else minutes - NOON,), written="hour")
    if pm and 0 < hour < 12:
        return Clock((minutes + NOON,), written="hour")
    if hour == 0 and pm:
        return Clock((minutes, minutes + NOON), Reason.HALF_OF_DAY)
    return (
        Clock((minutes, minutes - NOON), Reason.HALF_OF_DAY)
        if hour > 12 and not pm
        else Clock((minutes,), written="hour")
    )


def doubted(found: Clock | Sign, *, loose: bool) -> Clock | Sign:
    """A bare hour from one to five may be meant for the afternoon, a loose `2h` may be a length; `03:00` is clear."""
    if not isinstance(found, Clock) or len(found.minutes) > 1 or found.reason:
        return found
    small = found.minutes[0] // HOUR in _AFTERNOON_LIKELY
    if small and (found.written == "bare" or loose):
        return Clock((found.minutes[0], found.minutes[0] + NOON), Reason.HALF_OF_DAY, "bare", found.marked)
    return found


def in_part(found: Clock, part: int) -> Clock:
    """The time in a part of the day: `9 in the evening` is 21:00; `1 at night` belongs to either of two nights."""
    first = found.minutes[0]
    if found.reason not in (None, Reason.HALF_OF_DAY) or first >= 13 * HOUR:
        contradicts = part in (0, 4) and first >= 13 * HOUR
        return Clock((first, first - NOON), Reason.HALF_OF_DAY) if contradicts else found
    hour = first // HOUR
    late = {0: False, 1: hour < 6, 2: hour < 12, 3: 6 <= hour < 12, 4: False}[part]
    if late:
        return Clock((first + NOON,))
    if hour == 12 and part in (2, 3, 4):
        return Clock((first - NOON, first + NOON), Reason.MIDNIGHT)
    if hour == 12 and part == 0:
        return Clock((first, first - NOON), Reason.HALF_OF_DAY)
    night = part == 3 and hour < 6
    return Clock((first, first + MIDNIGHT), Reason.MIDNIGHT) if night else Clock((first,))
