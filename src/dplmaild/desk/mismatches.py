"""What was expected of a case, held against the answer that `explain` gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dplmaild.deployment.process import Verdict
from dplmaild.deployment.terms import Performer
from dplmaild.desk.explained import Json
from dplmaild.settings.casebook import Expected


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that came out otherwise, both sides in plain words."""

    what: str
    expected: str
    got: str


def aware(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment as it stands in a table: without a zone it is on this wall clock."""
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def mismatches(expected: Expected, answer: Json, zone: ZoneInfo) -> Iterator[Mismatch]:
    """Everything that came out otherwise, in the order of the format."""
    for what, wanted in expected.model_dump(exclude_unset=True).items():
        got = _GOT[what](answer)
        if what in _INCLUDED:
            lacking = [name for name in wanted if name not in got]
            if lacking:
                yield Mismatch(what, _said(wanted, zone), _said(got, zone))
        elif _plain(wanted, zone) != _plain(got, zone):
            yield Mismatch(what, _said(wanted, zone), _said(got, zone))


def _ruled(ruling: str) -> Any:
    return lambda answer: tuple(f["rule"] for f in answer["findings"] if f["ruling"] == ruling)


def _first(answer: Json, key: str) -> Any:
    window = next((one[key] for one in answer["deployments"] if one.get(key)), None)
    return window["start"] if window else None


def _performer(answer: Json) -> Performer:
    return Performer.PARTNER if answer["decision"] == Verdict.PARTNER_PERFORMS else Performer.OPS


_INCLUDED = {"among_broken", "kept"}
_GOT: dict[str, Any] = {
    "decision": lambda answer: answer["decision"],
    "broken": _ruled("broken"),
    "among_broken": _ruled("broken"),
    "kept": _ruled("kept"),
    "slots": lambda answer: tuple(slot["start"] for slot in answer["slots"]),
    "deadline": lambda answer: answer["instruction_deadline"],
    "no_deadline": lambda answer: answer["instruction_deadline"] is None,
    "performer": _performer,
    "missing": lambda answer: tuple(answer["missing"]),
    "asked": lambda answer: tuple(dict.fromkeys(each["field"] for each in answer["ask_back"])),
    "uat": lambda answer: _first(answer, "uat_step"),
}


def _plain(value: Any, zone: ZoneInfo) -> Any:
    """Values that can be held against each other: moments in UTC, names in no order."""
    match value:
        case datetime():
            return aware(value, zone).astimezone(UTC)
        case tuple():
            each = [_plain(one, zone) for one in value]
            return each if any(isinstance(one, datetime) for one in each) else sorted(each)
        case str():
            return _moment(value) or value
        case _:
            return value


def _moment(text: str) -> datetime | None:
    """A moment as `explain` prints it, in UTC; None for any other word."""
    try:
        moment = datetime.fromisoformat(text) if text[:1].isdigit() else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment is not None else None


def _said(value: Any, zone: ZoneInfo) -> str:
    """A value in the words of the table: moments on OPS's wall clock."""
    plain = _plain(value, zone)
    if isinstance(plain, list):
        return ", ".join(_said(one, zone) for one in value) or "none"
    if isinstance(plain, datetime):
        return f"{plain.astimezone(zone):%a %Y-%m-%d %H:%M}"
    return "none" if plain is None else str(getattr(plain, "value", plain))
