"""Bytes to text, whatever charset was claimed: declared, then UTF-8, then cp1252, then a guess."""

import codecs
import re
from functools import lru_cache

_LONGEST_NAME = 100  # characters of a charset's name
GUESS_BYTES = 20_000  # the detector looks at no more: it is slow, and only asked where all else failed

# What people write and what they mean: the wider set that holds every character of the one declared.
_MEANT = {
    "ascii": "ascii",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}
# Names of charsets in mails and pages that the codecs do not go by.
_ALSO_CALLED = {
    "koi": "koi8_r",
    "koi8": "koi8_r",
    "koi8-ru": "koi8_u",
    "mac": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gbk",
    "cn-big5": "big5",
    "ksc_5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
_NOT_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
_SINGLE_BYTE_WESTERN = frozenset({"cp1252", "cp1254", "iso8859-15"})
_MANY_BYTES = frozenset({"gb18030", "cp932", "cp949", "euc_jp", "big5hkscs", "iso2022_jp_ext", "iso2022_kr", "hz"})
_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_CODE_PAGE = re.compile(r"(?:x-)?(?:cp|win|windows)[-_]?(\d{3,5})")
_DIRECTED = re.compile(r"(iso-8859-[68])-[ie]")  # Hebrew and Arabic, how they run told in the name (RFC 1556)

# Characters nobody sees: zero-width, soft hyphen, directions, the byte order mark inside a text, tag characters.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)


def strip_invisible(text: str) -> str:
    """The text without characters that nobody sees, so that `11.0\\u200b.2` is read as it looks."""
    return text if text.isascii() else INVISIBLE.sub("", text)


def codec_meant(charset: str | None) -> str | None:
    """The codec for a declared charset; None when it is unknown or no text codec."""
    return _codec_of((charset or "")[:_LONGEST_NAME])


@lru_cache(maxsize=256)  # all mail comes in a few
def _codec_of(charset: str) -> str | None:
    name = charset.strip(" \t\"'").lower()
    name = _ALSO_CALLED.get(name, _DIRECTED.sub(r"\1", _CODE_PAGE.sub(r"cp\1", name)))
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if known in _NOT_TEXT else _MEANT.get(known, known)


def decode_text(content: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether the declared charset was right (an undeclared one is right when it is UTF-8)."""
    if charset is None and content.isascii():  # most headers
        return content.decode("ascii"), True
    declared = codec_meant(charset)
    if declared in _SINGLE_BYTE_WESTERN and not content.isascii() and _is_utf8(content):
        return content.decode("utf-8"), False
    if declared is not None and not _odd_utf16(content, declared):
        text = _strict(content, declared)
        if text is not None:
            return text, True
        text = _mended(content, declared, 10) if declared in _MANY_BYTES else None
        if text is not None:
            return text, False
    return _undeclared(content), content.isascii() or (charset is None and _is_utf8(content))


def _undeclared(content: bytes) -> str:
    for text in (_strict(content, "utf-8"), _mended(content, "utf-8", 1), _strict(content, "cp1252")):
        if text is not None:
            return text
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 3 MB, for the rare mail that nothing else can read

    best = from_bytes(content[:GUESS_BYTES]).best()
    guessed = _strict(content, best.encoding) if best else None
    return guessed if guessed is not None else content.decode("cp1252", "replace")


def _mended(content: bytes, codec: str, good_per_bad: int) -> str | None:
    """The text with single bad bytes read as cp1252, where enough around them shows that the codec is the right one."""
    try:
        text = content.decode(codec, "surrogateescape")
    except (UnicodeError, LookupError, ValueError):
        return None
    bad = len(_ESCAPED_BYTE.findall(text))
    good = sum(1 for sign in text if sign > "\x7f") - bad
    return text.translate(_CP1252) if good >= max(1, bad * good_per_bad) else None


def _strict(content: bytes, codec: str) -> str | None:
    try:
        text = content.decode(codec)
        if codec == "utf-7":
            text.encode()  # it can spell half a character, which nothing behind us could write down
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def _is_utf8(content: bytes) -> bool:
    return _strict(content, "utf-8") is not None


def _odd_utf16(content: bytes, codec: str) -> bool:
    """Plain bytes under a UTF-16 or UTF-32 label would turn into signs nobody wrote."""
    return codec.startswith(("utf-16", "utf-32")) and b"\0" not in content
