# ruff: noqa: E501 - elements as programs write them
"""PDF and winmail.dat: their words and files, and hostile ones that must not hang or grow."""

import base64
import struct
import zlib
from datetime import UTC, datetime

import pytest

from dplmaild.apart import unpacked
from dplmaild.reading import Hints, read
from dplmaild.reading.mime import read_message

FORM = ("Type of deployment: hotfix", "Current version: 11.0.1", "Target version: 11.0.2", "DBMigrate: no")


def pdf(*lines: str, packed: bytes | None = None) -> bytes:
    """One page with a line of text each; or a page that draws what is packed."""
    drawn = "BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    stream = packed or zlib.compress(drawn.encode("latin-1"))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 " + font + b">>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj" % number + one + b"endobj\n" for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"


def element(level: int, name: int, kind: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(content)) + content + struct.pack("<H", sum(content) % 65536)


def tnef(*elements: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + element(1, 0x9007, 6, struct.pack("<Q", 1252)) + b"".join(elements)


def words(text: str) -> bytes:
    return element(1, 0x800C, 1, text.encode("cp1252") + b"\0")


def file(name: str, content: bytes) -> bytes:
    head = element(2, 0x9002, 6, bytes(14)) + element(2, 0x8010, 1, name.encode() + b"\0")
    return head + element(2, 0x800F, 6, content)


def mail(name: str, kind: str, content: bytes) -> bytes:
    head = (
        "From: Nora <nora@partner.example.com>\nTo: desk@example.org\nSubject: Deployment instructions\n"
        "Date: Mon, 23 Nov 2026 09:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nSee the deployment instructions in the attached file.\n"
        f"--b\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n"
        f'Content-Disposition: attachment; filename="{name}"\n\n'
    )
    return head.encode() + base64.encodebytes(content) + b"--b--\n"


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        pytest.param("form.pdf", "application/pdf", pdf(*FORM), id="PDF"),
        pytest.param("winmail.dat", "application/ms-tnef", tnef(file("form.txt", "\n".join(FORM).encode())), id="a text in winmail.dat"),
        pytest.param("winmail.dat", "application/ms-tnef", tnef(file("form.pdf", pdf(*FORM))), id="a PDF in winmail.dat"),
    ],
)  # fmt: skip
def test_a_form_in_a_file_is_read_and_says_where_it_stood(name: str, kind: str, content: bytes) -> None:
    said = read(mail(name, kind, content), Hints(datetime(2026, 11, 23, 9, tzinfo=UTC)))
    (one,) = said.deployments
    assert (str(one.target_version), said.source) == ("11.0.2", "attachment")


def test_the_words_of_winmail_are_the_words_of_the_mail() -> None:
    raw = b"Subject: x\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    message = read_message(raw + base64.encodebytes(tnef(words("Grüße, Ziel 11.0.2"))))
    assert (message.text, message.defects) == ("Grüße, Ziel 11.0.2", ("tnef", "from"))


ENDLESS = tnef(element(1, 0x9003, 6, struct.pack("<I", 0xFFFFFFFF)))
BOMB = pdf(packed=zlib.compress(b"0 0 Td " * 15_000_000, 9))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        pytest.param("tnef", ENDLESS, id="winmail.dat of four billion properties"),
        pytest.param("pdf", BOMB, id="PDF that unpacks to 100 MB"),
        pytest.param("pdf", b"%PDF-1.4 nothing", id="PDF that is none"),
        pytest.param("tnef", b"", id="nothing"),
    ],
)
def test_a_hostile_file_is_given_up(kind: str, content: bytes) -> None:
    assert unpacked(kind, content) is None


def opened(raw: bytes) -> bool:
    """Whether the reader found the form in the file."""
    return read(raw, Hints(datetime(2026, 11, 23, 9, tzinfo=UTC))).source == "attachment"


def test_a_pdf_is_opened_only_where_a_deployment_is_spoken_of() -> None:
    form = mail("form.pdf", "application/pdf", pdf(*FORM))
    assert opened(form)
    invoice = form.replace(b"Deployment instructions", b"Invoice").replace(b"deployment instructions", b"invoice")
    assert not opened(invoice)


def test_of_many_pdfs_two_are_opened() -> None:
    form, other = pdf(*FORM), pdf("Nothing to see")
    part = b"--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n" + (
        b'Content-Disposition: attachment; filename="%d.pdf"\n\n'
    )
    first = mail("0.pdf", "application/pdf", other)

    def behind(count: int) -> bytes:
        pieces = [part % n + base64.encodebytes(other) for n in range(1, count)]
        return first.removesuffix(b"--b--\n") + b"".join(pieces) + part % 9 + base64.encodebytes(form) + b"--b--\n"

    assert opened(behind(1))
    assert not opened(behind(2))
