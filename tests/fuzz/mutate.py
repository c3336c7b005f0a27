"""One damaged mail per number: the same number and corpus always give the same bytes."""

from collections.abc import Callable, Sequence
from random import Random

LARGEST = 150_000  # bytes of a mutant
_STEPS = 4  # damages at most, one upon the other

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]

_CHARSETS = (
    b"utf-8", b"iso-8859-1", b"windows-1252", b"utf-16", b"utf-7", b"iso-2022-jp", b"koi8-r", b"gb18030", b"x-unknown",
    b"us-ascii", b"", b"\xff",
)  # fmt: skip
_HEADERS = (
    b"Content-Type: multipart/mixed", b"Content-Type: text/html; charset=utf-7",
    b"Content-Type: multipart/alternative; boundary=",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Type: message/rfc822",
    b"Subject: =?utf-8?B?////?=", b"From: a@b, c@d", b"From: ",
    b"Date: 99 Foo 2026 25:61:61 +9999", b"To: " + b"<" * 200,     b"Auto-Submitted: auto-replied",
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=x.xlsx",
    b"Content-Type: application/ms-tnef; name=winmail.dat",
    b"Content-Type: application/pkcs7-mime; smime-type=signed-data",
    b"References: " + b"<x@y> " * 300,
    b"X: " + b"a" * 5000,
)  # fmt: skip
_TAGS = (
    b"<table><tr><td>", b"</td></tr></table>", b"<div style='display:none'>", b"<blockquote type=cite>", b"<s>",
    b"</s>", b"<ul><li>",
    b"<!--", b"-->", b"<![CDATA[", b"<td colspan=99999 rowspan=99999>",
    b"<style>*{display:none}</style>", b"&#0;&#x110000;&amp",
    b"<div class=gmail_quote>",
    b"<hr id=stopSpelling>", b"<p class=MsoNormal>", b"<br>", b"<pre>", b"<input type=checkbox checked>",
)  # fmt: skip
_WORDS = (
    "Target version: 11.0.3\n", "DBMigrate: yes (a, b)\n", "> ", ">" * 500, "\n" * 300, ": " * 400,
    "On Monday, Ann wrote:\n",     "-----Original Message-----\nFrom: a\nSent: b\nTo: c\nSubject: d\n",
    "next Tuesday at ten ", "31.12.2026 25:00 ", "/start\n",     "\u202e\u200b\u00ad",
    "\u0130\u0131\ufb01\u1e9e", "\U0001f4a9" * 50, "e" + "\u0301" * 300, "٣٤٥ १२३ ",
    "| a | b |\n|---|---|\n",     "[DPL-2026-0001]", "---- dplmaild form ----\n", "- [x] ",
    "1.2.3.4.5.6.7.8.9.10.11.12 ", "every second Tuesday ", "\x00", "\x85\u2028",
)  # fmt: skip


def mutant(number: int, corpus: Sequence[bytes]) -> bytes:
    """The mail with this number."""
    dice = Random(number)  # noqa: S311 - it has to be repeatable
    raw = dice.choice(corpus)
    for _ in range(dice.randint(1, _STEPS)):
        raw = dice.choice(MUTATIONS)(dice, raw, corpus)[:LARGEST]
    return raw


def _place(dice: Random, raw: bytes) -> int:
    """Somewhere; half of the time where a line begins."""
    at = dice.randint(0, len(raw))
    return raw.rfind(b"\n", 0, at) + 1 if dice.random() < 0.5 else at


def _times(dice: Random) -> int:
    """How often a piece stands there; thousands seldom: they took two thirds of the time, and `hard.py` has worse."""
    return dice.choices((1, 5, 100, 3000), (60, 34, 5, 1))[0]


def _span(dice: Random, raw: bytes) -> tuple[int, int]:
    start = _place(dice, raw)
    return start, min(len(raw), start + dice.choice((1, 3, 20, 200, 2000)))


def _insert(dice: Random, raw: bytes, piece: bytes) -> bytes:
    at = _place(dice, raw)
    return raw[:at] + piece + raw[at:]


def flipped(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """Some bytes become others."""
    changed = bytearray(raw)
    for _each in range(dice.choice((1, 5, 50)) if raw else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def shortened(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """A piece is missing."""
    start, end = _span(dice, raw)
    return raw[:start] + raw[end:]


def cut_off(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """The end is missing."""
    return raw[: _place(dice, raw)]


def repeated(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """A piece stands there many times."""
    start, end = _span(dice, raw)
    return raw[:end] + raw[start:end] * _times(dice) + raw[end:]


def crossed(dice: Random, raw: bytes, corpus: Sequence[bytes]) -> bytes:
    """The beginning of one mail and the end of another."""
    other = dice.choice(corpus)
    return raw[: _place(dice, raw)] + other[_place(dice, other) :]


def piece_of_another(dice: Random, raw: bytes, corpus: Sequence[bytes]) -> bytes:
    """A piece of another mail in the middle."""
    other = dice.choice(corpus)
    start, end = _span(dice, other)
    return _insert(dice, raw, other[start:end])


def other_charset(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """It says that it is written in another charset."""
    found = [name for name in _CHARSETS if name and name in raw.lower()]
    return raw.replace(dice.choice(found), dice.choice(_CHARSETS)) if found else raw


def header_added(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """One more header, on top or within a part."""
    line = dice.choice(_HEADERS) + b"\r\n"
    return line + raw if dice.random() < 0.5 else _insert(dice, raw, line)


def boundary_damaged(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """Boundaries lose or gain dashes, or stand where there were none."""
    return raw.replace(b"--", dice.choice((b"-", b"", b"---", b"\r\n--")), dice.choice((1, 3, -1)))


def other_line_ends(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """Lines end as another system ends them."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", dice.choice((b"\n", b"\r\n", b"\r", b"\n\n", b" \r\n\t")))


def tagged(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """HTML tags, once or nested deeply."""
    return _insert(dice, raw, dice.choice(_TAGS) * _times(dice))


def worded(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """Words and characters that mean something to the reader."""
    piece = dice.choice(_WORDS) * dice.choice((1, 1, 3, 30))
    return _insert(dice, raw, piece.encode(dice.choice(("utf-8", "utf-8", "utf-16", "latin-1")), "replace"))


def nested(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """The mail within other mails."""
    for depth in range(dice.choice((1, 3, 40))):
        kind = dice.choice((b"message/rfc822", b"multipart/mixed; boundary=n%d" % depth))
        raw = b"From: ann@example.com\r\nContent-Type: " + kind + b"\r\n\r\n" + raw
    return raw


def upper(dice: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    """Another case; base64 becomes something else by it."""
    return raw.upper() if dice.random() < 0.5 else raw.swapcase()


MUTATIONS: tuple[Mutation, ...] = (
    flipped, shortened, cut_off, repeated, crossed, piece_of_another, other_charset, header_added, boundary_damaged,
    other_line_ends, tagged, worded, nested, upper,
)  # fmt: skip
