"""Mail that comes back because it reached nobody (RFC 3464 and what was there before it), and whom it did not reach."""

import re

from dplmaild.reading.automatic.phrases import said
from dplmaild.reading.automatic.signs import notified_by_service, null_sender
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.mime import Message
from dplmaild.reading.visible import bare_subject
from dplmaild.reading.visible.subjects import first_prefix
from dplmaild.reading.visible.words import FORWARD_PREFIXES, REPLY_PREFIXES

# Local parts of machines that return mail. Other no-reply senders are not among them: people write through those.
_DAEMONS = frozenset({"mailer-daemon", "mailerdaemon", "mail-daemon", "maildaemon", "mdaemon", "bounce", "bounces"})
STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_POSTMASTER = "postmaster"  # people do write as postmaster
_TOP = 600  # characters in which a bounce by a sender who may be a person says what it is
_LONGEST = 4_000
_COPY = re.compile(r"^[>|\s]{0,8}(?:received|message-id|return-path): ", re.IGNORECASE | re.MULTILINE)
_THROWN_AWAY = re.compile(
    rb"^disposition:\s{0,9}automatic-action[^;\r\n]{0,99};\s{0,9}deleted", re.IGNORECASE | re.MULTILINE
)
# A line of nothing but an address: `<a@b>`, `"a@b" <a@b>`, `Failed recipient: a@b`.
_ADDRESS_ALONE = re.compile(
    r"^(?:[a-z ]{0,20}recipients?(?:\(s\))?:)?[\s\"'<]{0,8}(?:[^\"\n]{1,80}\"[ \t]{0,4}<)?"
    r"[\w.+-]{1,64}@[\w.-]{3,190}[\s\"'>:]{0,8}$",
    re.MULTILINE | re.IGNORECASE,
)
# A notice of the Amazon Simple Email Service, as it is or within the notice of another service.
_NOT_DELIVERED = re.compile(r'\\?"(?:notification|event)Type\\?"\s{0,9}:\s{0,9}\\?"(?:Bounce|DeliveryDelay)\\?"')
_TAGS = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")


def is_bounce(message: Message) -> bool:
    """Whether a machine returned a mail, or says that it will try again."""
    if message.content_type == "multipart/report":
        return _is_failure_report(message)
    local = message.sender.address.partition("@")[0] or _nameless(message)
    if local in _DAEMONS or message.header("X-Failed-Recipients"):
        return True
    if _passed_on(message):
        return False
    if notified_by_service(message):
        return _NOT_DELIVERED.search(_body(message)[:_LONGEST]) is not None
    return any(each.content_type in STATUS for each in message.attachments) or _says_so(message, local)


def _is_failure_report(message: Message) -> bool:
    """A report of delivery, not of reading (unless the reader's machine threw the mail away) and not of abuse."""
    report = (message.header("Content-Type") or "").lower()
    if "disposition-notification" in report:
        receipts = (each for each in message.attachments if each.content_type == "message/disposition-notification")
        return any(_THROWN_AWAY.search(each.content[:20_000]) for each in receipts)
    return "feedback-report" not in report


def _says_so(message: Message, local: str) -> bool:
    """By words alone: one sign is enough from a sender who is no person, three are needed from anybody else."""
    told = said(bare_subject(message.subject)).has("bounce_subject")
    if null_sender(message) or local == "<>":
        return told or said(_body(message)[:_LONGEST]).has("bounce")
    if local == _POSTMASTER or said(message.sender.name).has("mailer"):
        return told or said(_body(message)[:_TOP]).has("bounce")
    return told and _returns(message)


def _passed_on(message: Message) -> bool:
    """A person who forwards a bounce, or answers it."""
    return first_prefix(message.subject) in FORWARD_PREFIXES | REPLY_PREFIXES and not null_sender(message)


def _nameless(message: Message) -> str:
    """What stands in a From without an address: `MAILER-DAEMON`, or nothing but `<>`."""
    written = (message.header("From") or "").strip().lower()
    return "<>" if written.endswith("<>") else written.strip(' "')


def _returns(message: Message) -> bool:
    """Whether the mail says at once that something was not delivered, asks nothing, and shows what or to whom."""
    body = _body(message)
    top = body[:_TOP]
    shown = bool(message.children) or _COPY.search(body[:_LONGEST]) or _ADDRESS_ALONE.search(top)
    return bool(shown) and "?" not in top and said(top).has("bounce") and not lexicon().scan(top).has("deploy_thing")


def _body(message: Message) -> str:
    return message.text if message.text is not None else _TAGS.sub(" ", (message.html or "")[:50_000])
