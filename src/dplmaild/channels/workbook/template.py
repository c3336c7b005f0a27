"""Builds `TEMPLATE - Deployment log.xlsx`: `python -m dplmaild.channels.workbook.template FOLDER`."""

import sys
from datetime import datetime
from pathlib import Path

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from dplmaild.channels.workbook.columns import COLUMNS, ID, MOMENT_FORMAT, Holds
from dplmaild.channels.workbook.layout import Layout, remember
from dplmaild.channels.workbook.names import TEMPLATE_NAME
from dplmaild.channels.workbook.sheet import CUSTOMER_MARK
from dplmaild.deployment.terms import State

_HEADER = 4
_FIRST = _HEADER + 1
_INK, _PAPER, _LINE = "1F3A5F", "FFFFFF", "D5DCE6"
_LAST_COLOURED = 20_000  # rows in which the state is coloured

_GOOD, _BAD, _BUSY, _OVER = ("DDF2E3", "1E6B3A"), ("FBE1DF", "9B2318"), ("FFF1CF", "7A5300"), ("ECEEF1", "5B6573")
_COLOURS = {
    State.SUCCEEDED: _GOOD,
    State.FAILED: _BAD,
    State.ABORTED: _BAD,
    State.ROLLED_BACK: _BAD,
    State.IN_PROGRESS: _BUSY,
    State.TESTING: _BUSY,
    State.ROLLING_BACK: _BUSY,
    State.TESTING_ROLLBACK: _BUSY,
    State.CANCELLED: _OVER,
    State.DECLINED: _OVER,
}


def template() -> Workbook:
    """The template as a workbook: title, header, one prepared row, a table around both."""
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a sheet of cells")
    sheet.title = "Deployments"
    _titles(sheet)
    for number, column in enumerate(COLUMNS, start=1):
        _header(sheet, number, column.header)
        _prepared(sheet, number, column.holds)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.column_dimensions[get_column_letter(COLUMNS.index(ID) + 1)].hidden = True
    sheet.row_dimensions[_HEADER].height = 24
    _table(sheet)
    _colours(sheet)
    _page(sheet)
    columns = {column.key: number for number, column in enumerate(COLUMNS, start=1)}
    remember(workbook, sheet, Layout(_HEADER, columns))
    workbook.properties.creator = "dplmaild"
    workbook.properties.title = "Deployment log"
    workbook.properties.created = datetime(2026, 1, 1)  # noqa: DTZ001 - the format knows no zone; the same in every build
    return workbook


def _titles(sheet: Worksheet) -> None:
    sheet["B1"] = f"Deployment log: {CUSTOMER_MARK}"
    sheet["B1"].font = Font(name="Calibri", size=18, bold=True, color=_INK)
    sheet["B2"] = "One row per deployment, kept up to date automatically. Your own columns, notes and colours stay."
    sheet["B2"].font = Font(name="Calibri", size=10, italic=True, color="5B6573")
    sheet.row_dimensions[1].height = 28


def _header(sheet: Worksheet, column: int, text: str) -> None:
    cell = sheet.cell(_HEADER, column, text)
    cell.font = Font(name="Calibri", size=11, bold=True, color=_PAPER)
    cell.fill = PatternFill("solid", fgColor=_INK)
    cell.alignment = Alignment(vertical="center")


def _prepared(sheet: Worksheet, column: int, holds: Holds) -> None:
    """The first row's style, which every later row takes over."""
    cell = sheet.cell(_FIRST, column)
    cell.font = Font(name="Calibri", size=11)
    cell.border = Border(bottom=Side(style="thin", color=_LINE))
    cell.alignment = Alignment(vertical="top", wrap_text=holds is Holds.TEXT)
    if holds is Holds.MOMENT:
        cell.number_format = MOMENT_FORMAT
        cell.alignment = Alignment(vertical="top", horizontal="left")


def _table(sheet: Worksheet) -> None:
    table = Table(displayName="Deployments", ref=f"A{_HEADER}:{get_column_letter(len(COLUMNS))}{_FIRST}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)


def _colours(sheet: Worksheet) -> None:
    keys = [column.key for column in COLUMNS]
    letter = get_column_letter(keys.index("state") + 1)
    for state, (paper, ink) in _COLOURS.items():
        fill, font = PatternFill("solid", bgColor=paper), Font(color=ink, bold=True)
        look = DifferentialStyle(font=font, fill=fill)
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{state.value}"'], dxf=look)
        sheet.conditional_formatting.add(f"{letter}{_FIRST}:{letter}{_LAST_COLOURED}", rule)


def _page(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"C{_FIRST}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"


def main() -> None:
    """Write the template into the folder that is named on the command line."""
    (folder,) = sys.argv[1:] or ["templates"]
    template().save(Path(folder) / TEMPLATE_NAME)


if __name__ == "__main__":
    main()
