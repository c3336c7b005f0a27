"""Attachments as programs write them: encodings, separators, and cells as their author sees them."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from dplmaild.reading.attachments import blocks_of
from dplmaild.reading.mime import Attachment
from dplmaild.reading.visible import Line, Table

WORDS = "Type;hotfix\nTarget version;11.0.2\nDescription;größer, schöner\n"
ROWS = (("Type", "hotfix"), ("Target version", "11.0.2"), ("Description", "größer, schöner"))


def rows(name: str, content: bytes) -> tuple[tuple[str, ...], ...]:
    blocks = blocks_of(Attachment(name, "application/octet-stream", content))
    return next(block.rows for block in blocks if isinstance(block, Table))


def lines(name: str, content: bytes) -> list[str]:
    blocks = blocks_of(Attachment(name, "application/octet-stream", content))
    return [block.text for block in blocks if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.csv", WORDS.encode("utf-16"), id="utf-16 with its mark"),
        pytest.param("a.csv", WORDS.encode("utf-16-le"), id="utf-16 without a mark"),
        pytest.param("a.csv", WORDS.encode("utf-16-be"), id="utf-16 the other way round"),
        pytest.param("a.csv", WORDS.encode("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param("A.CSV", WORDS.encode("cp1252"), id="cp1252"),
        pytest.param("a.csv", WORDS.encode().replace(b"\n", b"\r"), id="bare carriage returns"),
        pytest.param("a.csv", b"sep=;\r\n" + WORDS.encode(), id="the separator told as Excel does"),
        pytest.param("a.csv", WORDS.replace(";", "|").encode(), id="bars"),
        pytest.param("a.tsv", WORDS.replace(";", "\t").encode(), id="tabs"),
        pytest.param("a.csv", b"\0" + WORDS.encode(), id="a stray NUL"),
    ],
)
def test_a_table_of_text_is_read_however_it_was_saved(name: str, content: bytes) -> None:
    assert rows(name, content) == ROWS


def test_separators_inside_a_quoted_cell_do_not_count() -> None:
    content = b'Label,Value\nDescription,"a; b; c; d; e; f"\nTarget,11.0.2\n'
    assert rows("a.csv", content) == (("Label", "Value"), ("Description", "a; b; c; d; e; f"), ("Target", "11.0.2"))


def test_a_text_file_with_one_bad_byte_keeps_the_rest() -> None:
    content = "Beschreibung: größer, schöner\nZiel: 11.0.2 ".encode() + b"caf\xe9"
    assert lines("form.txt", content) == ["Beschreibung: größer, schöner", "Ziel: 11.0.2 café"]


@pytest.mark.parametrize(
    ("value", "shown_as", "seen"),
    [
        pytest.param("11.0.2", "General", "11.0.2", id="text"),
        pytest.param(11.1, "0.00", "11.10", id="a version in a cell for numbers"),
        pytest.param(11, "0.0", "11.0", id="a whole number with a place"),
        pytest.param(11.5, "General", "11.5", id="a number"),
        pytest.param(True, "General", "yes", id="true"),
        pytest.param(False, "General", "no", id="false"),
        pytest.param(datetime(2026, 12, 1, 22, 30), "General", "2026-12-01 22:30", id="a moment"),  # noqa: DTZ001 - cells have no zone
        pytest.param(date(2026, 12, 1), "General", "2026-12-01", id="a day"),
        pytest.param(time(22, 0), "General", "22:00", id="a time"),
    ],
)
def test_a_cell_is_read_as_its_author_sees_it(
    value: str | float | datetime | date | time, shown_as: str, seen: str
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Label"
    sheet["B1"] = value
    if shown_as != "General":
        sheet["B1"].number_format = shown_as
    sheet.merge_cells("B1:D1")
    whole = io.BytesIO()
    book.save(whole)
    assert rows("form.xlsx", whole.getvalue()) == (("Label", seen),)
