"""The deployment log: our cells are right, and nothing of the people's is lost (LOG)."""

from datetime import datetime
from pathlib import Path

import pytest

from channels.records.logs import TEMPLATES, a_row, logs, opened, shown
from dplmaild.channels.workbook import KEYS, WorkbookFolder
from dplmaild.channels.workbook.columns import COLUMNS
from dplmaild.channels.workbook.names import TEMPLATE_NAME
from dplmaild.channels.workbook.template import template
from dplmaild.ports import DplmaildError, PermanentError, TemporaryError

ID = "DPL-2026-0042"


def test_a_first_row_makes_the_file_from_the_template(tmp_path: Path) -> None:
    """`CUSTOMER - Deployment log.xlsx`, with the customer in its title."""
    logs(tmp_path).write("Acme", [a_row(remarks="two cartridges")])
    path = tmp_path / "Acme - Deployment log.xlsx"
    row = shown(path)[ID]
    assert (row["Deployment"], row["Environment"], row["State"]) == (ID, "PRD", "scheduled")
    assert (row["Version"], row["Remarks"]) == ("11.0.1 -> 11.0.2", "two cartridges")
    assert opened(path)[1]["B1"].value == "Deployment log: Acme"


def test_moments_are_dates_on_the_customers_wall_clock(tmp_path: Path) -> None:
    """Excel knows no zones; people sort and filter by real dates."""
    logs(tmp_path).write("Acme", [a_row(start="2026-10-25T02:30:00+01:00", end="2026-10-25T09:00:00-05:00")])
    row = shown(tmp_path / "Acme - Deployment log.xlsx")[ID]
    assert row["Start"] == datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    assert row["End"] == datetime(2026, 10, 25, 9, 0)  # noqa: DTZ001
    assert opened(tmp_path / "Acme - Deployment log.xlsx")[1]["G5"].number_format == "yyyy-mm-dd hh:mm"


def test_a_row_is_updated_where_it_is(tmp_path: Path) -> None:
    """Step by step until it is closed; what is not said stays, what is said to be empty is emptied."""
    logs(tmp_path).write("Acme", [a_row(41), a_row(42, remarks="a"), a_row(43)])
    logs(tmp_path).write("Acme", [{"id": ID, "state": "succeeded", "result": "tests ok", "downtime": ""}])
    found = shown(tmp_path / "Acme - Deployment log.xlsx")
    assert list(found) == ["DPL-2026-0041", ID, "DPL-2026-0043"]
    assert (found[ID]["State"], found[ID]["Result"], found[ID]["Downtime"]) == ("succeeded", "tests ok", None)
    assert (found[ID]["Remarks"], found[ID]["Type"]) == ("a", "full")
    assert found["DPL-2026-0041"]["State"] == "scheduled"


def test_the_table_grows_with_its_style(tmp_path: Path) -> None:
    """Filters, stripes and formats hold for new rows too."""
    logs(tmp_path).write("Acme", [a_row(number) for number in range(1, 6)])
    _, sheet = opened(tmp_path / "Acme - Deployment log.xlsx")
    table = sheet.tables["Deployments"]
    assert table.ref == "A4:N9"
    assert table.autoFilter.ref == "A4:N9"
    assert sheet["G9"].number_format == sheet["G5"].number_format
    assert sheet["N9"].alignment.wrap_text is True
    assert sheet["B9"].border.bottom.style == "thin"


