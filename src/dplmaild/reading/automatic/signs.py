"""What headers say of the machine behind a mail."""

from dplmaild.reading.mime import Message

_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-autoreply-from", "x-mail-autoreply", "x-vacation")
_NOTIFIERS = ("x-amz-sns-message-id",)  # of services that tell what became of a mail, and other things
_AUTO_PRECEDENCE = frozenset({"auto_reply", "auto-reply", "autoreply"})


def precedence(message: Message) -> str:
    """The Precedence header in lower case; "" when there is none."""
    return (message.header("Precedence") or "").strip().lower()


def submitted(message: Message) -> str:
    """The keyword of Auto-Submitted (RFC 3834) in lower case; "" when there is none."""
    return (message.header("Auto-Submitted") or "").partition(";")[0].partition("(")[0].strip().lower()


def replied_by_machine(message: Message) -> bool:
    """Whether a header says that a machine replied (RFC 3834 and the older habits)."""
    asked_for_none = any(message.header(name) is not None for name in _AUTO_HEADERS)
    return submitted(message).startswith("auto-replied") or precedence(message) in _AUTO_PRECEDENCE or asked_for_none


def null_sender(message: Message) -> bool:
    """Whether the envelope had no sender, as bounces and automatic answers have."""
    return any(path.strip() == "<>" for path in message.all("Return-Path"))


def notified_by_service(message: Message) -> bool:
    """Whether a service sent it that notifies machines as well as people."""
    return any(message.header(name) is not None for name in _NOTIFIERS)
