"""Absence notes: by their headers, else by words that leave no doubt. A person's mail must never pass for one."""

import re

from dplmaild.deployment.said import Automatic
from dplmaild.reading.automatic.phrases import ABSENCE_SENTENCES, ABSENCE_SUBJECTS, ABSENCE_TITLES
from dplmaild.reading.automatic.words import body_words, subject_words
from dplmaild.reading.mime import Message

TOP = 400  # characters of a body in which an absence note says what it is
GAP = 80  # characters between the halves of a sentence
MAX_NOTE = 1_500  # characters of an absence note that has no headers to show

_BUSINESS = re.compile(
    r"\?|deploy|release|hotfix|rollback|roll-out|rollout|desplieg|desplega|einspiel|\buat\b|\bprd\b|dpl-\d|\bticket"
    r"|\bv?\d{1,3}\.\d{1,3}\.\d{1,3}(?![.\d])(?<!\.2\d)|/(?:approve|start|cancel|hold|status)\b"
)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-autoreply-from", "x-mail-autoreply", "x-vacation")
_AUTO_PRECEDENCE = frozenset({"auto_reply", "auto-reply", "autoreply"})


def absence(message: Message) -> Automatic | None:
    """OUT_OF_OFFICE for an absence note, None for everything else."""
    subject, body = subject_words(message), body_words(message)
    titled = subject.startswith(ABSENCE_TITLES)
    named = titled or subject.startswith(ABSENCE_SUBJECTS)
    said = any(_stands(sentence, body[:TOP]) for sentence in ABSENCE_SENTENCES)
    if replied_by_machine(message) or null_sender(message):
        return Automatic.OUT_OF_OFFICE if named or said or message.header("X-Vacation") else None
    if len(body) > MAX_NOTE or message.attachments or _BUSINESS.search(body):
        return None
    return Automatic.OUT_OF_OFFICE if titled or said else None


def _stands(sentence: str, text: str) -> bool:
    """Whether a sentence stands in a text; where it has a gap, its second half must follow soon."""
    first, gap, rest = sentence.partition(" .. ")
    at = text.find(first)
    return at >= 0 and (not gap or rest in text[at + len(first) : at + len(first) + GAP])


def replied_by_machine(message: Message) -> bool:
    """Whether a header says that a machine replied (RFC 3834 and the older habits)."""
    submitted = (message.header("Auto-Submitted") or "").strip().lower()
    precedence = (message.header("Precedence") or "").strip().lower()
    asked_for_none = any(message.header(name) is not None for name in _AUTO_HEADERS)
    return submitted.startswith("auto-replied") or precedence in _AUTO_PRECEDENCE or asked_for_none


def null_sender(message: Message) -> bool:
    """Whether the envelope had no sender, as bounces and automatic answers have."""
    return any(path.strip() == "<>" for path in message.all("Return-Path"))
