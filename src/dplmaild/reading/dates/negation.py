"""Dates in prose that are named as not wanted: `please do not deploy on Friday`, `am Freitag geht es nicht`."""

import re
from collections.abc import Sequence

from dplmaild.deployment.terms import WrittenMoment
from dplmaild.reading.dates.atoms import DAY_LIKE, Atom, Sign

_CLAUSE_END = re.compile(r"[.,;:!?](?=\s|$)|\n")
_REACH = 200  # characters around a moment in which a `not` is looked for


def is_negated(row: Sequence[Atom], moment: tuple[int, int, WrittenMoment], text: str) -> bool:
    """Whether a `not` stands in the moment's own clause, with no other day between the two."""
    start, end, _ = moment
    before = text[max(0, start - _REACH) : start]
    breaks = [match.end() for match in _CLAUSE_END.finditer(before)]
    first = start - len(before) + (breaks[-1] if breaks else 0)
    stop = _CLAUSE_END.search(text, end, end + _REACH)
    last = stop.start() if stop else min(len(text), end + _REACH)
    ahead = [atom for atom in row if first <= atom.start and atom.end <= start]
    behind = [atom for atom in row if end <= atom.start and atom.end <= last]
    refused = _not_last(behind, (Sign.EXCLUDED,)) and not any(isinstance(atom.what, DAY_LIKE) for atom in behind)
    return refused or _not_last(ahead, (Sign.EXCLUDED, Sign.INSTEAD))


def _not_last(part: Sequence[Atom], signs: tuple[Sign, ...]) -> bool:
    """Whether a `not` stands here, and no day behind it."""
    told = [atom.what for atom in part if atom.what in signs or isinstance(atom.what, DAY_LIKE)]
    return bool(told) and told[-1] in signs
