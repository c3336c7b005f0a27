"""Absence notes: by their headers, else by two signs that agree. A person's mail must never pass for one.

That somebody is away is said by people as well (`I am out of the office on 1 December, let us take the 2nd`). Without
a header it takes what only a note adds: a title that programs write, whom to ask when it is urgent, what becomes of the
mail. Below any other subject, what asks for anything or speaks of a deployment is a person's whatever it says;
what stays in doubt is read like any mail, and its dates answer nothing.
"""

import re

from dplmaild.reading.automatic.phrases import said
from dplmaild.reading.automatic.signs import null_sender, replied_by_machine
from dplmaild.reading.lexicon import Scan, lexicon
from dplmaild.reading.mime import Message
from dplmaild.reading.visible import Visible

TOP = 400  # characters of a body in which an absence note says what it is
MAX_NOTE = 1_500  # characters of an absence note that has no headers to show

_TAGS = re.compile(r"\[[^\[\]]{0,80}\]")
_BETWEEN = re.compile(r"(?<=[.!;:])\s|\n")  # sentences: no phrase with a gap stands in two
_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}")
_BUSINESS = re.compile(
    r"\?|deploy|release|hotfix|rollback|roll-out|rollout|desplieg|desplega|einspiel|\buat\b|\bprd\b|dpl-\d|\bticket"
    r"|\bv?\d{1,3}\.\d{1,3}\.\d{1,3}(?![.\d])(?<!\.2\d)|/(?:approve|start|cancel|hold|status)\b"
)
_WANTED = ("accept", "reschedule", "withdraw", "rollback", "none_fits", "success", "delay", "add_people")


def is_absence_note(message: Message, seen: Visible) -> bool:
    """Whether a machine says that somebody is not there."""
    subject = said(_TAGS.sub(" ", message.subject).strip())
    words = seen.new_text[: MAX_NOTE + 1]
    top = said(words[:TOP])
    away = top.has("absent") or subject.has("absent")
    if replied_by_machine(message) or null_sender(message):
        named = _begins(subject, "title") or _begins(subject, "absent_subject") or top.has("gone")
        return named or away or message.header("X-Vacation") is not None
    titled = _begins(subject, "title", whole=True)
    if titled:
        return away or not _brings_more(message, words)
    two_signs = away and (_begins(subject, "absent_subject", whole=True) or said(words).has("note"))
    return two_signs and not _brings_more(message, words) and not _wants(words)


def speaks_of_absence(text: str) -> bool:
    """Whether somebody's absence or return is spoken of: a date in such a text may be that of the return."""
    return said(text).has("absent", "away")


def _begins(subject: Scan, kind: str, *, whole: bool = False) -> bool:
    """Whether a subject begins with a phrase of this kind; `whole`: which ends there or at a sign like a colon."""
    ends = (subject.span(hit)[1] for hit in subject.hits.get(kind, ()) if hit.first == 0)
    return any(not whole or not subject.text[end:].lstrip()[:1].isalnum() for end in ends)


def _brings_more(message: Message, words: str) -> bool:
    """Whether a mail asks, speaks of our business, or is longer or brings more than a note does."""
    if len(words) > MAX_NOTE or any(not each.inline for each in message.attachments):
        return True
    return _BUSINESS.search(_LINK.sub(" ", words).lower()) is not None


def _wants(words: str) -> bool:
    """Whether it answers or wants anything, by the words of a partner's."""
    return any(lexicon().scan(sentence).has(*_WANTED) for sentence in _BETWEEN.split(words))
