"""The content of a letter as blocks: two layouts show the same ones, so text and HTML cannot differ (SEE-4).

A template writes one block a line, led by its sign: `* a reason`, `@ 2|a slot`. Values never contain a line end
(see `clean`), so mail text cannot start a block of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from dplmaild.ports import DplmaildError
from dplmaild.reading.visible import FORM_MARK


class LayoutError(DplmaildError):
    """A template wrote a line that is no block; the message names the line."""


class Sort(StrEnum):
    """What a block is, by the sign that leads its line."""

    HEAD = "!"  # state and slot
    PARAGRAPH = ">"
    ITEM = "*"  # a reason of a list
    TITLE = "#"  # the line above a list
    SLOT = "@"  # number|slot
    ANSWER = "&"  # words to reply with|what they do
    FOOT = "~"
    MARK = "="  # the line above the form; its words are fixed, for the reader knows the form by them
    ENTRY = "?"  # label|value of the form
    END = "/"  # the line below the form: what a mail program adds after it is no answer


_PAIRS = frozenset({Sort.SLOT, Sort.ANSWER, Sort.ENTRY})
_FIXED = {Sort.MARK: FORM_MARK, Sort.END: "----"}
_ALONE = frozenset({Sort.HEAD, Sort.PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a letter; `key` is a slot's number, an answer's words or a form's label."""

    sort: Sort
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stand together without a blank line between them."""

    sort: str  # in words, for the layouts
    blocks: tuple[Block, ...]


def blocks_of(written: str) -> tuple[Block, ...]:
    """The blocks of a rendered content template; a block without words is left out. Raises LayoutError."""
    found = (_block(line.strip()) for line in written.splitlines() if line.strip())
    return tuple(block for block in found if block.text or block.key)


def groups_of(blocks: tuple[Block, ...]) -> tuple[Group, ...]:
    """Neighbours that belong together: lists, slots, the form below its mark; a title leads what follows."""
    numbered = enumerate(blocks)
    runs = groupby(numbered, key=lambda pair: (pair[1].sort, pair[0] if pair[1].sort in _ALONE else 0))
    return tuple(Group(sort.name.lower(), tuple(block for _, block in run)) for (sort, _), run in runs)


def _block(line: str) -> Block:
    try:
        sort = Sort(line[0])
    except ValueError as error:
        raise LayoutError(f"a letter's line starts with none of the signs {''.join(Sort)}: {line[:80]!r}") from error
    rest = line[1:].strip()
    if sort in _FIXED:
        return Block(sort, _FIXED[sort])
    if sort not in _PAIRS:
        return Block(sort, rest)
    key, bar, text = rest.partition("|")
    if not bar:
        raise LayoutError(f"a {sort.name.lower()} needs two halves with a bar between: {line[:80]!r}")
    return Block(sort, text.strip(), key.strip())
