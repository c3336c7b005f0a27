"""Several moments in one text become one answer: equal ones are one, alternatives are asked, from and to a stretch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.dates.phrases import Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.resolve import Ground, resolve
from dplmaild.reading.dates.segments import Link, Segment


def merged(run: Sequence[Segment], setting: Setting, text: str) -> WrittenMoment | None:
    """What the segments of one text say together; None when none of them names a day."""
    kept = [segment for segment in run if not (segment.excluded or segment.moved)]
    found = [(segment, moment) for segment in kept if (moment := resolve(Ground(segment, setting, text)))]
    if not found:
        return _only_excluded(run, setting, text)
    if any(segment.link is Link.TO for segment in kept[1:]) and len(found) > 1:
        return _stretch([_ends(segment, moment, setting) for segment, moment in found], text)
    return _alike([moment for _, moment in found], text, bound=any(segment.bound for segment in kept))


def _only_excluded(run: Sequence[Segment], setting: Setting, text: str) -> WrittenMoment | None:
    """All that is named is what is not wanted: asked, never taken."""
    for segment in run:
        moment = resolve(Ground(segment, setting, text))
        if moment:
            return WrittenMoment(
                text, MomentStatus.AMBIGUOUS, candidates=_readings(moment), reason=Reason.EXCLUDED.value
            )
    return None


def _alike(found: Sequence[WrittenMoment], text: str, *, bound: bool) -> WrittenMoment:
    """One moment when all say the same (10:00 CET / 09:00 UTC), else a question with all of them."""
    first = found[0]
    if all(_same(first, other) for other in found[1:]):
        zones = " ".join(dict.fromkeys(moment.zone_text for moment in found if moment.zone_text))
        return replace(first, zone_text=zones or None)
    readings = tuple(dict.fromkeys(reading for moment in found for reading in _readings(moment)))
    day = first.day if all(moment.day == first.day for moment in found) else None
    if bound and day:
        return WrittenMoment(text, MomentStatus.RANGE, candidates=readings, reason=Reason.STRETCH.value, day=day)
    return WrittenMoment(text, MomentStatus.AMBIGUOUS, candidates=readings, reason=Reason.SEVERAL.value, day=day)


def _same(one: WrittenMoment, other: WrittenMoment) -> bool:
    if one.utc is not None:
        return one.utc == other.utc
    return replace(one, zone_text=None) == replace(other, zone_text=None)


def _readings(moment: WrittenMoment) -> tuple[datetime, ...]:
    return (moment.utc,) if moment.utc else moment.candidates


def _ends(segment: Segment, moment: WrittenMoment, setting: Setting) -> tuple[datetime, ...]:
    """The moments of one end of a stretch; of a whole day its beginning and its end."""
    if moment.day is None or _readings(moment):
        return _readings(moment)
    ground = Ground(segment, setting, "")
    return tuple(ground.at(moment.day, minutes)[1].moments[0] for minutes in (0, 1440))


def _stretch(found: Sequence[tuple[datetime, ...]], text: str) -> WrittenMoment:
    ends = [*found[0], *found[-1]]
    candidates = (min(ends), max(ends)) if ends else ()
    return WrittenMoment(text, MomentStatus.RANGE, candidates=candidates, reason=Reason.STRETCH.value)
