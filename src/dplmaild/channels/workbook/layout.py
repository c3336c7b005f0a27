"""Where our columns are: by their headers, and by hidden names where people renamed a header."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import absolute_coordinate, coordinate_to_tuple, get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from dplmaild.channels.workbook.columns import COLUMNS, ID

_LAST_HEADER_ROW = 60  # people put titles and notes above the table, not pages
_LAST_COLUMN = 300
_AT_LEAST = 4  # headers of ours that make a row our header row
_NAME = "dplmaild_{}"

_KEY_OF = {column.header.casefold(): column.key for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Layout:
    """The header's row, and the column of each of our keys that is still there."""

    header: int
    columns: Mapping[str, int]


def found_in(workbook: Workbook, sheet: Worksheet) -> Layout | None:
    """The layout of our log in a sheet; None when it holds none, or no column with our ids."""
    best = max((_headers(sheet, row) for row in range(1, _LAST_HEADER_ROW + 1)), key=lambda found: len(found.columns))
    columns = {**_by_name(workbook, sheet, best), **best.columns}
    if len(columns) < _AT_LEAST or ID.key not in columns:
        return None
    return Layout(best.header, columns)


def remember(workbook: Workbook, sheet: Worksheet, layout: Layout) -> None:
    """Put a hidden name on each of our header cells: office programs move it along with the cell."""
    for key, column in layout.columns.items():
        place = absolute_coordinate(f"{get_column_letter(column)}{layout.header}")
        name = _NAME.format(key)
        workbook.defined_names[name] = DefinedName(
            name, attr_text=f"{quote_sheetname(sheet.title)}!{place}", hidden=True
        )


def _headers(sheet: Worksheet, row: int) -> Layout:
    """The columns whose header in this row is one of ours; the leftmost where two are alike."""
    columns: dict[str, int] = {}
    for column in range(1, min(sheet.max_column, _LAST_COLUMN) + 1):
        if (row, column) in sheet._cells:  # sheet.cell() would create what it looks for
            key = _KEY_OF.get(str(sheet.cell(row, column).value).strip().casefold())
            if key is not None:
                columns.setdefault(key, column)
    return Layout(row, columns)


def _by_name(workbook: Workbook, sheet: Worksheet, found: Layout) -> dict[str, int]:
    """Our columns whose header says something else by now: named cells of the header row that nobody else claims."""
    named: dict[str, int] = {}
    for key in (column.key for column in COLUMNS if column.key not in found.columns):
        place = _place(workbook, sheet, _NAME.format(key))
        if place is None:
            continue
        row, column = place
        taken = column in found.columns.values() or column in named.values()
        if row == found.header and not taken and sheet.cell(row, column).value is not None:
            named[key] = column
    return named


def _place(workbook: Workbook, sheet: Worksheet, name: str) -> tuple[int, int] | None:
    """The single cell of this sheet that a name stands for."""
    defined = workbook.defined_names.get(name)
    if defined is None:
        return None
    try:
        places = [(title, cell) for title, cell in defined.destinations if title == sheet.title]
        return coordinate_to_tuple(places[0][1].replace("$", "")) if len(places) == 1 else None
    except (ValueError, TypeError):  # #REF! after the column was deleted
        return None
