"""Attachments that can hold a form: text, CSV, XLSX, DOCX and PDF, as lines and tables. Bounded, never an exception."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from xml.etree import ElementTree

from dplmaild.apart import unpacked
from dplmaild.reading.mime import Attachment, decode_text
from dplmaild.reading.visible import Block, Line, Table

_LARGEST = 5_000_000  # bytes of an attachment
_LARGEST_XML = 8_000_000  # bytes of the XML inside an archive
_MOST_TAGS = 150_000  # in it: the parsers' work is by tag, and packed they cost nothing
_MOST_ROWS, _MOST_COLUMNS, _MOST_SHEETS, _MOST_FILES = 400, 16, 5, 500
_LONGEST_CELL = 4000
_SEPARATORS = ";\t,|"
_SEPARATOR_TOLD = re.compile(r'"?sep=([;\t,|])"?\s*\n', re.IGNORECASE)  # Excel's own first line
_QUOTED = re.compile(r'"[^"]*"')
_PLACES = re.compile(r"0(?:\.(0{1,6}))?")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTES = re.compile(
    r"release.{0,3}(?:notes?|hinweise)|change.?log|notas.{0,12}versi|notes.{0,12}versi|rel.?notes|^rn[\W_\d]",
    re.IGNORECASE,
)
_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    csv.Error,
    ArithmeticError,
    SyntaxError,
)  # fmt: skip - of the XML: ElementTree's, and lxml's where openpyxl finds that


def is_release_notes(attachment: Attachment) -> bool:
    """Whether the file's name says that it is the release notes."""
    return bool(_NOTES.search(attachment.name))


def blocks_of(attachment: Attachment) -> tuple[Block, ...]:
    """Lines and tables of a file; none where it is too large, broken, or of another kind."""
    name = attachment.name.lower()
    reader = next((reader for ending, reader in _READERS.items() if name.endswith(ending)), None)
    if reader is None or not attachment.content or len(attachment.content) > _LARGEST:
        return ()
    try:
        return tuple(reader(attachment.content, f"attachment:{attachment.name}"))
    except _BROKEN:  # a broken file is a file without fields; the mail itself is still read
        return ()


def _text(content: bytes) -> str:
    """The text in whatever Excel, Notepad or a script wrote, its line ends alike."""
    text, _ = decode_text(content, _utf16(content))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _utf16(content: bytes) -> str | None:
    """Which UTF-16 it is, by its mark or by the empty halves of plain letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:400]
    little, big = head[1::2].count(0), head[::2].count(0)
    if max(little, big) * 4 < len(head) or min(little, big) * 8 > max(little, big):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _lines(content: bytes, part: str) -> Iterator[Block]:
    for number, line in enumerate(_text(content).splitlines()[: _MOST_ROWS * 5], 1):
        yield Line(line[:_LONGEST_CELL], number, part)


def _csv(content: bytes, part: str) -> Iterator[Block]:
    text = _text(content)
    told = _SEPARATOR_TOLD.match(text)
    text = text[told.end() :] if told else text
    separator = told[1] if told else _separator(text)
    rows = []
    for row in csv.reader(io.StringIO(text), delimiter=separator):
        rows.append(tuple(cell.strip()[:_LONGEST_CELL] for cell in row[:_MOST_COLUMNS]))
        if len(rows) == _MOST_ROWS:
            break
    yield Table(tuple(rows), 1, part)


def _separator(text: str) -> str:
    """What stands in the most lines outside quotes; in a cell of prose there may be many of another."""
    lines = _QUOTED.sub("", text[:4000]).split("\n")[:40]
    return max(
        _SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines))
    )


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The XML in an archive by its name, unless it is out of all proportion; what is declared is not believed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_FILES:
            raise zipfile.BadZipFile("holds too many files")
        xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml"))]
        if sum(entry.file_size for entry in xml) > _LARGEST_XML:
            raise zipfile.BadZipFile("holds too much XML")
        found = {entry.filename: _one(archive, entry) for entry in xml}
    if sum(map(_tags, found.values())) > _MOST_TAGS:
        raise zipfile.BadZipFile("holds too many tags")
    return found


def _one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file, no longer than it says: read without a bound, even a forged size unpacks to the end first."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("packed in a way that has no bound")
    with archive.open(entry) as file:
        return file.read(entry.file_size + 1)


def _tags(xml: bytes) -> int:
    """How many tags there are; what hides its declarations from a plain look is refused."""
    if b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise zipfile.BadZipFile("declares entities, or is not in UTF-8")
    return xml.count(b"<")


def _repacked(files: dict[str, bytes]) -> io.BytesIO:
    """The same files as an archive that holds what it says."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole


