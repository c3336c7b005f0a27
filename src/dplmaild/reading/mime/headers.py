"""Header lines to text: folding, encoded words (RFC 2047), parameters (RFC 2231), raw 8-bit bytes."""

import binascii
import re
from urllib.parse import unquote_to_bytes

from dplmaild.reading.mime.charsets import decode_text
from dplmaild.reading.mime.transfer import base64_pieces

MAX_VALUE = 65_536  # bytes of one header that are read
MAX_PARAMETERS = 100

_WORD_START = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?")
_PARAMETER_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|;|[^";]+', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def header_text(raw: bytes, gap: str = "", charset: str | None = None) -> str:
    """The value as text on one line, encoded words not yet decoded; `gap` stands where a control character was.

    `charset` is the one that the body names: raw 8-bit headers mostly come in it.
    """
    text, _ = decode_text(raw[:MAX_VALUE], None if raw.isascii() else charset)
    if "\n" in text:
        text = _unfolded(text)
    return _CONTROL.sub(gap, text.replace("\r", " ")).strip()


def _unfolded(text: str) -> str:
    """Folded lines as one, a blank for each break and what stands around it."""
    *lines, last = text.split("\n")
    first, *others = (*(line.removesuffix("\r").rstrip(" \t") for line in lines), last)
    return " ".join([first, *(line.lstrip(" \t") for line in others)])


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; what cannot be decoded stays as written."""
    if "=?" not in text:
        return text
    done: list[str] = []
    pending: list[
        tuple[str, bytes]
    ] = []  # neighbouring words: a character may be split between two of the same charset
    at = 0
    for start, end, charset, content in _words(text):
        between = text[at:start]
        if between.strip() or not (pending or done):
            done.append(_joined(pending) + between)
            pending = []
        pending.append((charset, content))
        at = end
    return _CONTROL.sub("", "".join(done) + _joined(pending) + text[at:]).replace("\r", "").replace("\n", " ")


def _words(text: str) -> list[tuple[int, int, str, bytes]]:
    """Every encoded word: start, end, charset, bytes. One pass: each search goes on where the last one ended."""
    found = []
    at = text.find("=?")
    while at != -1:
        opened = _WORD_START.match(text, at)
        end = text.find("?=", opened.end()) if opened else -2
        if opened is None:
            at = text.find("=?", at + 2)
            continue
        if end == -1:
            break
        inner = text.rfind("=?", opened.end(), end)
        if inner != -1 and _WORD_START.match(text, inner):
            at = inner
            continue
        found.append((at, end + 2, opened[1], _word_bytes(opened[2], text[opened.end() : end])))
        at = text.find("=?", end + 2)
    return found


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b"\n", b""), header=True)
    return base64_pieces(raw)


def _joined(words: list[tuple[str, bytes]]) -> str:
    """Neighbouring words as text, those of one charset decoded together."""
    text = []
    at = 0
    while at < len(words):
        charset = words[at][0]
        end = at
        while end < len(words) and words[end][0].lower() == charset.lower():
            end += 1
        text.append(decode_text(b"".join(content for _, content in words[at:end]), charset)[0])
        at = end
    return "".join(text)


def parameters(text: str) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon (lower case) and its parameters, RFC 2231 pieces put together."""
    main, *rest = _pieces(text)
    raw: dict[str, str] = {}
    for piece in rest[:MAX_PARAMETERS]:
        name, equals, value = piece.partition("=")
        if equals:
            raw.setdefault(name.strip().lower(), _unquoted(value))
    return main.strip().lower(), _put_together(raw)


def _pieces(text: str) -> list[str]:
    """The text cut at semicolons that stand outside quotes."""
    pieces = [""]
    for found in _PARAMETER_TOKEN.findall(text):
        if found == ";":
            pieces.append("")
        else:
            pieces[-1] += found
    return pieces


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        inner = value[1:].partition('"')[0] if "\\" not in value else value[1:].removesuffix('"')
        return _ESCAPED.sub(r"\1", inner)
    return value


def _put_together(raw: dict[str, str]) -> dict[str, str]:
    whole = {name: decode_words(value) for name, value in raw.items() if "*" not in name}
    extended: dict[str, list[tuple[int, bool, str]]] = {}
    for name, value in raw.items():
        base, star, place = name.partition("*")
        if star:
            number = place.rstrip("*")
            order = int(number) if number.isdecimal() and len(number) < 4 else 0
            extended.setdefault(base, []).append((order, name.endswith("*"), value))
    for base, pieces in extended.items():
        whole[base] = _extended_value(sorted(pieces))
    return whole


def _extended_value(pieces: list[tuple[int, bool, str]]) -> str:
    charset = None
    content = b""
    for at, (_, encoded, text) in enumerate(pieces):
        value = text
        if at == 0 and encoded and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw = value.encode("utf-8", "surrogateescape")
        content += unquote_to_bytes(raw) if encoded else raw
    return _CONTROL.sub("", decode_text(content, charset)[0])
