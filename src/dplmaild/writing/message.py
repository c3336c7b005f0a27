"""A worded letter becomes the bytes of a mail; the same letter always gives the same bytes (P4)."""

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from dplmaild.deployment.owed import Letter, Trigger
from dplmaild.deployment.terms import NaiveTimeError
from dplmaild.ports import DplmaildError
from dplmaild.writing.clean import one_line
from dplmaild.writing.letters import Written, language_of

_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,240}")  # visible ASCII without angle brackets
_ADDRESS = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}")
_REFERENCES = 20  # the first ones and the newest stay
_NAME_LIMIT = 80
_END = "\r\n"


class HeaderError(DplmaildError):
    """A value that cannot stand in a header; the message names which."""


class Person(NamedTuple):
    """Somebody in a header."""

    name: str
    local: str
    domain: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail needs besides its words. `date` is aware; `loop_mark` is how we know our own mail again (SEE-9)."""

    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    date: datetime
    loop_mark: str


def message_bytes(  # noqa: PLR0913 - the parts of a mail, each by its name
    letter: Letter,
    written: Written,
    *,
    message_id: str,
    sender: str,
    sender_name: str,
    reply_to: str,
    date: datetime,
    loop_mark: str,
    invitation: bytes | None = None,
) -> bytes:
    """The whole mail with CRLF line ends: text, HTML, and the calendar part where there is an invitation.

    Raises HeaderError for a value that cannot stand in a header, NaiveTimeError for a date without a zone.
    """
    envelope = Envelope(message_id, sender, sender_name, reply_to, date, loop_mark)
    boundary = "=_" + sha256(envelope.message_id.encode()).hexdigest()[:40]
    head = (
        *_address(letter, envelope),
        *_thread(letter, envelope),
        *_origin(letter, envelope),
        _folded("Subject", one_line(written.subject)),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        f"Content-Language: {language_of(letter)}",
    )
    parts = (
        _words("text/plain", written.text),
        _words("text/html", written.html),
        *((_invitation(invitation),) if invitation is not None else ()),
    )
    body = "".join(f"--{boundary}{_END}{part}{_END}" for part in parts)
    return f"{_END.join(head)}{_END}{_END}{body}--{boundary}--{_END}".encode("ascii")


def _words(kind: str, text: str) -> str:
    """A part of words, as lines that every server passes on unchanged."""
    # The library's own encoder is written in Python, and takes longer than everything else about a letter.
    plain = text.replace("\r\n", "\n").encode("utf-8", "replace")
    lines = b2a_qp(plain).decode("ascii").replace("\n", _END)
    head = f'Content-Type: {kind}; charset="utf-8"{_END}Content-Transfer-Encoding: quoted-printable'
    return f"{head}{_END}{_END}{lines}"


def _invitation(invitation: bytes) -> str:
    """The calendar part, which Outlook and Gmail show as an invitation (CAL)."""
    method = "CANCEL" if b"\nMETHOD:CANCEL" in invitation.replace(b"\r", b"") else "REQUEST"
    lines = encodebytes(invitation).decode("ascii").replace("\n", _END)
    head = f'Content-Type: text/calendar; charset="utf-8"; method="{method}"{_END}Content-Transfer-Encoding: base64'
    return f"{head}{_END}{_END}{lines}"


@lru_cache(maxsize=2000)
def _folded(name: str, *value: str | Person) -> str:
    """A header that may hold any words, encoded and folded by the library; the same few people come again and again."""
    people = tuple(Address(one.name, one.local, one.domain) for one in value if isinstance(one, Person))
    _, stored = SMTP.header_store_parse(name, people or value[0])
    folded: str = SMTP.fold(name, stored)
    return folded.removesuffix(_END)


def _address(letter: Letter, envelope: Envelope) -> Iterator[str]:
    yield _folded("From", _mailbox(envelope.sender, envelope.sender_name))
    yield _folded("To", *(_mailbox(each) for each in letter.to))
    if letter.cc:
        yield _folded("Cc", *(_mailbox(each) for each in letter.cc))
    if envelope.reply_to and envelope.reply_to != envelope.sender:
        yield _folded("Reply-To", _mailbox(envelope.reply_to))


def _thread(letter: Letter, envelope: Envelope) -> Iterator[str]:
    """Message-ID, and what this answers; of other people's IDs those that cannot be right are left out (SEE-5).

    IDs are never encoded, each has its own line: the library would encode long ones, and break the thread.
    """
    if envelope.date.utcoffset() is None:
        raise NaiveTimeError(envelope.date)
    yield f"Date: {format_datetime(envelope.date)}"
    own = _message_id(envelope.message_id)
    if own is None:
        raise HeaderError(f"not a Message-ID: {envelope.message_id[:80]!r}")
    yield f"Message-ID: {own}"
    answered = _message_id(letter.in_reply_to or "")
    known = _ids((*letter.references, letter.in_reply_to or ""))
    if answered or known:
        yield f"In-Reply-To: {answered or known[-1]}"
        yield "References: " + f"{_END} ".join(known)


def _origin(letter: Letter, envelope: Envelope) -> Iterator[str]:
    """SEE-9: a machine wrote this, and no machine shall answer."""
    yield "Auto-Submitted: " + ("auto-replied" if letter.trigger is Trigger.MAIL else "auto-generated")
    yield "X-Auto-Response-Suppress: All"
    yield f"X-Dplmaild-Loop: {_token('loop mark', envelope.loop_mark)}"


def _mailbox(address: str, name: str = "") -> Person:
    local, at, domain = address.rpartition("@")
    if not (at and local and domain and _ADDRESS.fullmatch(address)) or any(c in address for c in ',;:"()[]\\'):
        raise HeaderError(f"not a mail address: {address[:80]!r}")
    return Person(one_line(name, _NAME_LIMIT), local, domain)


def _message_id(written: str) -> str | None:
    """`<id@host>` with its brackets; None for what cannot be one."""
    bare = written.strip().removeprefix("<").removesuffix(">")
    return f"<{bare}>" if _ID.fullmatch(bare) else None


def _ids(written: Sequence[str]) -> tuple[str, ...]:
    """Each ID once, in order; of a long thread the first and the newest."""
    found = tuple(dict.fromkeys(each for each in map(_message_id, written) if each))
    return found if len(found) <= _REFERENCES else (found[0], *found[-(_REFERENCES - 1) :])


def _token(what: str, value: str) -> str:
    if not _ID.fullmatch(value):
        raise HeaderError(f"the {what} cannot stand in a header: {value[:80]!r}")
    return value
