"""Tables: labels in the first column or the first row; further columns or rows are further deployments."""

from collections.abc import Sequence
from typing import NamedTuple

from dplmaild.deployment.said import Place
from dplmaild.deployment.terms import INT, PRD, UAT
from dplmaild.reading import values
from dplmaild.reading.fields.entries import Entry, Gathered
from dplmaild.reading.fields.labels import Matched, match_label
from dplmaild.reading.fields.pairs import Fits, pair, stripped
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.visible import Table

_MOST_ROWS = 300
_MOST_COLUMNS = 12
Rows = Sequence[Sequence[str]]


class _Header(NamedTuple):
    """What stands above a column of values: nothing of ours, or whose deployment it is; `skip`: remarks, examples."""

    skip: bool
    group: int


def read_table(table: Table, found: Gathered, fits: Fits, group: int) -> bool:
    """Put a table's labels and values into `found`; False where it holds no labels."""
    rows = [list(row[:_MOST_COLUMNS]) for row in table.rows[:_MOST_ROWS] if any(cell.strip() for cell in row)]
    if not rows:
        return False
    down, across = _labels([row[0] for row in rows]), _labels(rows[0])
    if len(across) > len(down) and len(across) >= 2 and len(rows) > 1:
        _by_rows(table, rows, across, found)
        return True
    if not down or (len(rows) > 2 and len(down) == 1 and len(rows[0]) > 3):
        return False
    _by_columns(table, rows, down, found, group, fits)
    return True


def _labels(cells: Sequence[str]) -> dict[int, Matched]:
    found = {index: match_label(stripped(cell).rstrip(" :?*")) for index, cell in enumerate(cells) if len(cell) <= 100}
    return {index: matched for index, matched in found.items() if matched}


def _by_columns(  # noqa: PLR0913
    table: Table, rows: Rows, down: dict[int, Matched], found: Gathered, group: int, fits: Fits
) -> None:
    """Labels below each other; every column with values beside them is one deployment."""
    second = _labels([row[2] if len(row) > 2 else "" for row in rows])
    if len(second) * 2 > len(down):  # label, value, label, value side by side
        _column(table, rows, down, 0, (1, group), found, fits)
        _column(table, rows, second, 2, (3, group), found, fits)
        return
    for column, header in _value_columns(rows, down, found, group).items():
        _column(table, rows, down, 0, (column, header), found, fits)


def _value_columns(rows: Rows, down: dict[int, Matched], found: Gathered, group: int) -> dict[int, int]:
    """The columns that hold values, with the group each belongs to."""
    width = max(len(row) for row in rows)
    filled = {c: sum(1 for r in down if len(rows[r]) > c and rows[r][c].strip()) for c in range(1, width)}
    most = max(filled.values(), default=0)
    kept = [
        c for c, count in filled.items() if count and (count * 2 >= most or c == 1) and not _is_remark(rows, down, c)
    ]
    if len(kept) <= 1:
        return {c: _header_group(rows, down, c, found, group, alone=True) for c in kept}
    return {c: _header_group(rows, down, c, found, group, alone=False) for c in kept}


def _header(rows: Rows, down: dict[int, Matched], column: int) -> str:
    """The cell above the values: of a first row that is itself no label."""
    return rows[0][column].strip() if 0 not in down and len(rows[0]) > column else ""


def _is_remark(rows: Rows, down: dict[int, Matched], column: int) -> bool:
    header = _header(rows, down, column)
    return bool(header) and column > 1 and lexicon().scan(header).has("remark")


def _header_group(
    rows: Rows, down: dict[int, Matched], column: int, found: Gathered, group: int, *, alone: bool
) -> int:
    header = _header(rows, down, column)
    named = [env for env in values.environments(header) if env in (INT, UAT, PRD)] if header else []
    kinds = values.products(header) if header else ()
    if named or kinds:
        return found.new_group(named[0] if len(named) == 1 else None, kinds[0] if len(kinds) == 1 else None)
    return group if alone else found.new_group()


def _column(
    table: Table,
    rows: Rows,
    labels: dict[int, Matched],
    label_column: int,
    value: tuple[int, int],
    found: Gathered,
    fits: Fits,
) -> None:  # noqa: PLR0913 - a column is all of these
    column, group = value
    for index, row in enumerate(rows):
        matched = labels.get(index)
        text = row[column].strip() if len(row) > column else ""
        if matched and text:
            where = Place(table.part, row[label_column].strip(), table.number, _cell(column, index), matched.sure)
            own = found.new_group(matched.environment) if matched.environment else group
            found.entries.append(Entry(matched.key, f"{text} {matched.zone}".strip(), where, own))
            found.votes.update(matched.languages)
        elif text:
            _inside(table, text, _cell(column, index), group, found, fits)


def _inside(table: Table, text: str, cell: str, group: int, found: Gathered, fits: Fits) -> None:
    """`Additional options` beside a cell that lists the options: labels and values within one cell."""
    for line in text.split("\n"):
        inner = pair(line, fits)
        if inner and inner.value:
            where = Place(table.part, inner.label, table.number, cell, inner.matched.sure)
            found.entries.append(Entry(inner.matched.key, inner.value, where, group))


def _by_rows(table: Table, rows: Rows, across: dict[int, Matched], found: Gathered) -> None:
    """Labels beside each other; every row below is one deployment."""
    body = [(index, row) for index, row in enumerate(rows) if index and any(cell.strip() for cell in row)]
    for index, row in body:
        group = 0 if len(body) == 1 else found.new_group()
        for column, matched in across.items():
            text = row[column].strip() if len(row) > column else ""
            if text:
                where = Place(table.part, rows[0][column].strip(), table.number, _cell(column, index), matched.sure)
                found.entries.append(Entry(matched.key, f"{text} {matched.zone}".strip(), where, group))
    for matched in across.values():
        found.votes.update(matched.languages)


def _cell(column: int, row: int) -> str:
    """A spreadsheet's name for a place: column 0, row 0 is A1."""
    return f"{chr(ord('A') + column)}{row + 1}"
