"""Files that stand in the middle of a plain text: uuencode and yEnc. What does not decode stays text."""

import binascii
import re

from dplmaild.reading.mime.message import Attachment

MAX_FILES = 50

_UU_BEGIN = re.compile(rb"begin [0-7]{3,4} ([^\r\n]{1,200})")
_Y_NAME = re.compile(rb" name=([^\r\n]{1,200})")
_Y_ESCAPED = re.compile(rb"=(.)", re.DOTALL)
_Y_SHIFT = bytes((byte - 42) % 256 for byte in range(256))


def taken_out(content: bytes) -> tuple[bytes, list[Attachment]]:
    """The text without the files in it, and the files."""
    if b"begin " not in content:
        return content, []
    kept: list[bytes] = []
    files: list[Attachment] = []
    lines = content.split(b"\n")
    at = 0
    while at < len(lines):
        file, after = _file(lines, at) if len(files) < MAX_FILES else (None, at + 1)
        if file is None:
            kept.append(lines[at])
            at += 1
        else:
            files.append(file)
            at = after
    return b"\n".join(kept), files


def _file(lines: list[bytes], at: int) -> tuple[Attachment | None, int]:
    line = lines[at]
    begins = _UU_BEGIN.match(line)
    if begins:
        return _uu(lines, at + 1, begins[1])
    named = _Y_NAME.search(line) if line.startswith(b"=ybegin ") else None
    return _yenc(lines, at + 1, named[1]) if named else (None, at + 1)


def _uu(lines: list[bytes], at: int, name: bytes) -> tuple[Attachment | None, int]:
    content: list[bytes] = []
    for number in range(at, len(lines)):
        line = lines[number].rstrip(b"\r")
        if line == b"end":
            return _attachment(name, content), number + 1
        try:
            content.append(binascii.a2b_uu(line))
        except binascii.Error:
            break  # prose that begins like a file
    return None, at


def _yenc(lines: list[bytes], at: int, name: bytes) -> tuple[Attachment | None, int]:
    content: list[bytes] = []
    for number in range(at, len(lines)):
        line = lines[number].rstrip(b"\r")
        if line.startswith(b"=yend"):
            return _attachment(name, content), number + 1
        if line.startswith((b"=ybegin ", b"begin ")):
            break
        if not line.startswith(b"=ypart "):
            escaped = _Y_ESCAPED.sub(lambda found: bytes([(found[1][0] - 64) % 256]), line)
            content.append(escaped.translate(_Y_SHIFT))
    return None, at


def _attachment(name: bytes, content: list[bytes]) -> Attachment | None:
    whole = b"".join(content)
    told = name.decode("utf-8", "replace").strip().strip('"')
    return Attachment(told, "application/octet-stream", whole) if whole else None
