"""Choices with a box each, one of them ticked: `INT ☐ UAT ☐ PRD ☒`, `[x] yes [ ] no`."""

import re

_MARK = re.compile(r"[☐□▢⬜☒☑✅✓✔]\ufe0f?|[\[(]\s{0,2}[xX✓✔]?\s{0,2}[\])]")
_EMPTY = re.compile(r"[☐□▢⬜]\ufe0f?|[\[(]\s{0,2}[\])]")
_EDGES = " \t\n,;/|.:"
_LONGEST = 300


def ticked(text: str) -> str:
    """The words whose boxes are ticked, where both ticked and empty ones stand there; else the text as it is.

    A cross counts as a tick beside empty boxes, as word processors draw it. Boxes stand all before their words or all
    behind them.
    """
    marks = list(_MARK.finditer(text)) if len(text) <= _LONGEST else []
    empty = [_EMPTY.fullmatch(mark[0]) is not None for mark in marks]
    if all(empty) or not any(empty):
        return text
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
    words = [text[start:end].strip(_EDGES) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    first, last = words[0], words[-1]
    if bool(first) is bool(last):
        return text  # words on both sides: whose box is whose is not for us to guess
    beside = words[:-1] if first else words[1:]
    return ", ".join(word for word, open_ in zip(beside, empty, strict=True) if word and not open_)
