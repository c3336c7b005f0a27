"""Written zones: CET, UTC+1, +01:00, Europe/Madrid, Berlin time, hora local; and where a wall clock stands in one."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from dplmaild.reading.dates.atoms import Clock, ClockStretch, Part, What, Zone
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.scan import Found
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Word, zone_table

_AREAS = frozenset({"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Etc"})
_LOOKS_LIKE_A_ZONE = re.compile(r"[A-Z]{2,3}T")
_NO_ZONES = frozenset({"UAT", "INT", "ACT", "OUT", "BUT", "NOT", "TBT", "CUT", "SLOT"})
_WORDS_TOO = frozenset({"IST", "WET", "WEST"})  # in small letters they are German and English words
_MOST_MINUTES = 14 * 60


class Placed(NamedTuple):
    """A wall clock in a zone: the moments it can be, likeliest first, the zone, and why it is not one of them."""

    moments: tuple[datetime, ...]
    zone: str
    reason: Reason | None = None


def zone(line: Line, at: int, setting: Setting, before: What | None) -> Found:
    """A zone behind a time; in a field also elsewhere, when it can be nothing else."""
    timed = isinstance(before, Clock | ClockStretch | Zone | Part)
    found = _offset(line, at, timed=timed) or _named(line, at, timed=timed)
    if found is None and (timed or not setting.prose):
        found = _place_word(line, at, setting, timed=timed) or _abbreviation(line, at, timed=timed)
    if found is None:
        return None
    what, behind = found
    return (what,), behind


_Zone = tuple[Zone, int] | None


def _offset(line: Line, at: int, *, timed: bool) -> _Zone:
    """UTC, UTC+1, GMT -05:00, +0100, Z."""
    word = line.written(at).upper()
    named = word in ("UTC", "GMT")
    sign_at = at + 1 if named else at
    if word == "Z" and timed and not line[at].spaced:
        return Zone("Z", offsets=(0,)), at + 1
    signed = line.mark(sign_at, "+-" if named else "+") and (named or timed)
    minutes = _minutes(line, sign_at + 1) if signed and not line[sign_at + 1].spaced else None
    iso_minus = timed and line.mark(at, "-") and not line[at].spaced and _iso_before(line, at)
    if iso_minus or (timed and line.mark(at, "-") and _mail_offset(line, at)):
        minutes = _minutes(line, at + 1)
    if minutes is not None:
        end = sign_at + 2
        factor = -1 if line.mark(sign_at, "-") else 1
        fits = minutes <= _MOST_MINUTES
        text = line.source[line[at].start : line[end - 1].end]
        return Zone(text, offsets=(factor * minutes,) if fits else ()), end
    return (
        (Zone(line.written(at), offsets=(0,), abbreviation=word if word == "GMT" else None), at + 1) if named else None
    )


def _mail_offset(line: Line, at: int) -> bool:
    """`13:51:39 -0700`, `16:10 -0400`; `10:00 -1200` is a stretch."""
    digits, clock = line[at + 1], line[at - 1]
    four = digits.shape is Shape.NUMBER and len(digits.text) == 4 and not digits.spaced
    return four and clock.shape is Shape.CLOCK and (digits.text[0] == "0" or len(clock.numbers) > 2)


def _iso_before(line: Line, at: int) -> bool:
    return line[at - 1].shape is Shape.CLOCK and line[at - 2].shape is Shape.ISO and not line[at - 1].spaced


def _minutes(line: Line, at: int) -> int | None:
    token = line[at]
    if token.shape is Shape.CLOCK:
        return token.numbers[0] * 60 + token.numbers[1]
    if token.shape is not Shape.NUMBER or len(token.text) not in (1, 2, 4):
        return None
    number = token.numbers[0]
    return number * 60 if len(token.text) < 3 else number // 100 * 60 + number % 100


def _named(line: Line, at: int, *, timed: bool) -> _Zone:
    """Europe/Madrid, CET/CEST."""
    area = line.written(at)
    if not line.mark(at + 1, "/") or line[at + 2].shape is not Shape.WORD:
        return None
    pair = f"{area}/{line.written(at + 2)}".upper()
    if pair in ("CET/CEST", "MEZ/MESZ") and timed:
        return Zone(pair, region="Europe/Berlin"), at + 3
    if area not in _AREAS:
        return None
    end = at + 3
    if line.mark(end, "_") and line[end + 1].shape is Shape.WORD:
        end += 2
    name = line.source[line[at].start : line[end - 1].end]
    return (Zone(name, region=name), end) if is_zone(name) else None


def is_zone(name: str) -> bool:
    """Whether the zone database knows the name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _place_word(line: Line, at: int, setting: Setting, *, timed: bool) -> _Zone:
    """Berlin time, hora de Madrid, Ortszeit; in prose only together with the word for time."""
    if line.sense(at, Word.LOCAL):
        return Zone(line.written(at), local=True), at + 1
    if season := line.sense(at, Word.SUMMER_TIME, Word.WINTER_TIME):
        return (Zone(line.written(at), summer=season.word is Word.SUMMER_TIME), at + 1) if timed else None
    if unknown := _city(line, at, timed=timed):
        return unknown
    place = line.sense(at, Word.REGION)
    if place is None or line.sense(at, Word.PART):
        return None
    time_word = line.sense(at + 1, Word.TIME_WORD) is not None
    hour_word = line[at - 1].text in {"hora", "uhr", "hora de"} or line[at - 2].text == "hora"
    if not (time_word or hour_word or (timed and not setting.prose)):
        return None
    end = at + 2 if time_word else at + 1
    start = next((i for i in (at - 1, at - 2) if line[i].text in {"hora", "hora de"}), at)
    region = list(zone_table()["regions"])[place.value]
    return Zone(line.source[line[start].start : line[end - 1].end], region=region), end


