"""One mail of a corpus with its expected reading, and what the reader is told beforehand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dplmaild.deployment.said import Meaning
from dplmaild.deployment.terms import Product
from dplmaild.reading.meaning import Expecting, Hints, read

Expected = dict[str, Any]
_RECEIVED = datetime(
    2026, 11, 23, 8, 0, tzinfo=UTC
)  # unless the folder's corpus.json or the mail's hints say otherwise


class ExpectationError(Exception):
    """An expectation that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """A mail, what is expected of it, and the hints it is read with."""

    name: str
    raw: bytes
    expected: Expected
    hints: Hints = field(default_factory=lambda: Hints(received=_RECEIVED))

    def read(self) -> Meaning:
        """What our reader makes of it."""
        return read(self.raw, self.hints)


def case_of(name: str, raw: bytes, expectation: str, defaults: Mapping[str, Any]) -> Case:
    """A case from a mail's bytes and its expectation as JSON; `defaults` are hints for all mails of the folder.

    Raises ExpectationError for JSON that cannot be read, for a missing `kind`, and for hints that do not exist.
    """
    try:
        expected = json.loads(expectation)
        told = {**defaults, **expected.get("hints", {})}
        case = Case(name, raw, expected, _hints(told))
    except (ValueError, TypeError, AttributeError) as error:
        raise ExpectationError(f"{name}: {error}") from error
    if not isinstance(expected.get("kind"), str):
        raise ExpectationError(f"{name}: `kind` is missing")
    return case


def _hints(told: dict[str, Any]) -> Hints:
    waits = dict(told.pop("expecting", {}))
    starts = tuple(datetime.fromisoformat(start) for start in waits.pop("starts", ()))
    received = told.pop("received", None)
    return Hints(
        received=datetime.fromisoformat(received) if received else _RECEIVED,
        own_addresses=frozenset(told.pop("own_addresses", ())),
        products=tuple(Product(each) for each in told.pop("products", ())),
        expecting=Expecting(starts=starts, **waits),
        **told,
    )