def test_nothing_is_written_when_nothing_changes(tmp_path: Path) -> None:
    """Sync programs and other people's Excel stay undisturbed."""
    logs(tmp_path).write("Acme", [a_row()])
    path = tmp_path / "Acme - Deployment log.xlsx"
    before = (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
    logs(tmp_path).write("Acme", [a_row()])
    logs(tmp_path).write("Acme", [])
    assert (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) == before


def test_no_rows_make_no_file(tmp_path: Path) -> None:
    """A customer without deployments has no log."""
    logs(tmp_path).write("Acme", [])
    assert not (tmp_path / "Acme - Deployment log.xlsx").exists()


def test_of_two_words_on_one_row_the_later_counts(tmp_path: Path) -> None:
    """A backlog may bring both at once."""
    logs(tmp_path).write("Acme", [a_row(state="scheduled"), a_row(state="testing")])
    assert shown(tmp_path / "Acme - Deployment log.xlsx")[ID]["State"] == "testing"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param('=HYPERLINK("http://example.net";"x")', '=HYPERLINK("http://example.net";"x")', id="a formula"),
        pytest.param("+1+1", "+1+1", id="a plus sign"),
        pytest.param("-2", "-2", id="a minus sign"),
        pytest.param("@SUM(A1)", "@SUM(A1)", id="an at sign"),
        pytest.param("\t=1+1", "\t=1+1", id="a tab before a formula"),
        pytest.param("#N/A", "#N/A", id="the name of an error"),
        pytest.param("a\x00b\x07c\x1b[31m", "abc[31m", id="control characters"),
        pytest.param("_x0041_ x0041_", "_x\u200c0041_ x0041_", id="a character by its number"),
        pytest.param("_x005F_x000D_", "_x\u200c005F_x\u200c000D_", id="the escape of such a character"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
        pytest.param("\ud83d\ufffe\uffff!", "!", id="what is no character"),
        pytest.param("11.0.\u202e2", "11.0.2", id="direction marks"),
        pytest.param("部署 Ñ 👩‍💻 <b>&amp;</b>", "部署 Ñ 👩‍💻 <b>&amp;</b>", id="every script, emoji and markup"),
        pytest.param("  blanks  ", "  blanks  ", id="blanks around"),
        pytest.param("x" * 40_000, "x" * 31_999 + "…", id="forty thousand characters"),
        pytest.param("{customer}", "{customer}", id="our own mark"),
        pytest.param("2026-12-01", "2026-12-01", id="a date that is text"),
        pytest.param("11.10", "11.10", id="a version that looks like a number"),
    ],
)
def test_text_is_only_text(tmp_path: Path, text: str, read: str) -> None:
    """LOG-2: no formula, no error, no broken file from a mail's words; the second time nothing changes."""
    logs(tmp_path).write("Acme", [a_row(remarks=text, version=text)])
    path = tmp_path / "Acme - Deployment log.xlsx"
    for cell in (opened(path)[1]["N5"], opened(path)[1]["F5"]):
        assert (str(cell.value), cell.data_type, bool(cell.quotePrefix)) == (read, "s", True)
    before = path.read_bytes()
    logs(tmp_path).write("Acme", [a_row(remarks=text, version=text)])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"state": "scheduled"}, id="no id"),
        pytest.param({"id": " \x00"}, id="an id of nothing visible"),
        pytest.param({"id": "a\nb"}, id="an id of two lines"),
        pytest.param(a_row(colour="red"), id="a column that is not ours"),
        pytest.param(a_row(start="tomorrow"), id="a moment that is none"),
        pytest.param(a_row(start="2026-12-01T10:00:00"), id="a moment without a zone"),
        pytest.param(a_row(end="1066-10-14T09:00:00+00:00"), id="a year before Excel's first"),
    ],
)
def test_rows_that_cannot_be_are_refused(tmp_path: Path, row: dict[str, str]) -> None:
    """Before the file is touched."""
    logs(tmp_path).write("Acme", [a_row(1)])
    before = logs(tmp_path).path("Acme").read_bytes()
    with pytest.raises(PermanentError):
        logs(tmp_path).write("Acme", [a_row(2), row])
    assert logs(tmp_path).path("Acme").read_bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../etc/passwd", id="a path upwards"),
        pytest.param("/etc/passwd", id="an absolute path"),
        pytest.param("..", id="only dots"),
        pytest.param("", id="nothing"),
        pytest.param("a\x00b\nc", id="control characters"),
        pytest.param("~$Acme", id="the name of a lock file"),
        pytest.param("TEMPLATE", id="the template's own name"),
        pytest.param("Ñandú & Söhne 部署 👩‍💻", id="letters of the world"),
        pytest.param("ü" * 300, id="too long for a file system"),
        pytest.param('C:\\Windows\\"x"|<y>?*', id="characters of Windows"),
    ],
)
def test_a_customers_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    """Whatever it is, one file in this folder."""
    folder = tmp_path / "inner"
    folder.mkdir()
    logs(folder).write(name, [a_row()])
    logs(folder).write(name, [a_row(state="testing")])
    (made,) = [file for file in folder.iterdir() if not file.name.startswith(".")]
    assert made.name.endswith(" - Deployment log.xlsx")
    assert made.name != TEMPLATE_NAME
    assert shown(made)[ID]["State"] == "testing"
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(("A/B", "A:B", "A-B", "A B", "A\\B"), id="names that clean to the same"),
        pytest.param(("x" * 200, "x" * 201, "x" * 120), id="names that are cut to the same"),
        pytest.param(("Acme", ".Acme", "Acme.", "~$Acme"), id="names with marks around"),
    ],
)
def test_two_customers_never_share_a_file(tmp_path: Path, others: tuple[str, ...]) -> None:
    """LOG-2: nothing of another customer."""
    for number, name in enumerate(others):
        logs(tmp_path).write(name, [a_row(number)])
    for number, name in enumerate(others):
        assert list(shown(logs(tmp_path).path(name))) == [f"DPL-2026-{number:04d}"]


