"""What stands under an opaque S/MIME signature (RFC 8551 3.5.2): read, not verified.

Nothing is believed for it: who speaks is still decided by the outer headers. Only the shell is walked, five elements
deep, in the definite and the indefinite lengths that mail programs write.
"""

from dataclasses import dataclass

MAX_PIECES = 50_000  # of a content that was written in pieces

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_PLAIN_DATA = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _SET, _NAME, _INTEGER, _BYTES, _PIECES, _EXPLICIT = 0x30, 0x31, 0x06, 0x02, 0x04, 0x24, 0xA0


class _NotSignedError(Exception):
    """These bytes are no signed content."""


@dataclass(slots=True)
class _Walk:
    content: bytes
    at: int = 0

    def enter(self, tag: int) -> int | None:
        """Step over the tag and length of an element; its length, None where it is indefinite."""
        if self.content[self.at : self.at + 1] != bytes([tag]) or self.at + 2 > len(self.content):
            raise _NotSignedError
        first = self.content[self.at + 1]
        self.at += 2
        if first < 0x80:
            return first
        count = first & 0x7F
        if count > 4:
            raise _NotSignedError
        self.at += count
        return int.from_bytes(self.content[self.at - count : self.at]) if count else None

    def value(self, tag: int) -> bytes:
        """A whole element of known length."""
        length = self.enter(tag)
        if length is None or self.at + length > len(self.content):
            raise _NotSignedError
        self.at += length
        return self.content[self.at - length : self.at]

    def pieces(self) -> bytes:
        """A string of bytes, written at once or in pieces."""
        if self.content[self.at : self.at + 1] != bytes([_PIECES]):
            return self.value(_BYTES)
        length = self.enter(_PIECES)
        end = len(self.content) if length is None else self.at + length
        found: list[bytes] = []
        while self.at < end and self.content[self.at : self.at + 1] == bytes([_BYTES]) and len(found) < MAX_PIECES:
            found.append(self.value(_BYTES))
        whole = self.at == end if length is not None else self.content[self.at : self.at + 2] == b"\0\0"
        if not whole:
            raise _NotSignedError  # cut off: half a version number would be read as a whole one
        return b"".join(found)


def signed_content(envelope: bytes) -> bytes | None:
    """The part that was signed; empty where it is elsewhere, None where these bytes are no signature."""
    try:
        return _content(_Walk(envelope))
    except _NotSignedError:
        return None


def _content(walk: _Walk) -> bytes:
    walk.enter(_SEQUENCE)
    if walk.value(_NAME) != _SIGNED_DATA:
        raise _NotSignedError
    walk.enter(_EXPLICIT)
    walk.enter(_SEQUENCE)
    walk.value(_INTEGER)
    walk.value(_SET)  # the digests' names
    walk.enter(_SEQUENCE)
    if walk.value(_NAME) != _PLAIN_DATA:
        raise _NotSignedError
    if walk.content[walk.at : walk.at + 1] != bytes([_EXPLICIT]):
        return b""
    walk.enter(_EXPLICIT)
    return walk.pieces()
