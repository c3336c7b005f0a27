"""What a narrow screen must not break in two: `10:00-12:30 CET`, `(UTC+01:00)`, `PRE-4`."""

import re

from markupsafe import Markup, escape

_TOGETHER = re.compile(
    r"((?:= )?\b\d{1,2}:\d\d(?:-\d{1,2}:\d\d)?(?: [A-Z]{2,5}\b)?"
    r"|\(UTC[+-]\d\d:\d\d\)|\b[A-Z]{2,6}-\d{1,4}(?:-\d{1,9})?\b)"
)


_IN_A_LETTER = Markup('<span style="white-space:nowrap;">{}</span>')


def unbroken(text: str, kept: Markup = _IN_A_LETTER) -> Markup:
    """The text as HTML, escaped; the words are the same, only where lines may end is said: `kept` is put around."""
    parts = _TOGETHER.split(text)
    return Markup("").join(kept.format(part) if number % 2 else escape(part) for number, part in enumerate(parts))
