"""Taking the readable part of a large message file, one line in memory at a time."""

import sys
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from typing import BinaryIO

from dplmaild.channels.large import SMALL, Luggage, Part

_LINE = 64 * 1024
_HEADER_LIMIT = 256 * 1024
_MANY = 100
_ATTACHMENT = SMALL * 78 // 57 + 256
"""A readable attachment is at most so long as base64."""


def shrunk(file: BinaryIO, limit: int, size: int | None = None) -> tuple[bytes, tuple[str, ...]]:
    """A smaller valid message of headers, text and small attachments, and the names of what was left out.

    Of a file that grows no more than `size` bytes are read.
    """
    return _Shrinking(file, limit, size).done()


class _Shrinking:
    """One pass over one file. A leaf is held back until its end is seen, since only then its size is known."""

    def __init__(self, file: BinaryIO, limit: int, size: int | None) -> None:
        self._lines = _lines(file, size)
        self._limit = limit
        self._luggage = Luggage(limit)
        self._boundaries: set[bytes] = set()
        self._written: set[bytes] = set()
        self._out: list[bytes] = []
        self._left_out: list[str] = []
        self._leaves = 0

    def done(self) -> tuple[bytes, tuple[str, ...]]:
        """Read the file to its end."""
        delimiter: bytes | None = b""
        while delimiter is not None:
            delimiter = self._part(delimiter)
        return b"".join(self._out), tuple(self._left_out)

    def _part(self, delimiter: bytes) -> bytes | None:
        """One part behind its delimiter line; gives the delimiter of the next one, None at the end of the file."""
        head = delimiter + self._header()
        described = BytesHeaderParser(policy=policy.compat32).parsebytes(head[len(delimiter) :])
        boundary = described.get_boundary()
        if described.get_content_maintype() == "multipart" and boundary and len(self._boundaries) < _MANY:
            self._boundaries.add(b"--" + boundary.encode("utf-8", "surrogateescape"))
            self._written.add(delimiter.rstrip(b" \t\r\n"))
            self._out.append(head)
            return self._skipped()
        return self._leaf(head, described, delimiter)

    def _header(self) -> bytes:
        lines: list[bytes] = []
        size = 0
        for line in self._lines:
            if not line.strip(b"\r\n"):
                return b"".join([*lines, line])
            size += len(line)
            if size <= _HEADER_LIMIT:
                lines.append(line)
        return b"".join([*lines, b"\n"])

    def _skipped(self) -> bytes | None:
        """Go on to the next part: preambles and epilogues hold nothing."""
        for line in self._lines:
            bare = line.rstrip(b" \t\r\n")
            if bare in self._boundaries:
                return line
            self._close(bare)
        return None

    def _leaf(self, head: bytes, described: Message, delimiter: bytes) -> bytes | None:
        room = self._limit if _part_of(described, 0).is_text else _ATTACHMENT
        kept: list[bytes] = []
        size = held = 0
        end = b""
        for line in self._lines:
            if line.startswith(b"--") and line.rstrip(b" \t\r\n").removesuffix(b"--") in self._boundaries:
                end = line
                break
            size += len(line)
            if held + len(line) <= room:
                held += len(line)
                kept.append(line)
        self._settle(head, b"".join(kept), _part_of(described, size), delimiter)
        bare = end.rstrip(b" \t\r\n")
        if bare in self._boundaries:
            return end
        self._close(bare)
        return self._skipped()

    def _settle(self, head: bytes, kept: bytes, part: Part, delimiter: bytes) -> None:
        """Take the leaf along, or as much of a text as fits, or leave it out; the message's own header always stays."""
        self._leaves += 1
        taken = self._luggage.take(part) if self._leaves <= _MANY else 0
        body = kept[:taken]
        if taken or not delimiter or not part.size:
            self._written.add(delimiter.rstrip(b" \t\r\n"))
            self._out += [head, body if body.endswith(b"\n") else body + b"\n"]
        if len(body) < part.size:
            self._left_out.append(part.left_out(part.size - len(body) if body else None))

    def _close(self, bare: bytes) -> None:
        """Write the end of a multipart; one that lost all its parts gets an empty text, or it would not be valid."""
        opened = bare.removesuffix(b"--")
        if bare == opened or opened not in self._boundaries:
            return
        stub = b"" if opened in self._written else opened + b"\n\n\n"
        self._out.append(stub + bare + b"\n")


def _lines(file: BinaryIO, size: int | None) -> Iterator[bytes]:
    """Lines of at most 64 KB; the rest of a longer one never looks like a delimiter."""
    whole, left = True, size if size is not None else sys.maxsize
    while line := file.readline(min(_LINE, left)):
        left -= len(line)
        yield line if whole or not line.startswith(b"--") else b" " + line
        whole = line.endswith(b"\n")


def _part_of(described: Message, size: int) -> Part:
    try:
        name = str(make_header(decode_header(described.get_filename() or "")))
        encoding = str(described.get("Content-Transfer-Encoding", "")).strip().lower()
        attached = described.get_content_disposition() == "attachment"
        return Part(described.get_content_type(), name, attached, encoding, size)
    except (LookupError, ValueError, TypeError, AttributeError):
        return Part("application/octet-stream", "", attached=True, encoding="", size=size)
