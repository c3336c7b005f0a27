"""Tables drawn with bars, as Markdown and old terminals do: `| Type | Product |`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from dplmaild.reading.visible import Block, Line, Table

_RULE = re.compile(r"[-:=+|\s]{1,400}")  # the line between head and body
_FEWEST_COLUMNS = 3  # two are a label and a value, which a line says as well
_MOST_COLUMNS = 40


def with_drawn_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with lines of three and more cells between bars as one table."""
    for drawn, run in groupby(blocks, key=_is_row):
        these = list(run)
        table = _table([one for one in these if isinstance(one, Line)]) if drawn and len(these) > 1 else None
        yield from (table,) if table else map(_unframed, these) if drawn else these


def _is_row(block: Block) -> bool:
    return isinstance(block, Line) and block.text.startswith("|") and block.text.rstrip().endswith("|")


def _unframed(line: Block) -> Block:
    """A label and its value between bars, without those at both ends."""
    return replace(line, text=line.text.strip().strip("|").strip()) if isinstance(line, Line) else line


def _table(lines: Sequence[Line]) -> Table | None:
    rows = tuple(_cells(line.text) for line in lines if not _RULE.fullmatch(line.text))
    columns = {len(row) for row in rows}
    if len(rows) < 2 or len(columns) > 1 or max(columns) < _FEWEST_COLUMNS:
        return None
    return Table(rows, lines[0].number, lines[0].part)


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip(" *_`") for cell in text.strip().strip("|").split("|", _MOST_COLUMNS))