def _city(line: Line, at: int, *, timed: bool) -> _Zone:
    """`Tokyo time`, `hora de Beijing`: a city of the zone database, or a place we do not know, which is asked."""
    behind_hora = line[at].text == "hora" and line[at + 1].text in ("de", "d")
    name_at = at + 2 if behind_hora else at
    said = behind_hora or line.sense(at + 1, Word.TIME_WORD) is not None
    name = line.written(name_at)
    if not (timed and said) or not name[:1].isupper() or line[name_at].senses or line[name_at].shape is not Shape.WORD:
        return None
    end = name_at + 1 if behind_hora else name_at + 2
    text = line.source[line[at].start : line[end - 1].end]
    return Zone(text, region=_cities().get(name)), end


@cache
def _cities() -> dict[str, str]:
    return {name.rpartition("/")[2]: name for name in sorted(available_timezones()) if name.partition("/")[0] in _AREAS}


def _abbreviation(line: Line, at: int, *, timed: bool) -> _Zone:
    """CET, BST, or capital letters behind a time that look like a zone and are none we know."""
    word, table = line.written(at), zone_table()
    name = word.upper()
    english = line.sense(at - 1, Word.AM, Word.PM) is not None
    if not word.isupper() and (not timed or (name in _WORDS_TOO and not english)):
        return None
    if name in table["abbreviations"] or name in table["several"]:
        return Zone(word, abbreviation=name), at + 1
    if timed and word in table["short_regions"]:
        return Zone(word, region=table["short_regions"][word]), at + 1
    if timed and _LOOKS_LIKE_A_ZONE.fullmatch(word) and word not in _NO_ZONES:
        return Zone(word), at + 1
    return None


def place(local: datetime, zones: tuple[Zone, ...], customer: str) -> Placed:
    """The moments a wall clock can be: a written zone wins, else the customer's; two zones have to agree (POLICY-3)."""
    placed = [_in_zone(local, written, customer) for written in zones] or [_in_region(local, customer)]
    first = placed[0]
    for other in placed[1:]:
        both = tuple(moment for moment in first.moments if moment in other.moments)
        if not both:
            moments = tuple(dict.fromkeys(first.moments + other.moments))
            return Placed(moments, first.zone, Reason.ZONE_CONTRADICTS)
        settled = len(both) == 1 and Reason.DST_GAP not in (first.reason, other.reason)
        first = Placed(both, first.zone, None if settled else first.reason)
    return first


