"""The deployment log is shared: what people do to it between two writes of ours (LOG-1, P8)."""

import multiprocessing
import os
import resource
import signal
import time
import zipfile
from collections.abc import Callable
from copy import copy
from pathlib import Path
from threading import Thread

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from channels.records.logs import TEMPLATES, a_row, logs, opened, shown
from dplmaild.channels.workbook import WorkbookFolder
from dplmaild.channels.workbook.names import TEMPLATE_NAME
from dplmaild.ports import PermanentError, TemporaryError

ID = "DPL-2026-0042"

Act = Callable[[Workbook, Worksheet], None]


def people(path: Path, act: Act) -> None:
    """Somebody opens the workbook, does something, and saves it."""
    workbook, sheet = opened(path)
    act(workbook, sheet)
    workbook.save(path)


def _column_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for row in sheet.iter_rows(max_row=20) for cell in row if cell.value == header)


def _row_of(sheet: Worksheet, row_id: str) -> int:
    column = _column_of(sheet, "id")
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == row_id)


def _sort_downwards(_: Workbook, sheet: Worksheet) -> None:
    lines = sorted(sheet.iter_rows(min_row=5, values_only=True), key=lambda line: str(line[0]), reverse=True)
    for number, line in enumerate(lines, start=5):
        for column, value in enumerate(line, start=1):
            sheet.cell(number, column, value)


def _insert_own_column(_: Workbook, sheet: Worksheet) -> None:
    """As Excel does it: the cells move, and the table learns of the new column."""
    sheet.insert_cols(4)
    table = sheet.tables["Deployments"]
    table.tableColumns.insert(3, TableColumn(id=99, name="Ours"))
    table.ref = table.autoFilter.ref = f"A4:O{sheet.max_row}"
    sheet["D4"] = "Ours"
    sheet.cell(_row_of(sheet, ID), 4).value = "our note"


