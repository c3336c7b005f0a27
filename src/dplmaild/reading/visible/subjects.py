"""A subject without what mail programs put in front of it: `[Ticket#1] AW: Fwd: Hotfix`."""

import re

from dplmaild.reading.visible.words import FORWARD_PREFIXES, REPLY_PREFIXES, bare_prefix

MAX_PREFIXES = 10
MAX_SUBJECT = 300  # characters

_TAGS = re.compile(r"\[[^\[\]]{0,80}\]")
_PREFIX = re.compile(r"\s{0,5}([\w\u0307-]{1,16}\.?)(?:\[\d{1,3}\]|\(\d{1,3}\))?\s{0,3}[:：]")
_WRAPPED = re.compile(r"\[(([\w\u0307-]{1,16})\s{0,3}[:：].{0,1000})\]", re.DOTALL)
_KNOWN = FORWARD_PREFIXES | REPLY_PREFIXES


def first_prefix(subject: str) -> str:
    """The first prefix of a subject, lower case and known or not; "" when it has none."""
    found = _PREFIX.match(_TAGS.sub(" ", _unwrapped(subject)).lstrip())
    return bare_prefix(found[1]) if found else ""


def _unwrapped(subject: str) -> str:
    """`[Fwd: Hotfix]`, as older programs write a forward's subject, without its brackets."""
    inside = subject.strip()
    found = _WRAPPED.fullmatch(inside)
    return found[1] if found and bare_prefix(found[2]) in FORWARD_PREFIXES else subject


def bare_subject(subject: str) -> str:
    """A subject without reply and forward prefixes and without tags in brackets."""
    bare = _TAGS.sub(" ", _unwrapped(subject))
    for _ in range(MAX_PREFIXES):
        found = _PREFIX.match(bare)
        if found is None or bare_prefix(found[1]) not in _KNOWN:
            break
        bare = bare[found.end() :]
    return bare.strip()[:MAX_SUBJECT]


def is_forward(subject: str) -> bool:
    """Whether the first prefix is a forward's."""
    return first_prefix(subject) in FORWARD_PREFIXES


def is_reply(subject: str) -> bool:
    """Whether the first prefix is a reply's and no forward's."""
    return first_prefix(subject) in REPLY_PREFIXES - FORWARD_PREFIXES
