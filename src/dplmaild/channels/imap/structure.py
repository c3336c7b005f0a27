"""The skeleton of a large message (BODYSTRUCTURE), what of it is fetched, and how that becomes a smaller message."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, decode_params, unquote
from typing import Any

from dplmaild.channels.large import Luggage, Part

HEADER_LIMIT = 256 * 1024
MIME_LIMIT = 16 * 1024
_DEEP = 20
_MANY = 100
_CRLF = b"\r\n"


class NoSkeletonError(ValueError):
    """The server's description of the message cannot be followed."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part without parts; `section` is its IMAP number ("1.2"), TEXT for a message that is one part."""

    section: str
    part: Part


@dataclass(frozen=True, slots=True)
class Branch:
    """A multipart; `section` is empty for the message itself."""

    section: str
    boundary: str
    children: tuple["Branch | Leaf", ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch of each leaf, in bytes by section, and the names of what stays."""

    taken: Mapping[str, int]
    left_out: tuple[str, ...]

    def sections(self, tree: Branch | Leaf) -> Iterator[tuple[str, int]]:
        """Every section to fetch, with the most bytes to take of it."""
        yield "HEADER", HEADER_LIMIT
        for node in _nodes(tree):
            if node.section not in ("", "TEXT") and _holds(node, self.taken):
                yield f"{node.section}.MIME", MIME_LIMIT
        yield from self.taken.items()


def skeleton(body: Any) -> Branch | Leaf:
    """BODYSTRUCTURE, as imapclient gives it, as a tree; raises NoSkeletonError for nonsense and depths over 20."""
    try:
        return _node(body, "", 0)
    except NoSkeletonError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise NoSkeletonError(str(error)) from error


def plan(tree: Branch | Leaf, limit: int) -> Plan:
    """Text first come, small attachments likewise, each up to `limit` bytes; at most a hundred leaves."""
    luggage = Luggage(limit)
    taken: dict[str, int] = {}
    left_out: list[str] = []
    for leaf in (node for node in _nodes(tree) if isinstance(node, Leaf)):
        size = luggage.take(leaf.part) if len(taken) < _MANY else 0
        if size or not leaf.part.size:
            taken[leaf.section] = max(size, 1)
        if size < leaf.part.size:
            left_out.append(leaf.part.left_out(leaf.part.size - size if size else None))
    return Plan(taken, tuple(left_out))


def assembled(tree: Branch | Leaf, pieces: Mapping[str, bytes]) -> bytes:
    """A whole, smaller message of the fetched pieces; what was left out has vanished with its part."""
    return _header(pieces.get("HEADER", b"")) + _content(tree, pieces)


def _content(node: Branch | Leaf, pieces: Mapping[str, bytes]) -> bytes:
    if isinstance(node, Leaf):
        return pieces.get(node.section, b"")
    delimiter = b"--" + node.boundary.encode("utf-8", "replace")
    kept = [child for child in node.children if _holds(child, pieces)]
    parts = [_header(pieces.get(f"{child.section}.MIME", b"")) + _content(child, pieces) for child in kept]
    # A multipart without parts is no valid message: an empty text stands for them.
    body = b"".join(delimiter + _CRLF + part + _CRLF for part in parts or [_CRLF])
    return body + delimiter + b"--" + _CRLF


def _header(lines: bytes) -> bytes:
    """A header as fetched, ended by an empty line also where it was cut; some servers end lines by LF alone."""
    if lines in (b"", _CRLF, b"\n") or lines.endswith((_CRLF * 2, b"\n\n")):
        return lines or _CRLF
    return lines[: lines.rfind(b"\n") + 1] + _CRLF


def _holds(node: Branch | Leaf, taken: Mapping[str, object]) -> bool:
    if isinstance(node, Leaf):
        return node.section in taken
    return any(_holds(child, taken) for child in node.children)


def _nodes(node: Branch | Leaf) -> Iterator[Branch | Leaf]:
    yield node
    if isinstance(node, Branch):
        for child in node.children:
            yield from _nodes(child)


def _node(body: Any, section: str, depth: int) -> Branch | Leaf:
    if depth > _DEEP:
        raise NoSkeletonError("parts within parts beyond all reason")
    if not body.is_multipart:
        return Leaf(section or "TEXT", _part(body))
    boundary = _parameters(body[2]).get("boundary", "")
    if not boundary:
        raise NoSkeletonError("a multipart without a boundary")
    prefix = f"{section}." if section else ""
    children = tuple(_node(child, f"{prefix}{n}", depth + 1) for n, child in enumerate(body[0], 1))
    return Branch(section, boundary, children)


def _part(body: Any) -> Part:
    kind = f"{_text(body[0])}/{_text(body[1])}".lower()
    # Behind the size stand the lines of a text, or envelope, structure and lines of an attached message; then the hash.
    extra = 1 if kind.startswith("text/") else 3 if kind == "message/rfc822" else 0
    placed, file_name = _disposition(body[8 + extra] if len(body) > 8 + extra else None)
    name = file_name or _name(_parameters(body[2]), "name")
    return Part(kind, name, placed == "attachment", _text(body[5]).lower(), int(body[6] or 0))


def _disposition(told: Any) -> tuple[str, str]:
    """How a part is placed (inline, attachment), and its file name."""
    if isinstance(told, tuple):
        return _text(told[0]).lower(), _name(_parameters(told[1]), "filename")
    header = Message()  # some servers hand over the header's text instead of its parts
    header["Content-Disposition"] = _text(told)
    return header.get_content_disposition() or "", header.get_filename() or ""


def _parameters(pairs: Any) -> dict[str, str]:
    """Parameters by lower-case name; those in pieces or in another charset (RFC 2231) put together."""
    if not isinstance(pairs, tuple):
        return {}
    written = [(_text(key), _text(value)) for key, value in zip(pairs[::2], pairs[1::2], strict=False)]
    parameters: dict[str, str] = {}
    for key, value in decode_params([("", ""), *written])[1:]:
        spelled = value if isinstance(value, str) else (value[0], value[1], unquote(value[2]))
        parameters[key.lower()] = collapse_rfc2231_value(spelled)
    return parameters


def _name(parameters: Mapping[str, str], key: str) -> str:
    name = parameters.get(key, "")
    try:
        return str(make_header(decode_header(name)))
    except (LookupError, ValueError):
        return name


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)
