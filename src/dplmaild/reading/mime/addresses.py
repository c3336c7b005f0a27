"""Address headers to mailboxes: quoted names, comments, groups, Outlook's semicolons, one pass."""

import re
from dataclasses import dataclass, field

from dplmaild.reading.mime.charsets import strip_invisible
from dplmaild.reading.mime.headers import decode_words
from dplmaild.reading.mime.message import Mailbox

MAX_MAILBOXES = 2_000

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\([^()]*\)|<[^<>]*>|[,;:]|[^",;:(<]+|.', re.DOTALL)
_ASIDE = re.compile(r'"(?:[^"\\]|\\.)*(?P<closed>"?)|\([^()]*\)', re.DOTALL)
_COMMENT = re.compile(r"\([^()]*\)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\x00-\x1f\x7f]{1,64}@[^\s@<>(),;:\"\\\x00-\x1f\x7f]{1,253}")
_BARE = re.compile(r"\S{1,400}")


@dataclass(slots=True)
class _Piece:
    """What stands between two separators."""

    words: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    addressed: bool = False  # an address stands in it


def mailboxes(text: str) -> tuple[Mailbox, ...]:
    """Every mailbox of an address header; what cannot be read as an address has an empty one."""
    balanced = text if text.count('"') % 2 == 0 else text.replace('"', " ")
    found: list[Mailbox] = []
    piece = _Piece()
    for piece_text in _TOKEN.findall(balanced):
        if piece_text in ",;":
            if not piece.addressed and piece_text == ",":
                piece.words.append(",")  # `Doe, Jane <jane@example.com>`: the comma belongs to the name
                continue
            found += _read(piece)
            piece = _Piece()
        elif piece_text == ":":
            piece = _Piece()  # a group's name, or `mailto`
        else:
            _add(piece, piece_text)
        if len(found) >= MAX_MAILBOXES:
            break
    return tuple(found[:MAX_MAILBOXES]) + (_read(piece) if len(found) < MAX_MAILBOXES else ())


def is_plain(text: str, address: str) -> bool:
    """Whether a From can be read in one way only: one address, no group, no route, nothing behind it.

    Another server may read the rest differently, and it is that server's word which is believed (MSG-5).
    """
    outside = _ASIDE.sub(_left_out, text)
    name, opened, rest = outside.partition("<")
    if not opened:
        return bool(address) and outside.strip(" \t,;").lower() == address
    inside, closed, behind = rest.partition(">")
    named = {word.strip("'").lower() for word in name.split() if "@" in word}
    return bool(closed) and inside.strip().lower() == address != "" and not behind.strip(" \t,;") and named <= {address}


def _left_out(aside: re.Match[str]) -> str:
    """A blank for a quoted name or a comment; a quote that nothing closes stays, without the comments in it."""
    opened = aside[0].startswith('"') and not aside["closed"]
    return _COMMENT.sub(" ", aside[0]) if opened else " "


def _add(piece: _Piece, piece_text: str) -> None:
    if piece_text[0] == '"' and len(piece_text) > 1:
        piece.words.append(
            _ESCAPED.sub(r"\1", piece_text[1:].removesuffix('"')).replace("@", "\uff20")
        )  # a quoted @ is never the address
    elif piece_text[0] == "(" and len(piece_text) > 1:
        piece.comments.append(piece_text[1:-1])
    elif piece_text[0] == "<" and len(piece_text) > 1:
        piece.angles.append(piece_text[1:-1])
        piece.addressed = True
    elif piece_text.strip():
        piece.words.append(piece_text)
        piece.addressed = piece.addressed or "@" in piece_text


def _read(piece: _Piece) -> tuple[Mailbox, ...]:
    if piece.angles:
        name = _name(" ".join(piece.words))
        return tuple(Mailbox(_address(angle), name) for angle in piece.angles)
    bare = [word for text in piece.words for word in _BARE.findall(text) if "@" in word]
    name = _name(" ".join(piece.comments))
    if bare:
        return tuple(Mailbox(_address(word), name) for word in bare)
    words = _name(" ".join(piece.words))
    return (Mailbox("", words),) if words else ()


def _name(text: str) -> str:
    decoded = strip_invisible(decode_words(" ".join(text.split()))).replace("\uff20", "@")
    return decoded.strip(" ,'\t").replace(" ,", ",")


def _address(text: str) -> str:
    """The bare address in lower case, or an empty one; a route or `mailto:` in front is dropped."""
    clean = text.strip(" \t'\"").rpartition(":")[2].strip()
    lowered = clean.lower()
    # The Kelvin sign has a plain k as its small letter: what was no ASCII must not become an address that is.
    return lowered if _ADDRESS.fullmatch(clean) and lowered.isascii() == clean.isascii() else ""
