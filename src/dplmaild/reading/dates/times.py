"""Times of day: 10:00, 22 Uhr, 9h, at ten, halb zehn, las nueve y media, 10am, noon, in the morning."""

from dataclasses import replace

from dplmaild.reading.dates.atoms import DAY_LIKE, Clock, ClockStretch, Part, Sign, What
from dplmaild.reading.dates.halves import HOUR, MIDNIGHT, NOON, doubted, halved
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.scan import Found, digits, is_hour
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Sense, Word

_TO_MINUTES = (20, 25)  # "twenty to ten"; "ten to eleven" may as well be a stretch
_HOURS = (Shape.NUMBER, Shape.CLOCK)
_OF_A_PLACE = ("de", "d")  # `10:00 hora de Madrid`
_SIGNS_OF_AMOUNTS = "%\u20ac$\u00a3#\u00b0"
_Hour = tuple[Clock | Sign, int]


def stretch(line: Line, at: int, setting: Setting, before: What | None) -> Found:
    """10-12h, from 10 to 12, zwischen 10 und 12 Uhr, entre las 10 y las 12."""
    opened = line.sense(at, Word.BETWEEN, Word.FROM, Word.AT) is not None
    start_at = line.skip(at + 1, "", Word.AT, most=1) if opened else at
    if line.sense(at, Word.AT) and _minutes_to(line, start_at):
        return None  # `at five to ten`
    first = _hour(line, start_at, sure=True)
    if first is None or _is_offset(line, start_at):
        return None
    last = _other_end(line, first[1], between=line.sense(at, Word.BETWEEN) is not None)
    if last is None or not isinstance(first[0], Clock) or not isinstance(last[0], Clock):
        return None
    day_before = isinstance(before, DAY_LIKE)
    if not (opened or first[0].marked or last[0].marked or (day_before and not setting.prose)):
        return None
    return None if _month_follows(line, last[1]) else ((ClockStretch(first[0], last[0]),), last[1])


def _is_offset(line: Line, at: int) -> bool:
    """`T10:00-05:00`: the second clock is an offset, as it lies before the first."""
    iso = _after_t(line, at) and line.mark(at + 1, "-") and line[at + 2].shape is Shape.CLOCK
    return iso and line[at + 2].numbers < line[at].numbers


def _other_end(line: Line, at: int, *, between: bool) -> _Hour | None:
    joins = line.mark(at, "-") or line.sense(at, Word.TO) or (between and line[at].text in {"and", "und", "y", "i"})
    if not joins:
        return None
    return _hour(line, line.skip(at + 1, "", Word.AT, Word.TO, most=1), sure=True)


def _month_follows(line: Line, at: int) -> bool:
    return line.month(at, ".") is not None


def clock(line: Line, at: int, setting: Setting, before: What | None) -> Found:
    """One time of day, with or without a word before it."""
    marked = line.sense(at, Word.AT) is not None or line.mark(at, "@")
    hour_at = at + 1 if marked else at
    marked = marked or line.sense(at - 1, Word.BOUND) is not None  # `not before 10`
    language = next((s.language for s in line[at].senses if s.word is Word.AT), "") if marked else ""
    found = _phrase(line, hour_at, language) or _hour(line, hour_at, sure=marked or _after_day(line, at, before))
    if found is None or (line[hour_at].shape is Shape.WORD and not marked and not _spelled_by_itself(line, hour_at)):
        return None
    unmarked = isinstance(found[0], Clock) and not found[0].marked and not marked
    if unmarked and not _bare_time(line, at, setting, before):
        return None
    if _is_amount(line, found[1]) or (_month_follows(line, found[1]) and line[hour_at].shape is not Shape.CLOCK):
        return None
    loose = not marked and line[hour_at + 1].text == "h"
    return _near(line, at, hour_at, doubted(found[0], loose=loose), found[1])


def _near(line: Line, at: int, hour_at: int, found: Clock | Sign, behind: int) -> Found:
    """`around 10`, `so gegen 10`, `ca. 10 Uhr`, `10 or so`: the time is only near it."""
    before = line.back(at - 1, ".:")
    if line.sense(before, Word.AT):
        before -= 1
    ahead = any(line.sense(place, Word.AROUND) for place in {before, *range(at, hour_at)})
    after = line.sense(behind, Word.AROUND_AFTER) is not None
    if isinstance(found, Clock) and (ahead or after):
        found = replace(found, around=True)
    return (found,), behind + after


def _is_amount(line: Line, at: int) -> bool:
    """`15% more than today`."""
    return line.mark(at, _SIGNS_OF_AMOUNTS) and not line[at].spaced


def _after_day(line: Line, at: int, before: What | None) -> bool:
    return isinstance(before, DAY_LIKE) and line[at].shape is Shape.PAIR


def _bare_time(line: Line, at: int, setting: Setting, before: What | None) -> bool:
    """`1.12.2026 10` and `1.12.2026 10.30` in a field: what stands behind a full date is its time."""
    pair = _is_pair_of_time(line, at)
    full = getattr(before, "full", False)
    return isinstance(before, DAY_LIKE) and (pair or (full and not setting.prose and digits(line, at) is not None))


