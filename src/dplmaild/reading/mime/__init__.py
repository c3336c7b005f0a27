"""Bytes to a Message: any bytes, never an exception."""

from dplmaild.reading.mime.message import Attachment, Mailbox, Message

__all__ = ["Attachment", "Mailbox", "Message"]
