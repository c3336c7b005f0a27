"""format=flowed (RFC 3676): soft line breaks joined, quote marks kept."""

import re

_QUOTE = re.compile(r">{1,200}")
_LABEL = re.compile(r"\s{0,20}[^:\s][^:]{0,40}:(?:\s|$)")


def unflowed(text: str, delsp: bool) -> str:
    """The text with its paragraphs on one line each; `delsp` drops the blank before each soft break."""
    paragraphs: list[list[str]] = []
    open_depth = -1
    for raw in text.split("\n"):
        depth, line = _taken_apart(raw)
        soft = open_depth == depth and line != "-- " and not _two_labels(paragraphs[-1][-1], line)
        if soft:
            paragraphs[-1][-1] = paragraphs[-1][-1][:-1] if delsp else paragraphs[-1][-1]
            paragraphs[-1].append(line)
        else:
            paragraphs.append([">" * depth + " " * bool(depth), line])
        open_depth = depth if line.endswith(" ") and line != "-- " else -1
    return "\n".join("".join(pieces) for pieces in paragraphs)


def _taken_apart(raw: str) -> tuple[int, str]:
    marks = _QUOTE.match(raw)
    depth = marks.end() if marks else 0
    return depth, raw[depth:].removeprefix(" ")


def _two_labels(above: str, line: str) -> bool:
    """An empty `Label: ` above another label is a form to fill in, not a soft break."""
    return above.rstrip().endswith(":") and _LABEL.match(line) is not None
