"""The child: one file on standard input, its words as JSON on standard output. It knows nothing of the house.

It is started by its path, isolated, and dies when it takes too much: the libraries here loop and grow without a bound
on what a hostile sender can write.
"""

import base64
import io
import json
import logging
import re
import resource
import struct
import sys
from collections.abc import Callable
from typing import Any

MOST_CPU = 1  # seconds; an ordinary file takes a third
MOST_MEMORY = 400_000_000
MOST_PAGES = 20
MOST_TEXT = 300_000  # characters
MOST_FILES, LARGEST_FILES = 50, 10_000_000  # bytes of all files together

_RTF_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
    b"{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", re.IGNORECASE)
Said = dict[str, Any]


def pdf(content: bytes) -> Said:
    """The text of the first pages, line by line as it is laid out."""
    from pypdf import PdfReader  # noqa: PLC0415 - the other kind does not need it

    pages: list[str] = []
    for page in PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > MOST_TEXT:
            break
    return {"text": "\n".join(pages)[:MOST_TEXT], "html": None, "files": []}


def tnef(content: bytes) -> Said:
    """Outlook's own envelope: its words, from HTML, plain text or RTF, and the files in it."""
    from tnefparse import TNEF  # noqa: PLC0415 - the other kind does not need it

    envelope = TNEF(content, do_checksum=False)
    codepage = envelope.codepage or "cp1252"
    html = _decoded(envelope.htmlbody, codepage)
    text = _decoded(envelope.body, codepage) or (
        None if html else _from_rtf(envelope._rtfbody)
    )  # the public one needs one more library
    return {"text": text, "html": html, "files": _files(envelope.attachments)}


def _files(attachments: list[Any]) -> list[tuple[str, str]]:
    found = []
    room = LARGEST_FILES
    for at, attachment in enumerate(attachments[:MOST_FILES], 1):
        room -= len(attachment.data)
        if room < 0:
            break
        name = str(attachment.long_filename() or f"file-{at}").strip("\0")
        found.append((name, base64.b64encode(attachment.data).decode()))
    return found


def _decoded(body: Any, codepage: str) -> str | None:  # bytes, text, lists or None
    first = body[0] if isinstance(body, list) and body else body
    if not first:
        return None
    if isinstance(first, str):
        return first.strip("\0")[:MOST_TEXT]
    named = _CHARSET.search(first[:2_000])
    for charset in ("utf-8", named[1].decode() if named else codepage):
        try:
            return str(first.decode(charset)).strip("\0")[:MOST_TEXT]
        except (UnicodeError, LookupError):
            continue
    return str(first.decode("cp1252", "replace")).strip("\0")[:MOST_TEXT]


def _from_rtf(packed: Any) -> str | None:  # likewise
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - only the few that have nothing else need it

    first = packed[0] if isinstance(packed, list) and packed else packed
    rtf = decompressed(first) if isinstance(first, bytes) else b""
    if not rtf:
        return None
    return str(rtf_to_text(rtf.decode("cp1252", "replace"), errors="replace"))[:MOST_TEXT]  # type: ignore[no-untyped-call]


def decompressed(packed: bytes) -> bytes:
    """RTF as Outlook packs it ([MS-OXRTFCP])."""
    _, whole, kind, _ = struct.unpack_from("<IIII", packed)
    if kind == 0x414C454D:
        return packed[16 : 16 + whole]
    out = bytearray(_RTF_START)
    at = 16
    while at < len(packed) and len(out) < MOST_TEXT * 10:
        flags = packed[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += packed[at : at + 1]
                at += 1
                continue
            if at + 2 > len(packed) or not _copied(out, int.from_bytes(packed[at : at + 2])):
                return bytes(out[len(_RTF_START) :])
            at += 2
    return bytes(out[len(_RTF_START) :])


def _copied(out: bytearray, token: int) -> bool:
    """Repeat what stands in the window of 4096 bytes; the place where writing goes on means the end."""
    back = (len(out) - (token >> 4)) % 4096
    if back == 0 or back > len(out):
        return False
    for _ in range((token & 15) + 2):
        out.append(out[-back])
    return True


KINDS: dict[str, Callable[[bytes], Said]] = {"pdf": pdf, "tnef": tnef}


def main() -> None:
    """Read one file within the limits."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    logging.disable()
    json.dump(KINDS[sys.argv[1]](sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