def _spelled_by_itself(line: Line, at: int) -> bool:
    """`halb zehn`, `neun Uhr`, `nine o'clock`: words that say by themselves that they are a time."""
    spoken = line.sense(at, Word.NUMBER)
    in_part = (
        spoken is not None and spoken.value > 1 and line.sense(at + 1, Word.PART) is not None
    )  # `ten in the morning`
    sure = line.sense(at, Word.ADD, Word.DOUBTFUL_ADD) is not None or is_hour(line, at + 1)
    return sure or in_part or _minutes_to(line, at)


def _minutes_to(line: Line, at: int) -> bool:
    if line.sense(at + 1, Word.MINUTES) and (line.sense(at, Word.NUMBER) or digits(line, at)):
        return line.sense(at + 2, Word.MINUTES_PAST) is not None
    return line.sense(at, Word.NUMBER) is not None and line.sense(at + 1, Word.MINUTES_PAST) is not None


def _phrase(line: Line, at: int, language: str) -> _Hour | None:
    """`half past nine`, `fünf vor halb zehn`: minutes to or from the hour that follows."""
    minutes, at_hour = 0, at
    count = digits(line, at) or next((s.value for s in line[at].senses if s.word is Word.NUMBER), None)
    past_at = at + 2 if line.sense(at + 1, Word.MINUTES) else at + 1
    past = line.sense(past_at, Word.MINUTES_PAST)
    spoken = line[at].shape is Shape.WORD and bool(language)
    if count and past and count < 30 and _surely_past(past, count, spoken=spoken):
        minutes, at_hour = past.value * count, past_at + 1
    add = line.sense(at_hour, Word.ADD, Word.DOUBTFUL_ADD)
    if add:
        minutes, at_hour = minutes + add.value, at_hour + 1
    if at_hour == at:
        return None
    hour = _plain_hour(line, at_hour, add.language if add else past.language if past else language)
    if hour is None:
        return None
    doubt = add is not None and add.word is Word.DOUBTFUL_ADD
    return _shifted(line, hour, minutes, doubt=doubt)


def _surely_past(past: Sense, count: int, *, spoken: bool) -> bool:
    """`twenty to ten`, `at ten to eleven`; without the `at`, `ten to eleven` may be an hour."""
    return past.language != "en" or past.value > 0 or count in _TO_MINUTES or spoken


def _shifted(line: Line, hour: tuple[int, int], minutes: int, *, doubt: bool) -> _Hour:
    base, behind = hour[0] * HOUR, hour[1]
    signed = line.sense(behind, Word.HOUR) is not None
    half = _half_sign(line, behind, signed=signed)
    behind += signed or half is not None
    if half and hour[0] <= 12:
        base = (hour[0] % 12 + (12 if half is Word.PM else 0)) * HOUR
    total = (base + minutes) % MIDNIGHT
    if doubt:
        return Clock((total, (base - abs(minutes)) % MIDNIGHT), Reason.HALF_OF_DAY), behind
    return Clock((total,), written="hour" if half else "bare"), behind


def _plain_hour(line: Line, at: int, language: str) -> tuple[int, int] | None:
    """An hour in digits, or as a word of the given language; `once` is eleven only in Spanish."""
    value = digits(line, at)
    if value is None:
        spoken = (s.value for s in line[at].senses if s.word is Word.NUMBER and s.language == language)
        value = next(spoken, None)
    return (value, at + 1) if value is not None and value <= 24 else None


