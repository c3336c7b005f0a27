"""Whether a page can be parsed in reasonable time: the parser's work grows with depth times length."""

import html
import re
from collections import Counter

MAX_DEEP = 800  # elements open at once
MAX_FORMATTING_WORK = 1_500_000  # formatting elements open at once, times tags: each may be opened anew at each tag
FEW_TAGS = 1_200  # a page with fewer cannot be deep enough to hurt

MAX_TAG = 1_500  # characters of one tag besides its values: the parser compares each attribute with every other

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]{0,15})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,5000}>")
_CLOSE_THEMSELVES = frozenset(
    {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dd", "dt", "br", "img", "hr", "input", "meta"}
    | {"link", "col", "wbr", "area", "base", "embed", "source", "track"}
)
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)


def too_deep(page: str) -> bool:
    """Whether so many elements stand in one another that no mail program would have written it."""
    if any(_too_long(piece) for piece in page.split("<") if len(piece) > MAX_TAG):
        return True
    if page.count("<") < FEW_TAGS:
        return False
    opened: Counter[str] = Counter()
    deep = formatting = most = tags = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        tags += 1
        if name in _CLOSE_THEMSELVES:
            continue
        step = -1 if match[1] else 1
        if step < 0 and not opened[name]:
            continue  # closes nothing
        opened[name] += step
        deep += step
        formatting += step * (name in _FORMATTING)
        most = max(most, formatting)
        if deep > MAX_DEEP:
            return True
    return most * tags > MAX_FORMATTING_WORK


def _too_long(piece: str) -> bool:
    """Whether a tag, which reaches to the first bracket outside quotes, has more attributes than anybody writes."""
    outside = _QUOTED.sub("", piece)
    end = outside.find(">")
    return (end if end != -1 else len(outside)) > MAX_TAG


def without_tags(page: str) -> str:
    """The words of a page that cannot be parsed, a line for each stretch between tags."""
    words = html.unescape(_ANY_TAG.sub("\n", page))
    return "\n".join(line for line in words.split("\n") if line.strip())
