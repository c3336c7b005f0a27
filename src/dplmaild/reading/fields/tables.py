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


class _Sheet(NamedTuple):
    """A table being read: where it stands, its rows, where findings go, and the judge of values."""

    table: Table
    rows: Rows
    found: Gathered
    fits: Fits

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; rows may be of different length."""
        cells = self.rows[row]
        return cells[column].strip() if len(cells) > column else ""

    def add(self, key: str, text: str, label: str, at: tuple[int, int], group: int, sure: float) -> None:
        """One value found at (row, column)."""
        place = Place(self.table.part, label, self.table.number, _name(*at), sure)
        self.found.entries.append(Entry(key, text, place, group))


def read_table(table: Table, found: Gathered, fits: Fits, group: int) -> bool:
    """Put a table's labels and values into `found`; False where it holds no labels."""
    rows = [list(row[:_MOST_COLUMNS]) for row in table.rows[:_MOST_ROWS] if any(cell.strip() for cell in row)]
    if not rows:
        return False
    parts = _turns(rows)
    if len(parts) > 1:
        for part in parts:
            _by_rows(_Sheet(table, part, found, fits), _labels(part[0]))
        return True
    sheet = _Sheet(table, rows, found, fits)
    down, across = _labels([row[0] for row in rows]), _labels(rows[0])
    if len(across) > len(down) and len(across) >= 2 and len(rows) > 1:
        _by_rows(sheet, across)
        return True
    if not down or (len(rows) > 2 and len(down) == 1 and len(rows[0]) > 3):
        return False
    _by_columns(sheet, down, group)
    return True


def _labels(cells: Sequence[str]) -> dict[int, Matched]:
    found = {index: match_label(stripped(cell).rstrip(" :?*")) for index, cell in enumerate(cells) if len(cell) <= 100}
    return {index: matched for index, matched in found.items() if matched}


def _turns(rows: Rows) -> list[Rows]:
    """A row of labels, the row of their values, the next labels, and so on: each such pair of rows."""
    pairs = [rows[at : at + 2] for at in range(0, len(rows), 2)]
    turns = len(rows) % 2 == 0 and len(_labels(rows[0])) > 1
    return pairs if turns and all(_all_labels(head) and not _labels(body) for head, body in pairs) else [rows]


def _all_labels(cells: Sequence[str]) -> bool:
    return len(_labels(cells)) == sum(1 for cell in cells if cell.strip()) > 0


def _by_columns(sheet: _Sheet, down: dict[int, Matched], group: int) -> None:
    """Labels below each other; every column with values beside them is one deployment."""
    second = _labels([sheet.cell(index, 2) for index in range(len(sheet.rows))])
    if len(second) * 2 > len(down):  # label, value, label, value side by side
        _column(sheet, down, 1, group)
        _column(sheet, second, 3, group)
        return
    answers = _answer_columns(sheet, down)
    if answers:
        _ticked(sheet, down, answers, group)
        return
    for column, own in _value_columns(sheet, down, group).items():
        _column(sheet, down, column, own, label_column=0)


def _answer_columns(sheet: _Sheet, down: dict[int, Matched]) -> dict[int, str]:
    """Columns headed `Yes` and `No` in which a mark stands for the answer."""
    width = max(len(row) for row in sheet.rows)
    heads = {column: _header(sheet, down, column) for column in range(1, width)}
    said = {column: head for column, head in heads.items() if head and values.yes_no(head) is not None}
    return said if {values.yes_no(head) for head in said.values()} == {True, False} else {}


def _ticked(sheet: _Sheet, down: dict[int, Matched], answers: dict[int, str], group: int) -> None:
    """The head of the marked column is the value; two marks in a row say nothing clear."""
    for row, matched in down.items():
        marked = [column for column in answers if sheet.cell(row, column)]
        if marked:
            text = " / ".join(answers[column] for column in marked)
            sheet.add(matched.key, text, sheet.cell(row, 0), (row, marked[0]), group, matched.sure)
            sheet.found.vote(matched.languages)


def _value_columns(sheet: _Sheet, down: dict[int, Matched], group: int) -> dict[int, int]:
    """The columns that hold values, with the group each belongs to."""
    width = max(len(row) for row in sheet.rows)
    filled = {column: sum(1 for row in down if sheet.cell(row, column)) for column in range(1, width)}
    most = max(filled.values(), default=0)
    enough = [column for column, count in filled.items() if count and (count * 2 >= most or column == 1)]
    kept = [column for column in enough if not _is_remark(_header(sheet, down, column), column)]
    return {c: _group_of(_header(sheet, down, c), sheet.found, group, alone=len(kept) <= 1) for c in kept}


def _header(sheet: _Sheet, down: dict[int, Matched], column: int) -> str:
    """The cell above the values: of a first row that is itself no label."""
    return sheet.cell(0, column) if 0 not in down else ""


def _is_remark(header: str, column: int) -> bool:
    return column > 1 and bool(header) and lexicon().scan(header).has("remark")


def _group_of(header: str, found: Gathered, group: int, *, alone: bool) -> int:
    named = [env for env in values.environments(header) if env in (INT, UAT, PRD)] if header else []
    kinds = values.products(header) if header else ()
    if named or kinds:
        return found.new_group(named[0] if len(named) == 1 else None, kinds[0] if len(kinds) == 1 else None)
    return group if alone else found.new_group()


def _column(
    sheet: _Sheet, labels: dict[int, Matched], column: int, group: int, *, label_column: int | None = None
) -> None:
    """One column of values beside its labels; `label_column` is the one before it unless named."""
    beside = column - 1 if label_column is None else label_column
    for row in range(len(sheet.rows)):
        matched, text = labels.get(row), sheet.cell(row, column)
        if matched and text:
            own = sheet.found.new_group(matched.environment) if matched.environment else group
            value = f"{text} {matched.zone}".strip()
            sheet.add(matched.key, value, sheet.cell(row, beside), (row, column), own, matched.sure)
            sheet.found.vote(matched.languages)
        elif text:
            _inside(sheet, text, (row, column), group)


def _inside(sheet: _Sheet, text: str, at: tuple[int, int], group: int) -> None:
    """`Additional options` beside a cell that lists the options: labels and values within one cell."""
    for line in text.split("\n"):
        inner = pair(line, sheet.fits)
        if inner and inner.value:
            sheet.add(inner.matched.key, inner.value, inner.label, at, group, inner.matched.sure)


def _by_rows(sheet: _Sheet, across: dict[int, Matched]) -> None:
    """Labels beside each other; every row below is one deployment."""
    body = [row for row in range(1, len(sheet.rows)) if any(cell.strip() for cell in sheet.rows[row])]
    for row in body:
        group = 0 if len(body) == 1 else sheet.found.new_group()
        for column, matched in across.items():
            text = sheet.cell(row, column)
            if text:
                value = f"{text} {matched.zone}".strip()
                sheet.add(matched.key, value, sheet.cell(0, column), (row, column), group, matched.sure)
    for matched in across.values():
        sheet.found.vote(matched.languages)


def _name(row: int, column: int) -> str:
    """A spreadsheet's name for a place: row 0, column 0 is A1."""
    return f"{chr(ord('A') + column)}{row + 1}"