def _in_zone(local: datetime, written: Zone, customer: str) -> Placed:
    if written.local:
        return _in_region(local, customer)
    if written.summer is not None:
        return _in_season(local, customer, summer=written.summer)
    if written.region:
        return _in_region(local, written.region)
    if written.abbreviation:
        return _by_abbreviation(local, written.abbreviation, customer)
    if written.offsets:
        return Placed((_utc(local, written.offsets[0]),), fixed(written.offsets[0]))
    return Placed(_in_region(local, customer).moments, customer, Reason.UNKNOWN_ZONE)


def fixed(minutes: int) -> str:
    """A fixed offset as text: UTC+01:00; UTC itself without one."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if minutes else "UTC"


def _utc(local: datetime, minutes: int) -> datetime:
    return (local - timedelta(minutes=minutes)).replace(tzinfo=UTC)


def _in_region(local: datetime, name: str) -> Placed:
    """A wall clock by the zone database: once, twice (the clock went back) or never (it went forward)."""
    zone_info = ZoneInfo(name)
    both = [local.replace(tzinfo=zone_info, fold=fold).astimezone(UTC) for fold in (0, 1)]
    if both[0].astimezone(zone_info).replace(tzinfo=None) != local:
        return Placed(tuple(both), name, Reason.DST_GAP)
    moments = tuple(dict.fromkeys(both))
    return Placed(moments, name, Reason.DST_DOUBLED if len(moments) > 1 else None)


def _in_season(local: datetime, customer: str, *, summer: bool) -> Placed:
    """`Sommerzeit` settles the doubled hour, and contradicts a day in winter."""
    here = _in_region(local, customer)
    fitting = tuple(m for m in here.moments if bool(m.astimezone(ZoneInfo(customer)).dst()) is summer)
    if here.reason is Reason.DST_GAP:
        return here
    return Placed(fitting, customer) if len(fitting) == 1 else Placed(here.moments, customer, Reason.ZONE_CONTRADICTS)


def _by_abbreviation(local: datetime, name: str, customer: str) -> Placed:
    table = zone_table()
    name = table["same"].get(name, name)
    here = _in_region(local, customer)
    named_so = [m for m in here.moments if m.astimezone(ZoneInfo(customer)).tzname() == name]
    if len(named_so) == 1 and here.reason is not Reason.DST_GAP:
        return Placed(tuple(named_so), customer)
    if name == "GMT":
        return _greenwich(local, customer, here)
    if name in table["several"]:
        offsets = table["several"][name]
        moments = tuple(_utc(local, minutes) for minutes in offsets)
        return Placed(moments, fixed(offsets[0]), Reason.UNKNOWN_ZONE if len(moments) > 1 else None)
    minutes, region = table["abbreviations"][name]
    return _checked(_utc(local, minutes), _in_region(local, region))


def _greenwich(local: datetime, customer: str, here: Placed) -> Placed:
    """GMT is UTC; said in summer by people whose winter time it is, it is asked."""
    theirs = local.replace(month=1, day=1, tzinfo=ZoneInfo(customer)).tzname() == "GMT"
    moment = _utc(local, 0)
    if theirs and moment not in here.moments:
        return Placed((moment, *here.moments), customer, Reason.ZONE_CONTRADICTS)
    return Placed((moment,), "UTC")


def _checked(moment: datetime, region: Placed) -> Placed:
    """CET in July: the abbreviation's offset is not the one in force."""
    if region.reason is Reason.DST_GAP:
        return region
    if moment not in region.moments:
        return Placed((moment, *region.moments), region.zone, Reason.ZONE_CONTRADICTS)
    return Placed((moment,), region.zone)