def _insert_rows_above(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(3, 2)
    sheet["B3"] = "Call Anna before PRD"
    sheet.tables["Deployments"].ref = sheet.tables["Deployments"].autoFilter.ref = f"A6:N{sheet.max_row}"


def _no_table(_: Workbook, sheet: Worksheet) -> None:
    del sheet.tables["Deployments"]


def _rename_sheet_and_add_one_before(workbook: Workbook, sheet: Worksheet) -> None:
    sheet.title = "It's the log"
    workbook.create_sheet("Cover")["A1"] = "See the next sheet"


def _delete_own_column(_: Workbook, sheet: Worksheet) -> None:
    sheet.delete_cols(_column_of(sheet, "Downtime"))
    del sheet.tables["Deployments"]


def _blank_row_between(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(_row_of(sheet, ID))
    sheet.tables["Deployments"].ref = sheet.tables["Deployments"].autoFilter.ref = f"A4:N{sheet.max_row}"


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(_sort_downwards, id="sorted the other way"),
        pytest.param(_insert_own_column, id="put a column of their own in the middle"),
        pytest.param(_insert_rows_above, id="put notes above the table"),
        pytest.param(_no_table, id="turned the table into plain cells"),
        pytest.param(_rename_sheet_and_add_one_before, id="renamed the sheet and added another"),
        pytest.param(_delete_own_column, id="removed a column of ours"),
        pytest.param(_blank_row_between, id="put an empty row between"),
    ],
)
def test_rows_are_found_again(tmp_path: Path, act: Act) -> None:
    """Updated where they now are, once each; a new one joins them."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(number, remarks=f"row {number}") for number in (41, 42, 43)])
    people(path, act)
    logs(tmp_path).write("Acme", [a_row(42, state="succeeded"), a_row(44, state="testing")])
    found = shown(path)
    assert sorted(found) == [f"DPL-2026-{number:04d}" for number in (41, 42, 43, 44)]
    assert {row_id: row["State"] for row_id, row in found.items()} == {
        "DPL-2026-0041": "scheduled",
        ID: "succeeded",
        "DPL-2026-0043": "scheduled",
        "DPL-2026-0044": "testing",
    }
    assert [found[f"DPL-2026-{number:04d}"]["Remarks"] for number in (41, 42, 43)] == ["row 41", "row 42", "row 43"]
    before = path.read_bytes()
    logs(tmp_path).write("Acme", [a_row(42, state="succeeded")])
    assert path.read_bytes() == before


def test_what_people_wrote_stays(tmp_path: Path) -> None:
    """Columns, notes, formulas, colours, comments, widths, rich text, other sheets."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(41), a_row(42)])

    def act(workbook: Workbook, sheet: Worksheet) -> None:
        _insert_own_column(workbook, sheet)
        sheet["Q2"] = "=COUNTA(B5:B999)"
        sheet["Q5"] = "=1+1"
        sheet["Q6"] = 4.5
        sheet["B5"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["B5"].comment = Comment("mind the cache", "Anna")
        sheet["Q7"] = CellRichText("very ", TextBlock(InlineFont(b=True), "bold"))
        sheet.column_dimensions["Q"].width = 41.5
        sheet.row_dimensions[5].height = 33
        workbook.create_sheet("Notes")["C3"] = "=SUM(A1:A2)"

    people(path, act)
    logs(tmp_path).write("Acme", [a_row(42, state="succeeded"), a_row(43)])
    workbook, sheet = opened(path)
    assert shown(path)[ID]["Ours"] == "our note"
    assert [sheet[place].value for place in ("Q2", "Q5", "Q6")] == ["=COUNTA(B5:B999)", "=1+1", 4.5]
    assert (sheet["Q5"].data_type, workbook["Notes"]["C3"].value) == ("f", "=SUM(A1:A2)")
    assert sheet["B5"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["B5"].comment is not None
    assert sheet["B5"].comment.text == "mind the cache"
    assert str(sheet["Q7"].value) == "very bold"
    assert isinstance(sheet["Q7"].value, CellRichText)
    assert (sheet.column_dimensions["Q"].width, sheet.row_dimensions[5].height) == (41.5, 33)


def test_a_note_right_below_the_table_is_not_covered(tmp_path: Path) -> None:
    """The new row goes below it."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])
    people(path, lambda _, sheet: sheet.__setitem__("B6", "checked by Anna"))
    logs(tmp_path).write("Acme", [a_row(2)])
    _, sheet = opened(path)
    assert sheet["B6"].value == "checked by Anna"
    assert _row_of(sheet, "DPL-2026-0002") == 7


def test_a_totals_row_stays_the_last(tmp_path: Path) -> None:
    """Excel's own totals row moves down with the table."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])

    def totals(_: Workbook, sheet: Worksheet) -> None:
        table = sheet.tables["Deployments"]
        table.totalsRowCount, table.ref = 1, "A4:N6"
        sheet["B6"], sheet["N6"] = "Total", "=SUBTOTAL(103,Deployments[Remarks])"

    people(path, totals)
    logs(tmp_path).write("Acme", [a_row(2)])
    _, sheet = opened(path)
    assert (_row_of(sheet, "DPL-2026-0002"), sheet["B7"].value) == (6, "Total")
    assert sheet["N7"].value == "=SUBTOTAL(103,Deployments[Remarks])"
    assert (sheet.tables["Deployments"].ref, sheet.tables["Deployments"].autoFilter.ref) == ("A4:N7", "A4:N6")
    people(path, lambda _, sheet: sheet.__setitem__("B8", "a note below"))
    with pytest.raises(TemporaryError, match="totals"):
        logs(tmp_path).write("Acme", [a_row(3)])
    assert opened(path)[1]["B8"].value == "a note below"


def test_a_renamed_header_is_known_by_its_hidden_name(tmp_path: Path) -> None:
    """Somebody prefers another word; the column stays ours."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row()])
    people(path, lambda _, sheet: sheet.__setitem__("I4", "Zustand"))
    logs(tmp_path).write("Acme", [a_row(state="succeeded")])
    assert shown(path)[ID]["Zustand"] == "succeeded"


def test_a_removed_column_is_not_missed_and_not_written_elsewhere(tmp_path: Path) -> None:
    """Its old name may point at a neighbour by now."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row()])
    people(path, _delete_own_column)
    logs(tmp_path).write("Acme", [a_row(downtime="no", state="succeeded", tickets="4711")])
    row = shown(path)[ID]
    assert "Downtime" not in row
    assert (row["State"], row["Tickets"]) == ("succeeded", "4711")
    assert "no" not in row.values()


def test_without_the_id_column_nothing_is_written(tmp_path: Path) -> None:
    """Guessing rows by their place would write over other deployments."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row()])
    people(path, lambda _, sheet: sheet.delete_cols(1))
    before = path.read_bytes()
    with pytest.raises(PermanentError, match="column 'id'"):
        logs(tmp_path).write("Acme", [a_row(state="succeeded")])
    assert path.read_bytes() == before


def test_a_formula_in_a_cell_of_ours_gives_way(tmp_path: Path) -> None:
    """Even one that reads like our text."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(remarks="=A1")])
    people(path, lambda _, sheet: setattr(sheet["N5"], "data_type", "f"))
    logs(tmp_path).write("Acme", [a_row(remarks="=A1")])
    assert opened(path)[1]["N5"].data_type == "s"


def test_of_a_copied_row_the_upper_one_is_ours(tmp_path: Path) -> None:
    """A copy takes the hidden id along."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])

    def copy_down(_: Workbook, sheet: Worksheet) -> None:
        for column in range(1, 15):
            sheet.cell(6, column).value = sheet.cell(5, column).value

    people(path, copy_down)
    logs(tmp_path).write("Acme", [a_row(1, state="succeeded")])
    _, sheet = opened(path)
    assert (sheet["I5"].value, sheet["I6"].value) == ("succeeded", "scheduled")


def test_a_hidden_or_coloured_column_keeps_its_look(tmp_path: Path) -> None:
    """Also the id's, if somebody made it visible."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])

    def act(_: Workbook, sheet: Worksheet) -> None:
        sheet.column_dimensions["A"].hidden = False
        sheet.column_dimensions["J"].hidden = True
        sheet.conditional_formatting.add("K5:K99", copy(next(iter(sheet.conditional_formatting)).rules[0]))

    people(path, act)
    logs(tmp_path).write("Acme", [a_row(2)])
    _, sheet = opened(path)
    assert (sheet.column_dimensions["A"].hidden, sheet.column_dimensions["J"].hidden) == (False, True)
    assert "K5:K99" in [str(rule.sqref) for rule in sheet.conditional_formatting]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        pytest.param("xl/threadedComments/threadedComment1.xml", b"<x/>", id="a thread of comments"),
        pytest.param("xl/drawings/drawing9.xml", b"<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>", id="a text box"),
        pytest.param("xl/worksheets/sheet9.xml", b"<x14:sparklineGroups xmlns:x14=''/>", id="sparklines"),
    ],
)
def test_what_we_cannot_carry_over_is_kept_in_a_copy(tmp_path: Path, part: str, content: bytes) -> None:
    """The log goes on, and the people's file is not lost."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(part, content)
    theirs = path.read_bytes()
    logs(tmp_path).write("Acme", [a_row(2)])
    logs(tmp_path).write("Acme", [a_row(3)])
    assert [file.read_bytes() for file in tmp_path.glob("*(kept *")] == [theirs]
    assert len(shown(path)) == 3


def test_a_save_while_we_write_is_not_overwritten(tmp_path: Path) -> None:
    """Their file is newer than what we have looked at: the rows wait for the next attempt."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])
    slow = tmp_path / "slow"
    slow.mkdir()
    os.mkfifo(slow / TEMPLATE_NAME)

    def save_meanwhile() -> None:
        """We have looked at the file as soon as we read the template, which comes through this pipe."""
        with (slow / TEMPLATE_NAME).open("wb") as pipe:
            people(path, lambda _, sheet: sheet.__setitem__("Q1", "theirs"))
            pipe.write((TEMPLATES / TEMPLATE_NAME).read_bytes())

    person = Thread(target=save_meanwhile)
    person.start()
    with pytest.raises(TemporaryError, match="saved by somebody"):
        WorkbookFolder(tmp_path, slow).rebuild("Acme", [a_row(2)])
    person.join()
    assert opened(path)[1]["Q1"].value == "theirs"
    assert list(shown(path)) == ["DPL-2026-0001"]
    assert not list(tmp_path.glob(".*.tmp"))


