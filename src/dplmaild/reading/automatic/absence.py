"""Absence notes: by their headers, else by two signs that agree. A person's mail must never pass for one.

That somebody is away is said by people as well (`I am out of the office on 1 December, let us take the 2nd`). Without a
header it takes what only a note adds: its title, whom to ask when it is urgent, what becomes of the mail. What asks for
anything, or speaks of a deployment, is a person's whatever else it says; what stays in doubt is read like any mail.
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
    if titled and away:
        return True
    two_signs = away and (_begins(subject, "absent_subject", whole=True) or said(words).has("note"))
    return (titled or two_signs) and not _asks(message, words)


def speaks_of_absence(text: str) -> bool:
    """Whether somebody's absence or return is spoken of: a date in such a text may be that of the return."""
    return said(text).has("absent", "away")


def _begins(subject: Scan, kind: str, *, whole: bool = False) -> bool:
    """Whether a subject begins with a phrase of this kind; `whole`: which ends there or at a sign like a colon."""
    ends = (subject.span(hit)[1] for hit in subject.hits.get(kind, ()) if hit.first == 0)
    return any(not whole or not subject.text[end:].lstrip()[:1].isalnum() for end in ends)


def _asks(message: Message, words: str) -> bool:
    """Whether a mail wants anything, or is longer or brings more than a note does."""
    if len(words) > MAX_NOTE or any(not each.inline for each in message.attachments):
        return True
    plain = _LINK.sub(" ", words).lower()
    return _BUSINESS.search(plain) is not None or lexicon().scan(plain).has(*_WANTED)
