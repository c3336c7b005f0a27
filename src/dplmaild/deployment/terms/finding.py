"""What a rule found, with facts that keep their types in the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from dplmaild.deployment.terms.words import Severity

Fact = str | int | float | bool | date | datetime | timedelta | None | tuple[str, ...]


def _with_type(value: Fact) -> object:
    """A fact as JSON that knows its type again: a day must not come back from the store as a text."""
    match value:
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case tuple():
            return list(value)
        case _:
            return value


def _from_typed(value: object) -> object:
    """The fact behind `_with_type`."""
    match value:
        case {"moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"seconds": float() | int() as seconds}:
            return timedelta(seconds=seconds)
        case list():
            return tuple(value)
        case _:
            return value


KeptFact = Annotated[Fact, BeforeValidator(_from_typed), PlainSerializer(_with_type, when_used="json")]


class Ruling(StrEnum):
    """What a rule found, in one word."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"  # cannot be judged yet
    NOT_CONCERNED = "not_concerned"  # the rule is not about this deployment


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one request (domain.md section 1).

    `passed` is None when the rule cannot be judged yet (what only the instructions show) or does not apply.
    """

    rule: str
    applies: bool
    passed: bool | None
    severity: Severity
    facts: Mapping[str, KeptFact]

    @property
    def broken(self) -> bool:
        """Whether the rule applies and was not kept."""
        return self.applies and self.passed is False

    @property
    def ruling(self) -> Ruling:
        """The finding in one word."""
        if not self.applies:
            return Ruling.NOT_CONCERNED
        return Ruling.OPEN if self.passed is None else Ruling.KEPT if self.passed else Ruling.BROKEN
