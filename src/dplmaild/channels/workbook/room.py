"""Room for a new row: after the last one, inside the table, without moving or covering what people wrote."""

from copy import copy

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from dplmaild.channels.workbook.layout import Layout
from dplmaild.ports import TemporaryError


def make_room(sheet: Worksheet, layout: Layout) -> int:
    """The number of a free row for our next entry, styled like the row above; the table is widened over it."""
    table = _table_of(sheet, layout)
    if table is None:
        columns = range(min(layout.columns.values()), max(layout.columns.values()) + 1)
        number = _after_last_used(sheet, layout.header, sheet.max_row, columns)
    else:
        columns = _columns(table)
        number = _in_table(sheet, layout.header, table)
    if number > layout.header + 1 and not any(_has_style(sheet, number, column) for column in columns):
        _style_like_above(sheet, number, columns)
    return number


def _table_of(sheet: Worksheet, layout: Layout) -> Table | None:
    """The Excel table whose header row is ours; None where people turned it into plain cells."""
    tables: list[Table] = list(sheet.tables.values())
    return next((table for table in tables if range_boundaries(table.ref)[1] == layout.header), None)


def _columns(table: Table) -> range:
    first, _, last, _ = range_boundaries(table.ref)
    return range(first or 1, (last or 1) + 1)


def _in_table(sheet: Worksheet, header: int, table: Table) -> int:
    columns = _columns(table)
    end = range_boundaries(table.ref)[3] or header
    body_end = end - (table.totalsRowCount or 0)
    number = _after_last_used(sheet, header, body_end, columns)
    if number <= body_end:
        return number
    if body_end < end:
        _move_totals_down(sheet, end, columns)
        _widen(table, header, columns, end + 1)
        return number
    while _is_used(sheet, number, columns):  # a note right below the table: it becomes a row of it, and stays whole
        number += 1
    _widen(table, header, columns, number)
    return number


def _after_last_used(sheet: Worksheet, header: int, end: int, columns: range) -> int:
    used = (row for row in range(end, header, -1) if _is_used(sheet, row, columns))
    return next(used, header) + 1


def _is_used(sheet: Worksheet, row: int, columns: range) -> bool:
    cells = sheet._cells  # sheet.cell() would create what it looks for
    return any(cells[row, column].value not in (None, "") for column in columns if (row, column) in cells)


def _has_style(sheet: Worksheet, row: int, column: int) -> bool:
    cells = sheet._cells
    return (row, column) in cells and bool(cells[row, column].has_style)


def _move_totals_down(sheet: Worksheet, row: int, columns: range) -> None:
    if _is_used(sheet, row + 1, columns):
        raise TemporaryError("the deployment log has no room: leave a row free below the table's totals")
    letters = f"{get_column_letter(columns[0])}{row}:{get_column_letter(columns[-1])}{row}"
    sheet.move_range(letters, rows=1)


def _widen(table: Table, header: int, columns: range, end: int) -> None:
    first, last = get_column_letter(columns[0]), get_column_letter(columns[-1])
    table.ref = f"{first}{header}:{last}{end}"
    if table.autoFilter is not None:
        table.autoFilter.ref = f"{first}{header}:{last}{end - (table.totalsRowCount or 0)}"


def _style_like_above(sheet: Worksheet, number: int, columns: range) -> None:
    for column in columns:
        if _has_style(sheet, number - 1, column):
            above, cell = sheet.cell(number - 1, column), sheet.cell(number, column)
            if isinstance(above, Cell) and isinstance(cell, Cell):
                cell._style = copy(above._style)  # type: ignore[attr-defined] # not in the stubs
