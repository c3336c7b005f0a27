"""Mails and files that are small on the wire and huge, deep, long or endless when they are read."""

import base64
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from attacks.desk import NORA, mail, open_desk, request, stamp
from dplmaild.channels.workbook.sheet import LogSheet, UnreadableWorkbookError
from dplmaild.ports import Outcome
from dplmaild.reading.attachments import blocks_of
from dplmaild.reading.mime import Attachment, read_message
from dplmaild.reading.visible import visible

WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
LINE = b"<w:p><w:r><w:t>Target version: 11.0.3</w:t></w:r></w:p>"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9)
)
HTML = "text/html; charset=utf-8"
MIXED = "multipart/mixed; boundary=B"


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def lying(archive: bytes) -> bytes:
    """The same archive, in which every file says that it has a hundred bytes."""
    forged = bytearray(archive)
    at = forged.find(b"PK\x01\x02")
    while at != -1:
        forged[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at = forged.find(b"PK\x01\x02", at + 4)
    return bytes(forged)


def workbook(sheet: bytes | None = None) -> bytes:
    """A workbook of one honest row, or with this sheet in its place."""
    book, whole = Workbook(), io.BytesIO()
    book.active.append(["Target version", "11.0.3"])  # type: ignore[union-attr]
    book.save(whole)
    if sheet is None:
        return whole.getvalue()
    with zipfile.ZipFile(whole) as archive:
        files = {n: sheet if n.endswith("sheet1.xml") else archive.read(n) for n in archive.namelist()}
    return packed(files)


def document(body: bytes) -> bytes:
    """A DOCX with this body."""
    return packed({"word/document.xml": WORD + body + b"</w:body></w:document>"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.xlsx", workbook(), id="a workbook"),
        pytest.param("a.docx", document(LINE), id="a document"),
        pytest.param("a.docx", document(LINE * 300), id="a long document"),
    ],
)
def test_an_honest_file_is_read(name: str, content: bytes) -> None:
    assert blocks_of(Attachment(name, "application/octet-stream", content)) != ()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a.docx", lambda: document(LINE * 100_000), id="a document of 100,000 lines"),
        pytest.param("a.docx", lambda: lying(document(b" " * 300_000_000)), id="300 MB that say they are 100 bytes"),
        pytest.param("a.docx", lambda: document(b"<w:p>" * 100_000), id="100,000 elements in one another"),
        pytest.param("a.docx", lambda: packed({"word/document.xml": LAUGHS + b"]><w:document/>"}), id="laughs"),
        pytest.param(
            "a.docx",
            lambda: packed({"word/document.xml": (LAUGHS + b"]><w:document/>").decode().encode("utf-16")}),
            id="laughs in UTF-16",
        ),
        pytest.param("a.docx", lambda: packed({"word/document.xml": WORD}, zipfile.ZIP_BZIP2), id="another packing"),
        pytest.param("a.docx", lambda: packed({"word/x.xml": WORD}), id="no document inside"),
        pytest.param(
            "a.xlsx",
            lambda: workbook(SHEET + b'<row r="1">' + b"<c><v>1</v></c>" * 500_000 + b"</row></sheetData></worksheet>"),
            id="500,000 cells in one row",
        ),
        pytest.param("a.xlsx", lambda: lying(workbook(SHEET + b" " * 300_000_000)), id="a sheet that lies"),
        pytest.param("a.xlsx", lambda: workbook(LAUGHS + b"]><worksheet/>"), id="a sheet that laughs"),
        pytest.param("a.xlsx", lambda: packed({f"{n}.xml": b"" for n in range(5_000)}), id="5,000 files"),
        pytest.param("a.xlsx", lambda: b"PK\x03\x04" + b"\xff" * 100_000, id="half an archive"),
    ],
)
def test_a_bomb_is_a_file_without_fields_and_stays_small(name: str, make: Callable[[], bytes]) -> None:
    content = make()
    assert len(content) < 5_000_000, "no bomb if it is refused by its weight"
    tracemalloc.start()
    found = blocks_of(Attachment(name, "application/octet-stream", content))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found, most < 60_000_000) == ((), True)


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(lambda: lying(workbook(SHEET + b" " * 300_000_000)), id="it unpacks to more than it says"),
        pytest.param(lambda: workbook(SHEET + b"<row><c><v>1</v></c></row>" * 400_000), id="far too many cells"),
    ],
)
def test_a_log_that_somebody_replaced_by_a_bomb_is_refused(sheet: Callable[[], bytes]) -> None:
    content = sheet()
    tracemalloc.start()
    with pytest.raises(UnreadableWorkbookError):
        LogSheet.opened(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60_000_000


@pytest.mark.parametrize(
    "tag",
    [
        pytest.param("<p " + " ".join(f"a{n}=b" for n in range(20_000)) + ">", id="20,000 attributes"),
        pytest.param("<p " + " ".join(f"a{n}" for n in range(20_000)) + ">", id="without values"),
        pytest.param(
            '<p x=">" ' + " ".join(f"a{n}" for n in range(20_000)) + ">", id="a bracket in quotes before them"
        ),
        pytest.param('<p x="<" ' + " ".join(f"a{n}" for n in range(20_000)) + ">", id="the other bracket in quotes"),
        pytest.param("<p " + " ".join(f"a{n}" for n in range(20_000)), id="a tag that never ends"),
    ],
)
def test_a_tag_with_more_attributes_than_anybody_writes_is_not_parsed(tag: str) -> None:
    seen = visible(read_message(mail(f"<p>Hello</p>{tag}<p>Bye</p>", content=HTML)))
    assert (seen.hidden, "Hello" in seen.new_text) == (True, True)


def test_a_picture_in_a_page_is_no_long_tag() -> None:
    seen = visible(read_message(mail(f'<p>Hello</p><img src="data:{"A" * 300_000}"><p>Bye</p>', content=HTML)))
    assert (seen.hidden, seen.new_text.split()) == (False, ["Hello", "Bye"])


def attached(name: str, content: bytes) -> bytes:
    """A request with a file."""
    head = f"--B\r\nContent-Type: text/plain\r\n\r\n{request()}\r\n--B\r\nContent-Transfer-Encoding: base64\r\n"
    file = f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode() + base64.encodebytes(content)
    return mail(head.encode() + file + b"--B--\r\n", content=MIXED)


def nested(number: int) -> bytes:
    """Multiparts in one another."""
    inner = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(number)
    )
    return mail(inner, content="multipart/mixed; boundary=b0")