def test_another_customers_file_under_our_name_is_refused(tmp_path: Path) -> None:
    """Somebody copied or renamed it: their rows must not be shared, ours not be written into theirs."""
    logs(tmp_path).write("Acme", [a_row()])
    stray = logs(tmp_path).path("Acme").rename(logs(tmp_path).path("Globex"))
    before = stray.read_bytes()
    with pytest.raises(PermanentError, match="belongs to 'Acme'"):
        logs(tmp_path).write("Globex", [a_row(7)])
    assert stray.read_bytes() == before


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        pytest.param("~${}", b"\x09Anna Ruiz" + b" " * 60, "Excel, by Anna Ruiz", id="Excel on a share"),
        pytest.param("~${}", b"\x05J\xfcrg\x07" + b" " * 60, "Excel, by Jürg", id="Excel, an umlaut"),
        pytest.param("~${}", b"", "Excel, by somebody", id="Excel, nothing in its file"),
        pytest.param("~${}", b"\xff\x00\x01", "Excel, by somebody", id="Excel, rubbish in it"),
        pytest.param(".~lock.{}#", b"Ben,ben,host,01.12.2026;", "LibreOffice, by Ben", id="LibreOffice"),
    ],
)
def test_an_open_workbook_waits(tmp_path: Path, lock: str, content: bytes, who: str) -> None:
    """P8: retried, and OPS is told by whom it is held."""
    path = logs(tmp_path).path("Acme")
    logs(tmp_path).write("Acme", [a_row()])
    before = path.read_bytes()
    sign = tmp_path / lock.format(path.name)
    sign.write_bytes(content)
    with pytest.raises(TemporaryError, match=who):
        logs(tmp_path).write("Acme", [a_row(state="testing")])
    with pytest.raises(TemporaryError, match=who):
        logs(tmp_path).rebuild("Acme", [a_row(state="testing")])
    assert path.read_bytes() == before
    sign.unlink()
    logs(tmp_path).write("Acme", [a_row(state="testing")])
    assert shown(path)[ID]["State"] == "testing"


def test_an_open_workbook_is_no_trouble_when_nothing_changes(tmp_path: Path) -> None:
    """Nothing to write, nothing to wait for."""
    logs(tmp_path).write("Acme", [a_row()])
    (tmp_path / "~$Acme - Deployment log.xlsx").write_bytes(b"\x04Anna")
    logs(tmp_path).write("Acme", [a_row()])


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"id;state\n1;x\n", id="a CSV with the wrong name"),
        pytest.param(_cut, id="half of it"),
        pytest.param(lambda content: content.replace(b"xl/workbook.xml", b"xl/workb00k.xml"), id="a missing part"),
        pytest.param(lambda content: content[:400] + b"\x00" * 400 + content[800:], id="zeros in the middle"),
    ],
)
def test_a_damaged_workbook_is_never_overwritten(tmp_path: Path, damage: object) -> None:
    """People may still save something from it; a rebuild keeps a copy of it."""
    assert callable(damage)
    logs(tmp_path).write("Acme", [a_row()])
    path = logs(tmp_path).path("Acme")
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    with pytest.raises(PermanentError, match="rebuild"):
        logs(tmp_path).write("Acme", [a_row(state="testing")])
    assert path.read_bytes() == broken
    kept = logs(tmp_path).rebuild("Acme", [a_row(state="testing")])
    assert kept is not None
    assert kept.read_bytes() == broken
    assert shown(path)[ID]["State"] == "testing"


def test_a_rebuilt_log_says_the_same(tmp_path: Path) -> None:
    """LOG-3: the database is the record."""
    rows = [a_row(number, remarks=f"number {number}") for number in range(1, 30)]
    for row in rows:
        logs(tmp_path).write("Acme", [row])
    path = logs(tmp_path).path("Acme")
    before = shown(path)
    path.unlink()
    assert logs(tmp_path).rebuild("Acme", rows) is None
    assert shown(path) == before
    assert logs(tmp_path).rebuild("Acme", rows[:2]) == tmp_path / "Acme - Deployment log (kept 1).xlsx"
    assert logs(tmp_path).rebuild("Acme", rows[:1]) == tmp_path / "Acme - Deployment log (kept 2).xlsx"
    assert list(shown(path)) == ["DPL-2026-0001"]


@pytest.mark.parametrize(
    ("folder", "templates", "error"),
    [
        pytest.param("absent", str(TEMPLATES), TemporaryError, id="the share is not there"),
        pytest.param(".", "absent", PermanentError, id="there is no template"),
    ],
)
def test_missing_places(tmp_path: Path, folder: str, templates: str, error: type[DplmaildError]) -> None:
    """One sentence each, nothing made up."""
    with pytest.raises(error):
        WorkbookFolder(tmp_path / folder, tmp_path / templates).write("Acme", [a_row()])
    assert not list(tmp_path.glob("**/*.xlsx"))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Who may write to the share must not choose which file we replace."""
    target = tmp_path / "precious.xlsx"
    target.write_bytes(b"precious")
    logs(tmp_path).path("Acme").symlink_to(target)
    with pytest.raises(PermanentError, match="link"):
        logs(tmp_path).write("Acme", [a_row()])
    assert target.read_bytes() == b"precious"


def test_the_template_that_ships_is_the_one_that_is_built() -> None:
    """Cells, widths, names and table; the file is built by `python -m dplmaild.channels.workbook.template`."""
    shipped, sheet = opened(TEMPLATES / TEMPLATE_NAME)
    built = template().worksheets[0]
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [
        [cell.value for cell in line] for line in built.iter_rows()
    ]
    assert {name: it.width for name, it in sheet.column_dimensions.items()} == {
        name: it.width for name, it in built.column_dimensions.items()
    }
    assert set(shipped.defined_names) == {f"dplmaild_{key}" for key in KEYS}
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].hidden) == ("C5", True)
    assert [column.header for column in COLUMNS] == [cell.value for cell in sheet[4]]