def _xlsx(content: bytes, part: str) -> Iterator[Block]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 10 MB that only a desk which gets spreadsheets needs

    book = load_workbook(_repacked(_unpacked(content)), read_only=True, data_only=True)
    try:
        sheets = [sheet for sheet in book.worksheets[:_MOST_SHEETS] if sheet.sheet_state == "visible"]
        for sheet in sheets:
            rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
            cells = [[_cell(cell.value, cell.number_format) for cell in row] for row in rows]
            width = max((index + 1 for row in cells for index, cell in enumerate(row) if cell), default=0)
            yield Table(tuple(tuple(row[:width]) for row in cells), 1, part)
    finally:
        book.close()


def _cell(value: object, shown_as: str | None = None) -> str:
    """A cell as its author sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        day = f"{value:%Y-%m-%d}"
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date | time):
        return value.isoformat()[:10] if isinstance(value, date) else f"{value:%H:%M}"
    places = _PLACES.fullmatch(shown_as or "") if isinstance(value, int | float) else None
    if places:
        return f"{value:.{len(places[1] or '')}f}"  # a version 11.10 in a cell for numbers is kept as 11.1
    return str(value).strip()[:_LONGEST_CELL]


def _docx(content: bytes, part: str) -> Iterator[Block]:
    xml = _unpacked(content)["word/document.xml"]
    body = ElementTree.fromstring(xml).find(f"{_WORD}body")  # noqa: S314 - no DOCTYPE, bounded above
    for number, element in enumerate(body if body is not None else (), 1):
        if element.tag == f"{_WORD}p":
            yield Line(_paragraph(element), number, part)
        elif element.tag == f"{_WORD}tbl":
            yield Table(tuple(_row(row) for row in element.findall(f"{_WORD}tr")[:_MOST_ROWS]), number, part)


def _row(row: ElementTree.Element) -> tuple[str, ...]:
    cells = row.findall(f"{_WORD}tc")[:_MOST_COLUMNS]
    return tuple("\n".join(_paragraph(p) for p in cell.iter(f"{_WORD}p")).strip()[:_LONGEST_CELL] for cell in cells)


def _paragraph(paragraph: ElementTree.Element) -> str:
    """A paragraph's text without what is struck out."""
    pieces: list[str] = []
    for run in paragraph.iter(f"{_WORD}r"):
        style = run.find(f"{_WORD}rPr")
        if style is not None and any(style.find(_WORD + tag) is not None for tag in ("strike", "dstrike", "vanish")):
            continue
        marks = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}
        pieces += [piece.text or "" if piece.tag == f"{_WORD}t" else marks.get(piece.tag, "") for piece in run]
    return "".join(pieces)[:_LONGEST_CELL]


def _pdf(content: bytes, part: str) -> Iterator[Block]:
    opened = unpacked("pdf", content) if b"%PDF-" in content[:1024] else None
    for number, line in enumerate((opened.text or "").splitlines()[: _MOST_ROWS * 5] if opened else (), 1):
        yield Line(line[:_LONGEST_CELL], number, part)


_READERS: dict[str, Callable[[bytes, str], Iterator[Block]]] = {
    ".txt": _lines,
    ".text": _lines,
    ".md": _lines,
    ".csv": _csv,
    ".tsv": _csv,
    ".tab": _csv,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".docx": _docx,
    ".pdf": _pdf,
}
