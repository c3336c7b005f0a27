"""One stable subject per case, with one tag (SEE-5)."""

import re

from dplmaild.writing.clean import one_line

TITLE_LIMIT = 180  # characters of their subject

# Only words that say "answer to"; "Fwd:" is part of what they called it and stays.
_REPLY = re.compile(r"^\s*(?:re|aw|antw|antwort|rv|res|resp|sv|vs|odp|ref|rif)(?:\s?\[\d{1,3}\])?\s?:", re.IGNORECASE)
_TAG = re.compile(r"\[DPL-\d{4}-\d{1,9}\]", re.IGNORECASE)


def subject_of(title: str, reference: str | None, fallback: str, *, answers: bool = False) -> str:
    """`Re: <their subject> [DPL-2026-0042]`: one Re:, one tag of ours, other systems' tags as they were.

    A letter without a reference has no tag; it is a reply all the same when it `answers` a mail. `fallback` stands
    for an empty title.
    """
    plain = _without_reply(one_line(_TAG.sub(" ", title), TITLE_LIMIT)) or one_line(fallback, TITLE_LIMIT)
    if reference:
        return f"Re: {plain} [{reference}]"
    return f"Re: {plain}" if answers else plain


def _without_reply(title: str) -> str:
    while match := _REPLY.match(title):
        title = title[match.end() :]
    return title.strip()
