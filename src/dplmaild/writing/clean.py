"""Mail text is data: what comes from outside is made harmless before it stands in a letter."""

import re
import unicodedata

VALUE_LIMIT = 600  # characters of one value in a sentence
LINE_LIMIT = 2_000  # characters of one line of a letter
PARAGRAPH_LIMIT = 12  # lines of free words
LABEL_VALUE_LIMIT = 1_000  # characters of a value that stands in a form

_RULE = re.compile(r"-{4,}|_{4,}")  # would read as a form mark or as the start of quoted history
_SPACES = frozenset({"Cc", "Zl", "Zp", "Zs"})
_NOTHING = frozenset({"Cf", "Cs", "Co", "Cn"})  # direction marks, invisible characters, halves of characters


def one_line(text: str, limit: int = VALUE_LIMIT) -> str:
    """The text as one plain line of at most `limit` characters; no line ends, no direction marks, no rules."""
    bounded = text[: limit * 4]
    plain = bounded if bounded.isprintable() else "".join(map(_plain, bounded))
    line = _RULE.sub("---", " ".join(plain.split()))
    return line if len(line) <= limit and len(bounded) == len(text) else line[: limit - 1].rstrip() + "…"


def paragraphs(text: str) -> tuple[str, ...]:
    """Free words line by line, each harmless; past the limit an ellipsis says that more was written."""
    lines = [line for line in (one_line(raw, LINE_LIMIT) for raw in text[: LINE_LIMIT * 4].splitlines()) if line]
    if len(lines) > PARAGRAPH_LIMIT or len(text) > LINE_LIMIT * 4:
        return (*lines[:PARAGRAPH_LIMIT], "…")
    return tuple(lines)


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    return "" if category in _NOTHING else character
