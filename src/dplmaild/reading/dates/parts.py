"""One text becomes a row of parts: every reader is asked at each place, in a fixed order; linear."""

from collections.abc import Iterator

from dplmaild.reading.dates import counted, days, lengths, relative, signs, times, weeks, zones
from dplmaild.reading.dates.atoms import Atom, Clock, ClockStretch, Part, Sign, What, Zone
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.scan import Reader
from dplmaild.reading.dates.tokens import Shape, Token
from dplmaild.reading.dates.vocabulary import Word

_BEFORE_ZONES = (Clock, ClockStretch, Part, Zone)
REACH = 16  # tokens around a day in which the rest of its moment is looked for
_DAY_SHAPES = (Shape.ISO, Shape.WEEK_DATE, Shape.DOTS, Shape.SLASH, Shape.PAIR)
DAY_WORDS = frozenset(
    {
        *(Word.MONTH, Word.WEEKDAY, Word.SHORT_WEEKDAY, Word.WEEKDAYS, Word.DAY, Word.PART_OF_TODAY, Word.WEEK),
        *(Word.DAYS, Word.WEEKS, Word.MONTHS, Word.MONTH_FROM_NOW, Word.WEEK_NUMBER, Word.WEEK_OF, Word.WEEKEND),
        *(Word.EVERY, Word.THIS, Word.MOVE),
    }
)
_NEVER_FIRST = frozenset(
    {
        *(Word.GLUE, Word.OF, Word.TO, Word.OR, Word.NOT, Word.INSTEAD, Word.BOUND, Word.BOUND_AFTER, Word.MOVE),
        *(Word.SUFFIX, Word.TIME_WORD, Word.FROM_NOW, Word.DAYS, Word.WEEKS, Word.MONTHS, Word.HOURS, Word.MINUTES),
        *(Word.HOUR, Word.AM, Word.PM, Word.AFTER, Word.MINUTES_AFTER, Word.MINUTES_PAST),
        *(Word.WEEK_LATER, Word.COUNTED_FROM, Word.WEEKS_ON, Word.CAPITAL, Word.GREETING, Word.NAMED_DAY),
    }
)

# The first that knows what stands here is believed: so longer and surer shapes come first.
READERS: tuple[Reader, ...] = (
    zones.zone,
    weeks.week_date,
    counted.counted_from,
    counted.week_later,
    counted.day_of_other_month,
    relative.nth_weekday,
    days.year_month_day,
    days.day_and_month,
    days.days_of_one_month,
    days.numbered_month,
    weeks.calendar_week,
    days.iso_date,
    days.numeric_date,
    days.month_and_day,
    relative.recurring,
    relative.weekday,
    relative.part_of_month,
    relative.morning,
    relative.from_today,
    relative.relative_week,
    days.numbered_day,
    lengths.spoken_hours,
    lengths.duration,
    times.stretch,
    times.clock,
    times.named_time,
    signs.sign,
)


def atoms(line: Line, setting: Setting) -> tuple[Atom, ...]:
    """The parts of a text in order; words that belong to no date are gaps."""
    return tuple(_atoms(line, setting))


def _atoms(line: Line, setting: Setting) -> Iterator[Atom]:
    at, before = 0, None
    near = _near_a_day(line) if setting.prose else None
    while at < len(line):
        if near is not None and not near[at]:
            at += 1
            if at == len(line) or near[at]:
                yield Atom(Sign.GAP, line[at - 1].start, line[at - 1].end)
                before = None
            continue
        whats, behind = _read(line, at, setting, before)
        behind = max(behind, at + 1)
        for what in whats:
            yield Atom(what, line[at].start, line[behind - 1].end)
            before = None if what is Sign.GAP else what
        at = behind


def _near_a_day(line: Line) -> list[bool]:
    """Which tokens stand near one that can name a day: in prose nothing else is of interest."""
    near = [False] * len(line)
    for at, token in enumerate(line.tokens):
        if token.shape in _DAY_SHAPES or any(sense.word in DAY_WORDS for sense in token.senses):
            first, last = max(0, at - REACH), min(len(line), at + REACH + 1)
            near[first:last] = [True] * (last - first)
    return near


def _may_begin(token: Token, setting: Setting, before: What | None) -> bool:
    """Whether a part can begin here: most words and marks of a mail need not be shown to every reader."""
    if isinstance(before, _BEFORE_ZONES):
        return True
    if token.shape is Shape.WORD:
        return any(sense.word not in _NEVER_FIRST for sense in token.senses) or not setting.prose
    return token.shape not in (Shape.BREAK, Shape.OTHER) and not (token.shape is Shape.MARK and token.text != "@")


def _read(line: Line, at: int, setting: Setting, before: What | None) -> tuple[tuple[What, ...], int]:
    readers = READERS if _may_begin(line[at], setting, before) else (signs.sign,)
    for reader in readers:
        found = reader(line, at, setting, before)
        if found is not None:
            return found
    return (Sign.GAP,), at + 1
