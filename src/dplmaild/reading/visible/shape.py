"""Whether a page can be parsed in reasonable time: the parser's work grows with depth times length."""

import html
import re
from collections import Counter
from collections.abc import Sequence

MAX_DEEP = 800  # elements open at once
MAX_FORMATTING_WORK = 1_500_000  # formatting elements open at once, times tags: each may be opened anew at each tag
FEW_TAGS = 1_200  # a page with fewer cannot be deep enough to hurt
MAX_OPTIONS = 1_000  # of lists to choose from: the parser looks through all of them at each
MAX_TAG = 1_500  # characters of one tag besides its values: the parser compares each attribute with every other

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]{0,15})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,5000}>")
_CLOSE_THEMSELVES = frozenset(
    {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dd", "dt", "br", "img", "hr", "input", "meta"}
    | {"link", "col", "wbr", "area", "base", "embed", "source", "track"}
)
_ITEMS = {"li": "list", "dd": "terms", "dt": "terms"}  # one closes the last of its own kind, but none of the other
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)


def too_deep(page: str) -> bool:
    """Whether so many elements stand in one another that no mail program would have written it."""
    if any(_too_long(piece) for piece in page.split("<") if len(piece) > MAX_TAG):
        return True
    if page.count("<") < FEW_TAGS:
        return False
    tags = [(match[1], match[2].lower()) for match in _TAG.finditer(page)]
    if tags.count(("", "option")) > MAX_OPTIONS or _items_in_items(tags) > MAX_DEEP:
        return True
    opened: Counter[str] = Counter()
    deep = formatting = most = 0
    for closing, name in tags:
        if name in _CLOSE_THEMSELVES:
            continue
        step = -1 if closing else 1
        if step < 0 and not opened[name]:
            continue  # closes nothing
        opened[name] += step
        deep += step
        formatting += step * (name in _FORMATTING)
        most = max(most, formatting)
        if deep > MAX_DEEP:
            return True
    return most * len(tags) > MAX_FORMATTING_WORK


def _items_in_items(tags: Sequence[tuple[str, str]]) -> int:
    """How often an item begins in an open one of the other kind, which makes the page deeper each time."""
    found, last = 0, ""
    for closing, name in tags:
        kind = _ITEMS.get(name)
        if kind is not None:
            found += not closing and last not in ("", kind)
            last = "" if closing else kind
    return found


def _too_long(piece: str) -> bool:
    """Whether a tag, which reaches to the first bracket outside quotes, has more attributes than anybody writes."""
    outside = _QUOTED.sub("", piece)
    end = outside.find(">")
    return (end if end != -1 else len(outside)) > MAX_TAG


def without_tags(page: str) -> str:
    """The words of a page that cannot be parsed, a line for each stretch between tags."""
    words = html.unescape(_ANY_TAG.sub("\n", page))
    return "\n".join(line for line in words.split("\n") if line.strip())
