"""Whatever bytes or words come, every reader answers: the readers are found by looking, so that none is left out."""

import inspect
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dplmaild.reading
from dplmaild.reading import read
from dplmaild.reading.attachments import blocks_of
from dplmaild.reading.automatic import automatic
from dplmaild.reading.fields import Clock, read_fields
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.mime import Attachment, decode_text, read_message
from dplmaild.reading.mime.flowed import unflowed
from dplmaild.reading.mime.transfer import decode_transfer
from dplmaild.reading.visible import blocks_of_html, blocks_of_text, visible
from reading.generated import examples
from reading.linear.patterns import modules
from reading.upper.mails import OURS, RECEIVED
from reading.upper.test_attachments import document, workbook
from reading.upper.test_never_raises import HINTS, KNOWN, PIECES

Reader = Callable[[Any], object]

CLOCK = Clock(RECEIVED)
CHARSETS = ("utf-8", "utf-16", "utf-7", "iso-2022-jp", "koi8-r", "gb18030", "big5", "punycode", "idna", "hex", "x", "")
ENCODINGS = ("base64", "quoted-printable", "x-uuencode", "7bit", "x-yenc", "")
FILES = ("a.txt", "a.csv", "a.tsv", "a.xlsx", "a.docx", "a.md")
# fmt: off
SIGNS = st.sampled_from([
    "²", "½", "٣٤", "१२", "Ⅻ", "①", "\udc80", "\ud83d", "\x00", "\x85", "\u2028", "\u0130", "ß", "\u0301", "\u202e",
    "\u200b",
    "=?utf-8?b?", "?=", "=?x?q?=ff?=", "\"", "\\", "<", ">", "@", ";", "*0*=", "''", "%ff", "=", "\r", "\n", "\t", " ",
    "31.12.", "29 February 2027", "0000-00-00", "99:99", "24:00", "next ", "12", "am", "UTC+99", "Z", "W53", "/start",
    "<table>", "<td rowspan=-1>", "</td>", "<p style='", "&#x110000;", "<!--", "9" * 30, "1.", "%", "[x]", "| a |",
])
# fmt: on
BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(SIGNS | PIECES, max_size=30).map(lambda p: "".join(p).encode("utf-8", "surrogatepass")),
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(SIGNS | PIECES, max_size=30).map("".join))


def found(kind: type) -> Iterator[Any]:
    """Every public function of the readers that needs one text, or one sequence of bytes, and nothing else.

    What comes from the configuration is proofread or refused with its reason: languages, and files of vacations.
    """
    ours = (module for module in modules(dplmaild.reading) if ".vacations" not in module.__name__)
    for module in ours:
        for name, value in vars(module).items():
            function = inspect.unwrap(value) if callable(value) else None
            if not inspect.isfunction(function) or function.__module__ != module.__name__ or name.startswith("_"):
                continue
            needed = [
                p for p in inspect.signature(function).parameters.values() if p.default is inspect.Parameter.empty
            ]
            of_mail = all(each.name not in ("language", "package") for each in needed)
            if of_mail and [each.annotation for each in needed] in ([kind], [kind | None]):
                yield pytest.param(value, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize(
    "reader",
    [
        *found(str),
        pytest.param(lambda text: read_fields(blocks_of_text(text, "body"), CLOCK), id="the fields of a text"),
        pytest.param(lambda text: read_fields(blocks_of_html(text, "body")[0], CLOCK), id="the fields of a page"),
        pytest.param(CLOCK.read, id="one moment"),
        pytest.param(CLOCK.moments_in, id="all moments"),
        pytest.param(lambda text: lexicon().scan(text), id="all phrases"),
        pytest.param(lambda text: unflowed(text, delsp=True), id="flowed"),
    ],
)
@given(text=TEXTS)
@settings(max_examples=examples(40), deadline=None)
def test_any_words_are_answered(reader: Reader, text: str) -> None:
    reader(text)


def machines(raw: bytes) -> object:
    """Which machine sent a mail, by all that is seen of it."""
    message = read_message(raw)
    return automatic(message, visible(message), OURS, "x")


@pytest.mark.parametrize(
    "reader",
    [
        *found(bytes),
        pytest.param(lambda raw: visible(read_message(raw)), id="what is seen"),
        pytest.param(machines, id="machines"),
        *(pytest.param(partial(decode_text, charset=each), id=f"charset {each}") for each in CHARSETS),
        *(pytest.param(partial(decode_transfer, encoding=each), id=f"encoding {each}") for each in ENCODINGS),
        *(pytest.param(lambda raw, n=each: blocks_of(Attachment(n, "", raw)), id=f"file {each}") for each in FILES),
    ],
)
@given(raw=BYTES)
@settings(max_examples=examples(40), deadline=None)
def test_any_bytes_are_answered(reader: Reader, raw: bytes) -> None:
    reader(raw)


def test_readers_are_found() -> None:
    names = {param.id for kind in (str, bytes) for param in found(kind)}
    assert len(names) > 60
    assert {"dplmaild.reading.values.duration", "dplmaild.reading.mime.addresses.mailboxes"} <= names


@pytest.mark.parametrize("known", [False, True])
@given(raw=BYTES, head=TEXTS)
@settings(max_examples=examples(60), deadline=None)
def test_any_mail_has_a_meaning(known: bool, raw: bytes, head: str) -> None:
    start = f"From: a@b.example\nContent-Type: {head}\nSubject: {head}\n\n".encode("utf-8", "surrogatepass")
    meaning = read(start + raw, KNOWN if known else HINTS)
    assert not any(reason.startswith("the reader failed") for reason in meaning.why)


def damaged(archive: bytes, name: str, start: int, length: int, instead: bytes) -> bytes:
    """A file of an archive, something in it replaced, packed again."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            content = old.read(each)
            at = start % (len(content) + 1)
            new.writestr(each, content[:at] + instead + content[at + length :] if each == name else content)
    return target.getvalue()


BOOK = workbook(["Type", "code"], ["Date", RECEIVED.replace(tzinfo=None)], ["Version", 11.1], ["DBMigrate", True])
LETTER = document("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Version</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
PLACES = [
    (kind, name)
    for kind, archive in (("a.xlsx", BOOK), ("a.docx", LETTER))
    for name in zipfile.ZipFile(io.BytesIO(archive)).namelist()
]
INSTEAD = st.sampled_from(
    [b'""', b'"-1"', b'"99999999999999999999"', b"1e999", b"NaN", b"<", b"&#1;", b'"ZZZZ0"', b't="d"', b"\xff"]
)


@given(place=st.sampled_from(PLACES), start=st.integers(0, 20_000), length=st.integers(0, 20), instead=INSTEAD)
@settings(max_examples=examples(60), deadline=None)
def test_a_damaged_file_is_answered(place: tuple[str, str], start: int, length: int, instead: bytes) -> None:
    kind, name = place
    archive = BOOK if kind == "a.xlsx" else LETTER
    blocks_of(Attachment(kind, "", damaged(archive, name, start, length, instead)))


@given(kind=st.sampled_from(["a.xlsx", "a.docx"]), at=st.integers(0, 20_000), other=st.integers(0, 255))
@settings(max_examples=examples(60), deadline=None)
def test_a_damaged_archive_is_answered(kind: str, at: int, other: int) -> None:
    archive = bytearray(BOOK if kind == "a.xlsx" else LETTER)
    archive[at % len(archive)] = other
    blocks_of(Attachment(kind, "", bytes(archive)))