def _hour(line: Line, at: int, *, sure: bool) -> _Hour | None:
    """An hour with its minutes and what hangs on it. `sure`: something before said that it is a time."""
    token = line[at]
    if token.shape is Shape.CLOCK or (_is_pair_of_time(line, at) and (sure or is_hour(line, at + 1))):
        return _with_signs(line, at + 1, token.numbers[0], token.numbers[1], token.text)
    if token.shape is Shape.NUMBER and len(token.text) in (3, 4) and (is_hour(line, at + 1) or _after_t(line, at)):
        return _with_signs(line, at + 1, token.numbers[0] // 100, token.numbers[0] % 100, token.text)
    value = digits(line, at)
    if value is not None:
        return _with_signs(line, at + 1, value, None, token.text)
    language = line.sense(at - 1, Word.AT, Word.FROM, Word.BETWEEN, Word.TO)
    spoken = [s for s in token.senses if s.word is Word.NUMBER and (_same(line, at, s.language) or not language)]
    return _with_signs(line, at + 1, spoken[0].value, None, "") if spoken else None


def _is_pair_of_time(line: Line, at: int) -> bool:
    """10.30, not 9.5."""
    return line[at].shape is Shape.PAIR and len(line[at].text.partition(".")[2]) == 2


def _same(line: Line, at: int, language: str) -> bool:
    return any(s.language == language for s in line[at - 1].senses)


def _after_t(line: Line, at: int) -> bool:
    return not line[at].spaced and line[at - 1].shape is Shape.ISO


def _with_signs(line: Line, at: int, hour: int, minute: int | None, text: str) -> _Hour:
    """Minutes behind the hour (`y media`, `22 Uhr 30`), am and pm; Sign.IMPOSSIBLE when no clock shows it."""
    written = "bare" if minute is None or (len(text) == 4 and ":" in text) else "clock"
    signed = line.sense(at, Word.HOUR) is not None and line[at + 1].text not in _OF_A_PLACE
    at += signed
    if minute is None and signed and (more := digits(line, at)) is not None and _only_minutes(line, at):
        minute, at = more, at + 1
    if minute is None and signed and (spoken := _spoken_number(line, at)):
        minute, at = spoken, at + 1
    if minute is None and not text and not signed and (spoken := _spoken_behind(line, at)):
        minute, at = spoken, at + 1
    if minute is None and (after := line.sense(at, Word.AFTER)):
        hour, minute, at = hour - (after.value < 0), after.value % HOUR, at + 1
    elif minute is None and (more_at := _spoken_minutes(line, at)):
        hour, minute, at = hour - (more_at[0] < 0), more_at[0] % HOUR, at + 2
    half = _half_sign(line, at, signed=signed)
    if hour == 24 and not minute and not half:
        return Clock((MIDNIGHT,)), at
    if not 0 <= hour < 24 or not 0 <= (minute or 0) < HOUR:
        return Sign.IMPOSSIBLE, at
    total = hour * HOUR + (minute or 0)
    if half:
        return halved(total, pm=half is Word.PM), at + 1
    if hour == 12 and line[at].text == "am" and not signed:
        return Clock((total, total - NOON), Reason.HALF_OF_DAY), at
    signed = signed or line.sense(at, Word.PART) is not None
    written = "hour" if signed and written == "bare" else written
    return Clock((total,), written=written, marked=signed or minute is not None), at


def _half_sign(line: Line, at: int, *, signed: bool) -> Word | None:
    """am or pm; the German `am` before a day (`um 12 Uhr am 1.12.`) is none."""
    half = line.sense(at, Word.AM, Word.PM)
    if half is None and not line[at].spaced and line[at].text in ("a", "p") and line[at - 1].shape in _HOURS:
        return Word.PM if line[at].text == "p" else Word.AM  # `9p`
    if half is None or (line[at].text == "am" and (signed or (line[at].spaced and _german_day(line, at + 1)))):
        return None
    return half.word


def _german_day(line: Line, at: int) -> bool:
    """What `am` introduces: 1.12., 1. Dezember, Dienstag."""
    name = line.sense(at, Word.WEEKDAY, Word.SHORT_WEEKDAY)
    numbered = line[at].shape is Shape.NUMBER and line.mark(at + 1, ".") and not line[at + 1].spaced
    return line[at].shape in (Shape.DOTS, Shape.PAIR) or numbered or (name is not None and name.language == "de")


def _only_minutes(line: Line, at: int) -> bool:
    """`22 Uhr 30`, and not the day of `22 Uhr 30. November`."""
    return len(line[at].text) == 2 and not line.mark(at + 1, ":-/") and not _month_follows(line, at + 1)


def _spoken_number(line: Line, at: int) -> int | None:
    """`zehn Uhr dreißig`."""
    sense = line.sense(at, Word.NUMBER)
    unit = line.sense(at + 1, Word.DAYS, Word.WEEKS, Word.HOURS, Word.MONTHS)
    return sense.value if sense and sense.value >= 5 and not unit else None


def _spoken_behind(line: Line, at: int) -> int | None:
    """`ten thirty`."""
    spoken = _spoken_number(line, at)
    english = line.sense(at - 1, Word.NUMBER)
    fits = spoken is not None and 10 <= spoken < HOUR and english is not None and english.language == "en"
    return spoken if fits and not _month_follows(line, at + 1) else None


def _spoken_minutes(line: Line, at: int) -> tuple[int, int] | None:
    """`y diez`, `menos veinte`: minutes in Spanish and Catalan."""
    joint = line.sense(at, Word.MINUTES_AFTER)
    count = digits(line, at + 1) or next((s.value for s in line[at + 1].senses if s.word is Word.NUMBER), None)
    if joint is None or not count or count >= HOUR or _month_follows(line, at + 2) or is_hour(line, at + 2):
        return None
    return joint.value * count, at + 2


def named_time(line: Line, at: int, _setting: Setting, _before: What | None) -> Found:
    """noon, midnight, in the morning."""
    if clock_word := line.sense(at, Word.CLOCK):
        return _near(line, at, at, Clock((clock_word.value * HOUR,)), at + 1)
    if line.sense(at, Word.MIDNIGHT):
        return (Clock((0, MIDNIGHT), Reason.MIDNIGHT),), at + 1
    part = line.sense(at, Word.PART)
    return ((Part(part.value),), at + 1) if part else None
