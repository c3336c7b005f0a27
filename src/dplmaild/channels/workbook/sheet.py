"""One workbook in memory: where our columns and rows are, whatever people did around them."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dplmaild.channels.workbook.columns import ID, MOMENT_FORMAT, Row, Value
from dplmaild.channels.workbook.layout import Layout, found_in, remember
from dplmaild.channels.workbook.losses import something_would_be_lost
from dplmaild.channels.workbook.names import full_name
from dplmaild.channels.workbook.room import make_room
from dplmaild.ports import PermanentError, TemporaryError

_UNPACKED_LIMIT = 200_000_000  # bytes; more is a zip bomb or no log
_MOST_TAGS = 2_000_000  # some 20,000 rows; the library needs a kilobyte for each
_PIECE = 1_000_000  # bytes
_ROUNDING = timedelta(seconds=1)  # Excel keeps a moment as a fraction of a day
_CUSTOMER = "dplmaild customer"
CUSTOMER_MARK = "{customer}"  # in the template: becomes the customer's name


class UnreadableWorkbookError(ValueError):
    """Bytes that are no workbook, or one in which our columns are not to be found."""


class LogSheet:
    """The deployment log within a workbook."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, layout: Layout, *, would_lose: bool) -> None:
        self.would_lose = would_lose
        self._workbook = workbook
        self._sheet = sheet
        self._layout = layout
        self._rows = {row_id: number for number, row_id in self._ids()}

    @classmethod
    def opened(cls, content: bytes) -> Self:
        """The log in these bytes; UnreadableWorkbookError when there is none."""
        try:
            would_lose = _looked_through(content)
            workbook = load_workbook(BytesIO(content), rich_text=True)
        except (UnreadableWorkbookError, MemoryError):
            raise
        except BadZipFile as error:
            raise UnreadableWorkbookError("it is no workbook, or only a part of one") from error
        except Exception as error:  # the library lets whatever a damaged part causes come through
            raise UnreadableWorkbookError(f"it is damaged ({type(error).__name__})") from error
        sheet, layout = _log_in(workbook)
        return cls(workbook, sheet, layout, would_lose=would_lose)

    @property
    def customer(self) -> str | None:
        """Whose log this is; None in a template or in a file that people made."""
        return str(self._properties[_CUSTOMER].value) if _CUSTOMER in self._properties.names else None

    def belong_to(self, customer: str) -> None:
        """Say whose log this is, inside and in its title, where that is not said yet."""
        name = full_name(customer)
        if self.customer is not None:
            return
        self._properties.append(StringProperty(name=_CUSTOMER, value=name))
        for cells in self._sheet.iter_rows(max_row=self._layout.header):
            for cell in cells:
                if isinstance(cell, Cell) and isinstance(cell.value, str) and CUSTOMER_MARK in cell.value:
                    _write_text(cell, cell.value.replace(CUSTOMER_MARK, name))

    def bring(self, rows: Iterable[Row]) -> bool:
        """Add or update rows; whether anything changed."""
        changed = [self._bring(row) for row in rows]
        return any(changed)

    def shows(self, rows: Iterable[Row]) -> bool:
        """Whether every row stands there as it should."""
        return all(row.id in self._rows and not any(self._differing(self._rows[row.id], row.values)) for row in rows)

    def saved(self) -> bytes:
        """The workbook's bytes; programs that open it reckon people's formulas anew."""
        remember(self._workbook, self._sheet, self._layout)
        self._workbook.calculation.fullCalcOnLoad = True
        out = BytesIO()
        try:
            self._workbook.save(out)
        except OSError:
            raise
        except Exception as error:  # the library lets whatever odd content causes come through
            if str(error).startswith("IO_"):  # lxml's way to say that its temporary file found no room
                raise TemporaryError(f"no room for temporary files ({error}); tried again later") from error
            raise PermanentError(f"the workbook cannot be written ({type(error).__name__}); rebuild it") from error
        return out.getvalue()

    @property
    def _properties(self) -> "CustomPropertyList[Any]":
        found: CustomPropertyList[Any] = self._workbook.custom_doc_props  # type: ignore[attr-defined] # not in the stubs
        return found

    def _ids(self) -> Iterator[tuple[int, str]]:
        """From the bottom up, so that of a row that somebody copied the upper one counts."""
        column = self._layout.columns[ID.key]
        below_header = {"min_row": self._layout.header + 1, "min_col": column, "max_col": column}
        for number, (value,) in reversed(list(enumerate(self._sheet.iter_rows(**below_header, values_only=True)))):
            if value is not None and str(value).strip():
                yield self._layout.header + 1 + number, str(value).strip()

    def _bring(self, row: Row) -> bool:
        if row.id not in self._rows:
            self._rows[row.id] = make_room(self._sheet, self._layout)
        differing = list(self._differing(self._rows[row.id], row.values))
        for cell, value in differing:
            _write(cell, value)
        return bool(differing)

    def _differing(self, number: int, values: Mapping[str, Value]) -> Iterator[tuple[Cell, Value]]:
        """The cells of a row that show something else; a column that people removed is not missed."""
        for key, value in values.items():
            column = self._layout.columns.get(key)
            cell = self._sheet.cell(number, column) if column else None
            if isinstance(cell, Cell) and not isinstance(cell, MergedCell) and not _same(cell, value):
                yield cell, value


def _looked_through(content: bytes) -> bool:
    """Whether our library would lose something; bounds what is unpacked first."""
    with ZipFile(BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _UNPACKED_LIMIT:
            raise UnreadableWorkbookError(f"it unpacks to more than {_UNPACKED_LIMIT // 1_000_000} MB")
        if sum(_tags(packed, part) for part in packed.infolist()) > _MOST_TAGS:
            raise UnreadableWorkbookError("it holds far more cells than a log; archive old rows or rebuild it")
        return something_would_be_lost(packed)


def _tags(packed: ZipFile, part: ZipInfo) -> int:
    """How many tags a part holds. Unpacked piece by piece, and past its declared size, which can be forged."""
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableWorkbookError("it is packed in a way that no spreadsheet program uses")
    declared, size, tags = part.file_size, 0, 0
    open_ended = copy(part)
    open_ended.file_size = _UNPACKED_LIMIT
    with packed.open(open_ended) as content:
        while piece := content.read(_PIECE):
            size += len(piece)
            tags += piece.count(b"<")
            if size > declared:
                raise UnreadableWorkbookError("it unpacks to more than it says")
    return tags if part.filename.endswith(".xml") else 0


def _log_in(workbook: Workbook) -> tuple[Worksheet, Layout]:
    for sheet in workbook.worksheets:
        layout = found_in(workbook, sheet)
        if layout is not None:
            return sheet, layout
    raise UnreadableWorkbookError("no sheet has our header row with the hidden column 'id'")


def _same(cell: Cell, value: Value) -> bool:
    shown = cell.value
    if value is None:
        return shown is None or shown == ""
    if isinstance(value, datetime):
        return isinstance(shown, datetime) and abs(shown - value) < _ROUNDING
    return cell.data_type != "f" and shown is not None and str(shown) == value


def _write(cell: Cell, value: Value) -> None:
    if isinstance(value, datetime):
        cell.value = value
        if "h" not in cell.number_format:
            cell.number_format = MOMENT_FORMAT
    elif value is None:
        cell.value = None
    else:
        _write_text(cell, value)


def _write_text(cell: Cell, text: str) -> None:
    """As text and nothing else: `=...` is no formula, `#N/A` no error (LOG-2)."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True