def _write_with_a_full_disk(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))
    with pytest.raises(TemporaryError, match="tried again later"):
        logs(folder).write("Acme", [a_row(2)])


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """P9: said, nothing half-written, and it goes on when there is room."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row(1)])
    before = path.read_bytes()
    child = multiprocessing.get_context("fork").Process(target=_write_with_a_full_disk, args=(tmp_path,))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*.tmp"))
    logs(tmp_path).write("Acme", [a_row(2)])
    assert len(shown(path)) == 2


def _write_from(folder: Path, worker: int, count: int) -> None:
    for number in range(count):
        logs(folder).write("Acme", [a_row(number % 5 + 100 * worker, remarks=f"{worker}/{number}")])


def test_kill_while_writing(tmp_path: Path) -> None:
    """P8: after any kill -9 the workbook opens, complete, with every row that was written before."""
    path = logs(tmp_path).path("Acme")
    fork = multiprocessing.get_context("fork")
    for life in range(1, 13):
        writer = fork.Process(target=_write_from, args=(tmp_path, life, 10_000))
        writer.start()
        while not path.exists() or f"DPL-2026-{100 * life:04d}" not in shown(path):
            time.sleep(0.01)
        time.sleep(0.011 * life)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None
        assert {f"DPL-2026-{100 * past:04d}" for past in range(1, life + 1)} <= set(shown(path))
    logs(tmp_path).write("Acme", [a_row(9999)])
    assert "DPL-2026-9999" in shown(path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".dplmaild.lock", path.name]


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """The lock is between processes; who waits too long is told to come back."""
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_write_from, args=(tmp_path, worker, 5)) for worker in range(1, 4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(shown(logs(tmp_path).path("Acme"))) == 15
