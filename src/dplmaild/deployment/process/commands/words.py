"""What stands behind a verb: spans of time, moments, rules, names. None or empty where it does not stand there."""

import re
from datetime import UTC, datetime, timedelta

from dplmaild.deployment.rules import Ground

_SPAN = re.compile(
    r"^\s{0,20}(?:(\d{1,3})\s{0,9}h(?:ours?)?)?\s{0,9}(?:(\d{1,4})\s{0,9}m(?:in(?:utes?)?)?)?(?!\S)\s*", re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?:\s*(Z|[+-]\d{2}:\d{2}))?(?!\S)")
_UNTIL = re.compile(r"\buntil\s+(\S.{9,40})$", re.IGNORECASE)
_RULE = re.compile(r"^\s*([A-Za-z]{2,8}-\d{1,2})\b\s*")
_BY = re.compile(r"^\s*by\s+(\S.*)$", re.IGNORECASE)


def span_and_rest(text: str) -> tuple[timedelta | None, str]:
    """`30m reason` as (30 minutes, reason)."""
    match = _SPAN.match(text)
    if match is None or not (match[1] or match[2]):
        return None, text.strip()
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0)), text[match.end() :].strip()


def moments(text: str, ground: Ground) -> tuple[datetime, ...] | None:
    """The moments of a list by commas; None when one of them is none."""
    found = [_moment(part.strip(), ground) for part in text.split(",") if part.strip()]
    known = tuple(moment for moment in found if moment is not None)
    return known if len(known) == len(found) else None


def reason_and_until(text: str, ground: Ground) -> tuple[str, datetime | None, bool]:
    """`reason until MOMENT` as (reason, moment, True); the last is False when what follows `until` is no moment."""
    match = _UNTIL.search(text.strip())
    if match is None or not match[1][0].isdigit():
        return text.strip(), None, True
    until = _moment(match[1].strip(), ground)
    return text.strip()[: match.start()].strip(), until, until is not None


def rule_and_rest(text: str) -> tuple[str, str]:
    """`PRE-2 reason` as (PRE-2, reason)."""
    match = _RULE.match(text)
    return (match[1].upper(), text[match.end() :].strip()) if match else ("", text.strip())


def spoken_for(text: str) -> str:
    """`by NAME reason` as `NAME reason`."""
    match = _BY.match(text)
    return match[1].strip() if match else ""


def _moment(text: str, ground: Ground) -> datetime | None:
    """A moment of a command: OPS's wall clock unless a zone is written; None where there is no such moment."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        written = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ''}")
    except ValueError:
        return None
    if written.tzinfo is not None:
        return written
    local = written.replace(tzinfo=ground.calendar.zone)
    skipped = local.astimezone(UTC).astimezone(ground.calendar.zone).replace(tzinfo=None) != written  # DST
    doubled = local.replace(fold=1).utcoffset() != local.utcoffset()
    return None if skipped or doubled else local
