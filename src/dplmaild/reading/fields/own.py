"""The fields that a desk's profiles added (POLICY-1): how their answers are read."""

import re
from collections.abc import Callable, Iterator

from dplmaild.deployment.terms import Field, OwnValue
from dplmaild.reading import values
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.lexicon import lexicon

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")


def own_readers(clock: Clock) -> Iterator[tuple[Field, Callable[[str], OwnValue | None]]]:
    """Every such field with what reads its answer; None where the words are no answer of its kind."""
    for name, kind in lexicon().own.items():
        yield Field(name), _reader(Field(name), kind, clock)


def _reader(name: Field, kind: str, clock: Clock) -> Callable[[str], OwnValue | None]:
    def read(text: str) -> OwnValue | None:
        text = text.strip()
        match kind:
            case "yes_no":
                yes = values.yes_no(text)
                return None if yes is None else OwnValue(name, text, yes=yes)
            case "day":
                moment = clock.read(text)
                return OwnValue(name, text, day=moment.day) if moment and moment.day else None
            case "number":
                number = _NUMBER.search(text)
                return OwnValue(name, text, number=float(number[0].replace(",", "."))) if number else None
            case _:
                return OwnValue(name, text)

    return read
