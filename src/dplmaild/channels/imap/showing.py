"""Showing in the mailbox how a message ended, by keyword or by folder."""

import imaplib
from collections.abc import Sequence

from dplmaild.channels.imap.account import Folder, Keyword, Mark
from dplmaild.channels.imap.link import Link
from dplmaild.ports import PermanentError


def put_mark(link: Link, uids: Sequence[int], mark: Mark) -> None:
    """Set the keyword or move; quiet about messages that are gone, PermanentError when the server will not have it."""
    link.look()  # a server ignores a UID that it has not announced to this connection yet
    try:
        _put(link, uids, mark)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        if link.still_there(uids):
            raise PermanentError(f"the server refuses {mark}: {str(error)[:200]}; change `show`") from error


def _put(link: Link, uids: Sequence[int], mark: Mark) -> None:
    match mark:
        case Keyword(name):
            link.add_flag(uids, name)
        case Folder(name):
            _move(link, uids, name)


def _move(link: Link, uids: Sequence[int], folder: str) -> None:
    try:
        link.move(uids, folder)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        if link.still_there(uids):
            link.create(folder)
            link.move(uids, folder)
