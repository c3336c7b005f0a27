"""Bytes to a Message: any bytes, never an exception."""

from dplmaild.reading.mime.charsets import decode_text, strip_invisible
from dplmaild.reading.mime.message import Attachment, Mailbox, Message
from dplmaild.reading.mime.read import read_message

__all__ = ["Attachment", "Mailbox", "Message", "decode_text", "read_message", "strip_invisible"]
