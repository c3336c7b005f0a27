"""Showing in the mailbox how a message ended, by keyword or by folder."""

import imaplib

from dplmaild.channels.imap.account import Folder, Keyword, Mark
from dplmaild.channels.imap.link import Link
from dplmaild.ports import PermanentError


def put_mark(link: Link, uid: int, mark: Mark) -> None:
    """Set the keyword or move; quiet when the message is gone, PermanentError when the server will not have it."""
    link.look()  # a server ignores a UID that it has not announced to this connection yet
    try:
        _put(link, uid, mark)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        if link.still_there([uid]):
            raise PermanentError(f"the server refuses {mark}: {str(error)[:200]}; change `show`") from error


def _put(link: Link, uid: int, mark: Mark) -> None:
    match mark:
        case Keyword(name):
            link.add_flag(uid, name)
        case Folder(name):
            _move(link, uid, name)


def _move(link: Link, uid: int, folder: str) -> None:
    try:
        link.move(uid, folder)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        if link.still_there([uid]):
            link.create(folder)
            link.move(uid, folder)
