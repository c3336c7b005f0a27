"""How each value of a mail was read: exact, asked instead, missed, or wrong and taken for right."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from dplmaild.deployment.said import Kind, Meaning
from dplmaild.reading.evaluation.shown import deployment_shown, shown, wanted

Expected = dict[str, Any]
# What a wrong reading of moves a system: the fields that a corpus is judged by.
CORE = (
    "type", "product", "environment", "when", "current_version", "target_version", "options", "components",
    "mailing_list",
)  # fmt: skip
_WHOLE = ("kind", "intent", "choice", "commands")
_ACTS = frozenset({Kind.SCHEDULE_REQUEST, Kind.INSTRUCTIONS, Kind.REPLY, Kind.COMMAND})
_FIELD_OF = {"options": ("DeployAppTier", "DeployWebTier", "InvalidatePageCache", "DBMigrate", "cartridges")}


class Score(StrEnum):
    """How one value was read."""

    EXACT = "exact"
    ASKED = "asked"  # a question, or a look by OPS, instead of the value
    MISSED = "missed"
    WRONG = "wrong"  # another value, or one from nowhere, and nobody is asked


@dataclass(frozen=True, slots=True)
class Value:
    """One expected value beside the one read; None where there is none."""

    field: str
    score: Score
    expected: Any
    read: Any


def scored(meaning: Meaning, expected: Expected) -> tuple[Value, ...]:
    """Every value that the expectation names, and every one that was read where it names none."""
    asks = {question.field.value for question in meaning.questions}
    return (*_whole(meaning, expected), *_of_deployments(meaning, expected, asks))


def _whole(meaning: Meaning, expected: Expected) -> Iterator[Value]:
    want, got = wanted(expected), shown(meaning, expected)
    for name in _WHOLE:
        if name in want and (want[name] or got[name]):
            yield Value(name, _score_of_whole(name, want[name], got[name], meaning), want[name], got[name])


def _score_of_whole(name: str, want: Any, got: Any, meaning: Meaning) -> Score:
    if want == got:
        return Score.EXACT
    if meaning.kind is Kind.UNSURE or (name != "kind" and not got and meaning.questions):
        return Score.ASKED
    if name == "kind":  # a human's mail taken for a machine's is lost as silently as a wrong one acts
        return Score.WRONG if meaning.kind in _ACTS or meaning.kind is Kind.AUTO_REPLY else Score.MISSED
    return Score.WRONG if got and meaning.kind in _ACTS else Score.MISSED


def _of_deployments(meaning: Meaning, expected: Expected, asks: set[str]) -> Iterator[Value]:
    if "deployments" not in expected:
        return
    read = [deployment_shown(one) for one in meaning.deployments]
    nothing: Expected = {}
    for want, got in zip_longest(wanted(expected)["deployments"], read, fillvalue=nothing):
        for name in dict.fromkeys((*want, *got)):
            score = _score(name, want.get(name), got.get(name), asks, acts=meaning.kind in _ACTS)
            yield Value(name, score, want.get(name), got.get(name))


def _score(name: str, want: Any, got: Any, asks: set[str], *, acts: bool) -> Score:
    if want == got:
        return Score.EXACT
    if not asks.isdisjoint(_FIELD_OF.get(name, (name,))) or _doubted(got) or not acts:
        return Score.ASKED if got is not None or acts else Score.MISSED
    return Score.MISSED if got is None or _part_of(got, want) else Score.WRONG


def _doubted(got: Any) -> bool:
    """A moment that is not exact is asked back."""
    return isinstance(got, dict) and got.get("status", "exact") != "exact"


def _part_of(got: Any, want: Any) -> bool:
    """Whether all that was read is right, and only something is missing."""
    if isinstance(got, list) and isinstance(want, list):
        return all(each in want for each in got)
    return isinstance(got, dict) and isinstance(want, dict) and all(want.get(key) == got[key] for key in got)
