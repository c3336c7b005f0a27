"""The IMAP door: a folder on a mail server as a Mailbox."""

from dplmaild.channels.imap.account import Folder, ImapAccount, Keyword, Mark, mark
from dplmaild.channels.imap.mailbox import ImapMailbox

__all__ = ["Folder", "ImapAccount", "ImapMailbox", "Keyword", "Mark", "mark"]
