"""Bytes to a tree of parts, within limits: the only place that looks for headers and boundaries."""

import re
from dataclasses import dataclass, field

from dplmaild.reading.mime.headers import header_text, parameters
from dplmaild.reading.mime.transfer import decode_transfer

MAX_BYTES = 40_000_000  # of a mail; more is left unread
MAX_HEAD = 524_288  # bytes of one header block
MAX_HEADERS = 2_000
MAX_DEPTH = 40  # multiparts and mails inside one another
MAX_PARTS = 1_000
MAX_SEALED = 5  # S/MIME envelopes opened

# Who is believed hangs on these: they are compared as they came, and never repaired into something else.
COMPARED = frozenset({"from", "received", "authentication-results", "arc-authentication-results"})
_GAP = "\ufffd"

_BLANK = re.compile(rb"\n\r?\n")
_NAME = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:")
_TYPE = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,120}")
_GUESSED_BOUNDARY = re.compile(rb"^--([^\s\x00-\x20-][^\s]{5,80}|-{1,40}[^\s-][^\s]{5,80})[ \t]*\r?\n", re.MULTILINE)
_ALIASES = {"text": "text/plain", "html": "text/html", "plain": "text/plain"}


@dataclass(slots=True)
class Part:
    """One MIME part: its headers as text (encoded words left), its raw body, its parts."""

    headers: list[tuple[str, str]]
    body: bytes
    content_type: str = "text/plain"
    type_parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    name: str = ""
    parts: list["Part"] = field(default_factory=list)

    def header(self, name: str) -> str:
        """The first header of that name (lower case), "" when absent."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def content(self) -> tuple[bytes, bool]:
        """The body without its transfer encoding, and whether that was as declared."""
        return decode_transfer(self.body, self.header("content-transfer-encoding"))


@dataclass(slots=True)
class Limits:
    """What is left of the limits while one mail is taken apart, and what was wrong with it."""

    parts: int = MAX_PARTS
    sealed: int = MAX_SEALED
    defects: list[str] = field(default_factory=list)

    def note(self, defect: str) -> None:
        """Remember a defect once."""
        if defect not in self.defects:
            self.defects.append(defect)


def part_of(raw: bytes, limits: Limits, depth: int = 0, default: str = "text/plain") -> Part:
    """The part that these bytes are, its multiparts opened; a mail inside stays closed bytes."""
    headers, body = split_head(raw, limits)
    part = Part(headers, body)
    _type(part, default)
    if part.content_type.startswith("multipart/"):
        _open(part, limits, depth)
    return part


def split_head(raw: bytes, limits: Limits) -> tuple[list[tuple[str, str]], bytes]:
    """The header lines and the body below them."""
    if raw.startswith((b"\n", b"\r\n")):
        return [], raw.partition(b"\n")[2]
    blank = _BLANK.search(raw, 0, MAX_HEAD)
    end = blank.start() + 1 if blank else min(len(raw), MAX_HEAD)
    if blank is None and len(raw) > MAX_HEAD:
        limits.note("headers too long")
    headers, used = _header_lines(raw[:end], limits)
    if used < end:
        return headers, raw[used:]
    return headers, raw[blank.end() if blank else end :]


def _header_lines(head: bytes, limits: Limits) -> tuple[list[tuple[str, str]], int]:
    """The headers, and how far the header block really goes."""
    found: list[tuple[str, list[bytes]]] = []
    at = 0
    lines = head.split(b"\n")
    for number, line in enumerate(lines[: MAX_HEADERS * 5]):
        name = _NAME.match(line)
        if line[:1] in (b" ", b"\t") and found:
            found[-1][1].append(line)
        elif name:
            found.append((name[1].decode("ascii"), [line[name.end() :]]))
        elif line.strip() and not (line.startswith((b"From ", b">From ")) and not found):
            limits.note("header line unreadable")
            if not found or not any(_NAME.match(later) for later in lines[number + 1 : number + 20]):
                return _as_text(found), at
        at += len(line) + 1
    if len(found) > MAX_HEADERS:
        limits.note("too many headers")
    return _as_text(found[:MAX_HEADERS]), len(head)


def _as_text(found: list[tuple[str, list[bytes]]]) -> list[tuple[str, str]]:
    charset = _body_charset(found)
    return [(name, _value(name.lower(), b"\n".join(lines), charset)) for name, lines in found]


def _value(name: str, raw: bytes, charset: str | None) -> str:
    return header_text(raw, _GAP) if name in COMPARED else header_text(raw, charset=charset)


def _body_charset(found: list[tuple[str, list[bytes]]]) -> str | None:
    """What the body is written in, where a header has bytes that no charset was told for."""
    if all(line.isascii() for _, lines in found for line in lines):
        return None
    declared = next((b"".join(lines) for name, lines in found if name.lower() == "content-type"), b"")
    return parameters(declared[:2_000].decode("latin-1"))[1].get("charset")


def _type(part: Part, default: str) -> None:
    declared, part.type_parameters = parameters(part.header("content-type"))
    declared = declared.partition("(")[0].replace(" ", "")  # behind it stands a comment
    declared = _ALIASES.get(declared, declared)
    part.disposition, named = parameters(part.header("content-disposition"))
    part.name = named.get("filename") or part.type_parameters.get("name", "")
    if _TYPE.fullmatch(declared):
        part.content_type = declared
    else:
        part.content_type = "application/octet-stream" if declared and part.name else default


def _open(part: Part, limits: Limits, depth: int) -> None:
    """Take a multipart apart; without a usable boundary its body stays text."""
    if depth >= MAX_DEPTH:
        limits.note("nested too deep")
        return
    bodies = _between(part.body, part.type_parameters.get("boundary", ""), limits)
    if not bodies:
        guessed = _GUESSED_BOUNDARY.search(part.body)
        limits.note("boundary missing")
        bodies = _between(part.body, guessed[1].decode("latin-1"), limits) if guessed else []
    inner = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for body in bodies:
        if limits.parts <= 0:
            limits.note("too many parts")
            break
        limits.parts -= 1
        part.parts.append(part_of(body, limits, depth + 1, inner))
    if not part.parts:
        part.content_type = "text/plain"


def _between(body: bytes, boundary: str, limits: Limits) -> list[bytes]:
    """What stands between the boundary lines; an unclosed last part counts."""
    if not boundary:
        return []
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    bodies: list[bytes] = []
    start = -1
    at = body.find(mark)
    while at != -1 and len(bodies) <= MAX_PARTS:
        end = body.find(b"\n", at)
        line = body[at + len(mark) : end if end != -1 else len(body)]
        rest = line.strip(b" \t\r") if len(line) < 1000 else b"?"
        if (at == 0 or body[at - 1 : at] == b"\n") and rest in (b"", b"--"):
            if start != -1:
                bodies.append(_without_last_break(body[start:at]))
            start = -1 if rest else (end + 1 if end != -1 else len(body))
            if rest:
                return bodies
        at = body.find(mark, end if end != -1 else len(body))
    if start != -1:
        limits.note("multipart unclosed")
        bodies += _unclosed(body[start:].rstrip(), mark)
    return bodies


def _unclosed(last: bytes, mark: bytes) -> list[bytes]:
    """The last part of a multipart that nothing closes, or whose closing line is glued to its words."""
    last = last.removesuffix(mark + b"--")
    return [last] if last else []


def _without_last_break(body: bytes) -> bytes:
    return body.removesuffix(b"\n").removesuffix(b"\r")
