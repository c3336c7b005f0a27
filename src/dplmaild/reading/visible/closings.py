"""Thanks and regards, and what people put beside them: a name, a place, the same once more in another language."""

import re

from dplmaild.reading.visible.rows import Row
from dplmaild.reading.visible.words import each

MAX_CLOSING = 80  # characters of a line
MAX_NAME = 4  # words
MAX_PLACE = 4  # words, the first of them `from`

EDGES = " \t,.!;:-–—*_"
VALUE = re.compile(
    r"[vV]?\d{1,6}(?:\.\d{1,6}){2,5}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d\d"
    r"|\b(?:yes|no|ja|nein|si|sí|true|false|int|uat|prd|full|code|hotfix|icm|pwa|iom|none|keine|ninguna|cap)\b",
    re.IGNORECASE,
)

_CLOSINGS = each("closing")
_FIRST_WORDS = frozenset(closing.split()[0] for closing in _CLOSINGS)
_THANKS = each("thanks")
_FROM = tuple(f"{word} " for word in each("greets_from"))
_AND = re.compile(
    r"\s{0,3},\s{0,3}(?:(?:and|und|y|i|et|e|en|och|og)\s)?|\s(?:and|und|y|i|et|e|en|och|og|&|/|\|)\s|(?<=\w)/(?=\w)",
    re.IGNORECASE,
)


def names_of(sender_name: str) -> frozenset[str]:
    """The sender's name as it may stand below a mail: whole, turned around, its first words alone."""
    words = [word.strip(EDGES) for word in sender_name.lower().replace(",", " ").split()]
    whole = {" ".join(words), " ".join(reversed(words)), *(word for word in words[:2] if len(word) > 1)}
    return frozenset(whole - {""})


def is_name(row: Row, names: frozenset[str]) -> bool:
    """Whether a row is the sender's name and nothing else."""
    return row.table is None and row.text.strip(EDGES).lower() in names


def looks_like_name(text: str) -> bool:
    """Whether a few words are written as names and titles are; `we take it`, `2` and `Please go ahead.` are not."""
    words = text.split()
    if not 0 < len(words) <= MAX_NAME or text.endswith((".", "!", "?")):
        return False
    return not any(word[0].islower() for word in words) and not any(map(str.isdigit, text))


def is_closing(row: Row, names: frozenset[str] = frozenset()) -> bool:
    """Whether a line closes a mail: `Thanks and best regards`, `Gruß aus Jena`, `Saludos / Regards`, `Thanks, Jane`."""
    first, *others = _parts(row)
    if _closing_of(first, names) is None:
        return False
    return all(_closing_of(part, names) or _names(part, names) for part in others)


def begins_as_often(row: Row, names: frozenset[str]) -> bool:
    """Whether a closing is thanks that stand as often above what is meant: `Thank you.`, `Thanks, Peter`."""
    first, *others = _parts(row)
    closing, behind = _closing_of(first, names) or ("", "")
    signed = behind.lower() in names or any(part.lower() in names for part in others)
    regards = any(
        (_closing_of(part, names) or ("thanks", ""))[0] not in _THANKS for part in others if not _names(part, names)
    )
    return closing in _THANKS and not signed and not regards


def _parts(row: Row) -> list[str]:
    if row.table is not None or len(row.text) > MAX_CLOSING:
        return [""]
    return [part.strip(EDGES) for part in _AND.split(row.text.strip(EDGES).replace("’", "'"))]


def _names(part: str, names: frozenset[str]) -> bool:
    return part.lower() in names or (looks_like_name(part) and VALUE.search(part) is None)


def _closing_of(part: str, names: frozenset[str]) -> tuple[str, str] | None:
    """The closing that a part is or begins with, and the name or place behind it."""
    words = part.split()
    if not words or words[0].lower() not in _FIRST_WORDS:
        return None
    for end in range(len(words), 0, -1):
        closing, behind = " ".join(words[:end]).lower(), " ".join(words[end:])
        if closing in _CLOSINGS:
            return (closing, behind) if not behind or _belongs(behind, closing, names) else None
    return None


def _belongs(behind: str, closing: str, names: frozenset[str]) -> bool:
    """Whether a name or a place stands behind a closing: `Best Tuesday` and `Best from Tuesday on` close nothing."""
    lowered = behind.lower()
    if lowered in names:
        return True
    if closing == "best" or not all(sign.isalpha() or sign in " -'." for sign in behind):
        return False
    if lowered.startswith(_FROM):
        return len(behind.split()) <= MAX_PLACE
    return " " in closing and looks_like_name(behind)