def mails_in_mails(number: int) -> bytes:
    """A mail that is attached to a mail that is attached to a mail."""
    return mail(b"Subject: x\r\nContent-Type: message/rfc822\r\n\r\n" * number + b"x", content="message/rfc822")


MILLION = 1_000_000
HOSTILE: dict[str, Callable[[], bytes]] = {
    "300 nested multiparts": lambda: nested(300),
    "30,000 nested multiparts": lambda: nested(30_000),
    "300 mails in mails": lambda: mails_in_mails(300),
    "20,000 parts": lambda: mail(b"--B\r\n\r\nx\r\n" * 20_000, content=MIXED),
    "boundaries that are none": lambda: mail((b"--" + b"a" * 60 + b"b\n") * 15_000, content=f"{MIXED[:-1]}{'a' * 60}"),
    "20,000 encoded words": lambda: mail(request(), subject="=?utf-8?q?a?= " * 20_000),
    "20,000 open encoded words": lambda: mail(request(), subject="=?utf-8?q?" * 20_000),
    "20,000 parameters": lambda: mail(request(), content="text/plain" + "; a=b" * 20_000),
    "100,000 headers": lambda: mail(request(), more=b"X: y\r\n" * 100_000),
    "a header of 5 MB": lambda: mail(request(), more=b"X: " + b"y" * 5_000_000 + b"\r\n"),
    "60,000 references": lambda: mail(request(), more=b"References: " + b"<a@b> " * 60_000 + b"\r\n"),
    "a name of 5,000 words": lambda: mail(request(), f"{'=?utf-8?q?a?= ' * 5_000}<{NORA}>", top=stamp(NORA)),
    "a line of a million letters": lambda: mail(request() + "a" * MILLION),
    "a line of a million digits": lambda: mail(request() + "1" * MILLION),
    "a line of versions": lambda: mail(request() + "1." * (MILLION // 2)),
    "a line of dates": lambda: mail(request() + "1.1.2027 " * 110_000),
    "a line of days": lambda: mail(request() + "next monday " * 80_000),
    "a line of labels": lambda: mail(request() + "a:" * (MILLION // 2)),
    "a line of brackets": lambda: mail(request() + "<" * MILLION),
    "50,000 line ends": lambda: mail(request() + "\n" * 50_000),
    "40,000 versions that differ": lambda: mail(
        request() + "".join(f"Target version: 11.0.{n}\n" for n in range(40_000))
    ),
    "15,000 heads of older mails": lambda: mail(request() + "From: a@b\nSent: x\nTo: b\nSubject: x\n\n" * 15_000),
    "100,000 quoted lines": lambda: mail(request() + "> x\n" * 100_000),
    "65,000 rows of a table": lambda: mail("<table>" + "<tr><td>a<td>b" * 65_000 + "</table>", content=HTML),
    "200,000 columns": lambda: mail("<table><tr>" + "<td>a" * 200_000 + "</table>", content=HTML),
    "cells that span for ever": lambda: mail(
        "<table>" + "<tr><td colspan=9999999 rowspan=9999999>a" * 9_000, content=HTML
    ),
    "60,000 tables in one another": lambda: mail("<table><tr><td>" * 60_000, content=HTML),
    "190,000 divisions in one another": lambda: mail("<div>" * 190_000, content=HTML),
    "an unknown charset": lambda: mail(b"\xff\xfe\x00" * 300_000, content="text/plain; charset=x-unknown"),
    "a charset that is a compression": lambda: mail(request(), content="text/plain; charset=zlib"),
    "a charset with escapes": lambda: mail(request(), content="text/plain; charset=unicode_escape"),
    "a slow charset": lambda: mail("a-" * 100_000, content="text/plain; charset=punycode"),
    "bytes that are no UTF-8": lambda: mail(request().encode() + b"\xed\xa0\x80 \xf4\x90\x80\x80 \xc0\xaf"),
    "bytes that are no UTF-8 in headers": lambda: mail(request(), more=b"Subject: \xff\xfe\r\nX-\xff: y\r\n"),
    "null bytes": lambda: mail(request() + "Description: a\0b\nTickets: \0\n"),
    "half a surrogate in the subject": lambda: mail(request(), subject="=?utf-8?b?7aCA7bCA?= x"),
    "a number of 5,000 digits": lambda: mail(f"{request()}Target version: {'9' * 5_000}.0\nTickets: {'9' * 5_000}\n"),
    "a duration without end": lambda: mail(f"{request()}Estimated duration: {'9' * 400} hours\n"),
    "a long duration": lambda: mail(f"{request()}Estimated duration: 999999 hours\nTests: 99999999 minutes\n"),
    "the year 99999": lambda: mail(request("10.12.99999 10:00")),
    "the last minute of all": lambda: mail(request("31.12.9999 23:59")),
    "the first minute of all": lambda: mail(request("0001-01-01 00:00")),
    "in very many weeks": lambda: mail(request("in 99999999999 weeks at 10:00")),
    "an offset that is none": lambda: mail(request("2026-12-10T10:00+99:99")),
    "nothing but null bytes": lambda: b"\0" * MILLION,
    "nothing but colons": lambda: b":\n" * (MILLION // 2),
    "nothing but line ends": lambda: b"\r" * MILLION,
    "one header without end": lambda: b"a" * MILLION,
    "nothing": lambda: b"\n",
    "a table of 2 MB in a file": lambda: attached("a.csv", b"a,b,c,d\n" * 250_000),
    "one cell of 3 MB in a file": lambda: attached("a.csv", b'"' + b"a" * 3 * MILLION),
    "a file name that is a path": lambda: attached("../../etc/cron.d/x.txt", b"Target version: 11.0.4\n"),
    "a file name with line ends": lambda: attached("a\\r\\nBcc: x.txt", b"Target version: 11.0.4\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_decided_at_once_and_the_next_one_answered(tmp_path: Path, name: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        assert desk.receive(HOSTILE[name]()).outcome is not Outcome.QUARANTINED
        honest = mail(request("Tuesday, 2027-02-09 10:00"), subject="Another one")
        assert desk.receive(honest).outcome is Outcome.ANSWERED
        assert desk.written_to() <= {NORA, "ops@example.org"}
        assert {p.name for p in desk.folder.rglob("*") if p.is_file() and "cron" in str(p)} == set()
