"""Attachments as lines and tables; broken and hostile ones as nothing."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from dplmaild.reading.attachments import blocks_of, is_release_notes
from dplmaild.reading.mime import Attachment
from dplmaild.reading.visible import Line, Table

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def workbook(*rows: list[object]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def document(body: str, before: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return target.getvalue()


def attached(name: str, content: bytes) -> Attachment:
    return Attachment(name, "application/octet-stream", content)


def test_a_workbook_becomes_a_table_as_its_author_sees_it() -> None:
    when = datetime(2027, 1, 12, 10)  # noqa: DTZ001 - a workbook knows no zones
    content = workbook(["Type", "code"], ["DBMigrate", False], ["Date", when], ["Empty", None])
    (table,) = blocks_of(attached("form.xlsx", content))
    assert isinstance(table, Table)
    assert table.rows == (("Type", "code"), ("DBMigrate", "no"), ("Date", "2027-01-12 10:00"), ("Empty", ""))
    assert table.part == "attachment:form.xlsx"


def test_a_word_table_is_read_without_what_is_struck_out() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>11.0.1</w:t></w:r><w:r><w:t>11.0.2</w:t></w:r>"
    body = (
        f"<w:p><w:r><w:t>Form</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Version</w:t></w:r></w:p></w:tc>"
        f"<w:tc><w:p>{struck}</w:p></w:tc></w:tr></w:tbl>"
    )
    line, table = blocks_of(attached("form.docx", document(body)))
    assert isinstance(line, Line)
    assert line.text == "Form"
    assert isinstance(table, Table)
    assert table.rows == (("Version", "11.0.2"),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_any_separator(separator: str) -> None:
    (table,) = blocks_of(attached("a.csv", f"Type{separator}code\nDBMigrate{separator}no\n".encode()))
    assert isinstance(table, Table)
    assert table.rows == (("Type", "code"), ("DBMigrate", "no"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_any_usual_encoding(encoding: str) -> None:
    lines = blocks_of(attached("a.txt", "Größe: ja\nzwei".encode(encoding)))
    assert [line.text for line in lines if isinstance(line, Line)] == ["Größe: ja", "zwei"]


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * 60_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.xlsx", b"not a zip", id="a workbook that is none"),
        pytest.param("a.xlsx", workbook(["x"])[:200], id="half a workbook"),
        pytest.param("a.docx", document("<w:p>"), id="broken XML"),
        pytest.param("a.docx", document("", '<!DOCTYPE x [<!ENTITY a "b">]>'), id="a document type"),
        pytest.param("a.docx", bomb(), id="an archive that unpacks to too much"),
        pytest.param("a.txt", b"", id="an empty file"),
        pytest.param("a.txt", b"x" * 6_000_000, id="a file too large"),
        pytest.param("a.exe", b"MZ", id="a program"),
        pytest.param("", b"Type: code", id="no name"),
    ],
)
def test_what_cannot_be_read_is_nothing(name: str, content: bytes) -> None:
    assert blocks_of(attached(name, content)) == ()


@pytest.mark.parametrize(
    ("name", "yes"),
    [
        ("release-notes-11.0.2.pdf", True),
        ("ReleaseNotes.docx", True),
        ("Release-Hinweise.txt", True),
        ("notas_de_la_version.pdf", True),
        ("CHANGELOG.md", True),
        ("form.xlsx", False),
        ("notes.txt", False),
    ],
)
def test_release_notes_are_known_by_their_name(name: str, yes: bool) -> None:
    assert is_release_notes(attached(name, b"")) is yes
