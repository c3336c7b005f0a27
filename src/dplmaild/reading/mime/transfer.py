"""Content-Transfer-Encoding, decoded as far as the bytes allow."""

import binascii
import re
import string

_ALPHABET = (string.ascii_letters + string.digits + "+/").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_ALPHABET) - {ord("=")})
_LETTER = re.compile(rb"[A-Za-z0-9+/=]")
_PLAIN_WORDS = re.compile(rb"[A-Za-z]{1,30} [A-Za-z]{1,30}")
_COMMENT = re.compile(r"\([^()]{0,200}\)")


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, bool]:
    """The content, and whether it was encoded as its header says."""
    name = _COMMENT.sub("", encoding).strip(" \t;\"'").lower()
    if name == "base64":
        return _base64(body)
    if name == "quoted-printable":
        return binascii.a2b_qp(body), True
    if name in ("x-uuencode", "uuencode", "x-uue"):
        return _uu(body)
    return body, name in ("", "7bit", "8bit", "binary")


def _base64(body: bytes) -> tuple[bytes, bool]:
    """Base64 with its dirt; words in clear (a list's footer, a wrong label) are kept as they stand."""
    words = _PLAIN_WORDS.search(body) if b" " in body else None
    if words is None:
        return base64_pieces(body), True
    end = body.rfind(b"\n", 0, words.start()) + 1
    ruler = body.rfind(b"\n", 0, max(end - 1, 0)) + 1
    if end and not _LETTER.search(body, ruler, end):
        end = ruler  # the dashes above a footer belong to it
    clear = body[end:]
    return base64_pieces(body[:end]) + (b"\n" + clear if end else clear), False


def base64_pieces(body: bytes) -> bytes:
    """The bytes of a base64 text, as many as are whole; what stands for nothing in it is passed over."""
    pieces = body.translate(None, _NOT_BASE64).split(b"=")
    return b"".join(_piece(piece) for piece in pieces if piece)


def _piece(piece: bytes) -> bytes:
    whole = piece[:-1] if len(piece) % 4 == 1 else piece
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _uu(body: bytes) -> tuple[bytes, bool]:
    lines = body.splitlines()
    start = next((at + 1 for at, line in enumerate(lines) if line.startswith(b"begin ")), None)
    if start is None:
        return body, False
    decoded = []
    for line in lines[start:]:
        if line.strip() in (b"end", b"`"):
            break
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            return body, False
    return b"".join(decoded), True
