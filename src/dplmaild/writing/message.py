"""A worded letter becomes the bytes of a mail; the same letter always gives the same bytes (P4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from dplmaild.deployment.owed import Letter, Trigger
from dplmaild.deployment.terms import NaiveTimeError
from dplmaild.ports import DplmaildError
from dplmaild.writing.clean import one_line
from dplmaild.writing.letters import Written, language_of

_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,240}")  # visible ASCII without angle brackets
_ADDRESS = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}")
_REFERENCES = 20  # the first ones and the newest stay
_NAME_LIMIT = 80


class HeaderError(DplmaildError):
    """A value that cannot stand in a header; the message names which."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail needs besides its words. `date` is aware; `loop_mark` is how we know our own mail again (SEE-9)."""

    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    date: datetime
    loop_mark: str


# Headers that say the same in every letter, or in every part of one kind.
_ALIKE = frozenset({"mime-version", "content-type", "content-transfer-encoding", "content-language", "auto-submitted",
                    "x-auto-response-suppress", "x-dplmaild-loop"})  # fmt: skip


class _Ours(EmailPolicy):
    """SMTP's policy, except that Message-IDs are never encoded: the library encodes long ones and breaks the thread.

    What is alike in all letters is parsed and folded once: that took more than half the time of a letter.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return _parsed(name, value) if _is_alike(name, value) else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in {"in-reply-to", "references"}:
            ids = str(value).split()
            return f"{name}: {f'{self.linesep} '.join(ids)}{self.linesep}".encode("ascii")
        return _folded(name, str(value)) if name.lower() in _ALIKE else super().fold_binary(name, value)


def _is_alike(name: str, value: object) -> bool:
    return name.lower() in _ALIKE and type(value) is str


@lru_cache(maxsize=32)
def _parsed(name: str, value: str) -> tuple[str, Any]:
    return EmailPolicy.header_store_parse(_POLICY, name, value)


@lru_cache(maxsize=32)
def _folded(name: str, value: str) -> bytes:
    return EmailPolicy.fold_binary(_POLICY, name, _parsed(name, value)[1])


class _Headers(HeaderRegistry):
    """The library's kinds of headers, each made once: it makes a new class for every header of every mail."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type] = {}

    def __getitem__(self, name: str) -> type:
        kind = name.lower()
        if kind not in self._made:
            self._made[kind] = super().__getitem__(name)
        return self._made[kind]


_POLICY = _Ours(linesep=SMTP.linesep, header_factory=_Headers())


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
    mail = EmailMessage(policy=_POLICY)
    _address(mail, letter, envelope)
    _thread(mail, letter, envelope)
    _origin(mail, letter, envelope)
    mail["Subject"] = one_line(written.subject)
    mail.set_content(written.text, cte="quoted-printable")
    mail.make_alternative("=_" + sha256(envelope.message_id.encode()).hexdigest()[:40])
    mail.add_alternative(written.html, subtype="html", cte="quoted-printable")
    if invitation is not None:
        _invite(mail, invitation)
    mail["Content-Language"] = language_of(letter)  # after the parts: making alternatives clears Content- headers
    return mail.as_bytes()


def _address(mail: EmailMessage, letter: Letter, envelope: Envelope) -> None:
    mail["From"] = _mailbox(envelope.sender, envelope.sender_name)
    mail["To"] = tuple(_mailbox(each) for each in letter.to)
    if letter.cc:
        mail["Cc"] = tuple(_mailbox(each) for each in letter.cc)
    if envelope.reply_to and envelope.reply_to != envelope.sender:
        mail["Reply-To"] = _mailbox(envelope.reply_to)


def _thread(mail: EmailMessage, letter: Letter, envelope: Envelope) -> None:
    """Message-ID, and what this answers; of other people's IDs those that cannot be right are left out (SEE-5)."""
    if envelope.date.utcoffset() is None:
        raise NaiveTimeError(envelope.date)
    mail["Date"] = format_datetime(envelope.date)
    own = _message_id(envelope.message_id)
    if own is None:
        raise HeaderError(f"not a Message-ID: {envelope.message_id[:80]!r}")
    mail["Message-ID"] = own
    answered = _message_id(letter.in_reply_to or "")
    known = _ids((*letter.references, letter.in_reply_to or ""))
    if answered or known:
        mail["In-Reply-To"] = answered or known[-1]
        mail["References"] = " ".join(known)


def _origin(mail: EmailMessage, letter: Letter, envelope: Envelope) -> None:
    """SEE-9: a machine wrote this, and no machine shall answer."""
    mail["Auto-Submitted"] = "auto-replied" if letter.trigger is Trigger.MAIL else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Dplmaild-Loop"] = _token("loop mark", envelope.loop_mark)


def _invite(mail: EmailMessage, invitation: bytes) -> None:
    """The calendar part as one more alternative, which Outlook and Gmail show as an invitation (CAL)."""
    text = invitation.decode("utf-8")
    method = "CANCEL" if "\nMETHOD:CANCEL" in text.replace("\r", "") else "REQUEST"
    mail.add_alternative(text, subtype="calendar", cte="base64", params={"method": method})


def _mailbox(address: str, name: str = "") -> Address:
    local, at, domain = address.rpartition("@")
    if not (at and local and domain and _ADDRESS.fullmatch(address)) or any(c in address for c in ',;:"()[]\\'):
        raise HeaderError(f"not a mail address: {address[:80]!r}")
    return Address(one_line(name, _NAME_LIMIT), username=local, domain=domain)


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
