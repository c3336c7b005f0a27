"""One connection to one selected folder: finding, reading, marking messages."""

import imaplib
import socket
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import Any

from imapclient.exceptions import ProtocolError

from dplmaild.channels.imap.account import ImapAccount
from dplmaild.channels.imap.idling import Idling
from dplmaild.channels.imap.structure import NoSkeletonError

TROUBLE = (OSError, imaplib.IMAP4.error, ValueError, AssertionError)
"""All that a dead, confused or hostile server makes imapclient raise; IMAP4.abort and ProtocolError are among them."""

WIDE = 100_000
"""At most this many UIDs are asked for in one search: imaplib refuses answers of more than a million bytes."""


class Link:
    """A selected folder. Its methods raise one of TROUBLE when the connection is no good any more."""

    def __init__(self, client: Any, account: ImapAccount, *, readonly: bool) -> None:
        self._client = client
        self._folder = account.folder
        self._readonly = readonly
        self.idling = Idling(client, account.reissue_seconds)
        self.select()

    def select(self) -> None:
        """Open the folder, or open it again: a server may go on showing an open folder that was made anew since."""
        selected = self._client.select_folder(self._folder, readonly=self._readonly)
        self.selected_at = monotonic()
        self.uidvalidity = int(selected.get(b"UIDVALIDITY", 0))
        self._next = int(selected.get(b"UIDNEXT", 0))
        self._count = int(selected.get(b"EXISTS", 0))

    def tail(self, last: int) -> list[int]:
        """The UIDs above `last` in rising order, and no message that the server announced meanwhile forgotten."""
        # Dovecot looks into the folder at most every five seconds for a search, but always for a NOOP.
        self.look()
        for _ in range(3):
            self.news()
            found = self._search(last)
            # A message announced while the search ran is not in its result, and IDLE would never name it again.
            if found or not self.news():
                break
        return found

    def _search(self, last: int) -> list[int]:
        if self._count <= WIDE:
            return self._above(last, f"{last + 1}:*")
        found: list[int] = []
        step = WIDE
        while not found and last + step < self._next:
            found = self._above(last, f"{last + 1}:{last + step}")
            last, step = last + step, step * 2 if not found else step
        return found or self._above(last, f"{last + 1}:*")

    def _above(self, last: int, span: str) -> list[int]:
        # `n:*` names the last message even where its UID is below n.
        return sorted(uid for uid in self._client.search(["UID", span]) if uid > last)

    def news(self) -> bool:
        """Whether the server told of messages in passing since this was asked last."""
        told = self._client._imap.response("EXISTS")[1][-1]
        if told is not None:
            self._count = int(told)
        return told is not None

    def sizes(self, uids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
        """Size in bytes and INTERNALDATE (with its zone) of those that are still there."""
        answers = self._client.fetch(list(uids), ["RFC822.SIZE", "INTERNALDATE"])
        return {
            uid: (int(a[b"RFC822.SIZE"]), a.get(b"INTERNALDATE")) for uid, a in answers.items() if b"RFC822.SIZE" in a
        }

    def structure(self, uid: int) -> Any:
        """BODYSTRUCTURE as imapclient reads it; None when the message is gone, NoSkeletonError when it is nonsense."""
        try:
            answer = self._client.fetch([uid], ["BODYSTRUCTURE"])
        except (ProtocolError, RecursionError, LookupError, TypeError) as error:
            raise NoSkeletonError(str(error)[:200]) from error
        return answer.get(uid, {}).get(b"BODYSTRUCTURE")

    def whole(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The raw bytes of those that are still there, no flag touched."""
        answers = self._client.fetch(list(uids), ["BODY.PEEK[]"])
        return {uid: a[b"BODY[]"] for uid, a in answers.items() if a.get(b"BODY[]") is not None}

    def pieces(self, uid: int, wanted: Iterable[tuple[str, int]]) -> dict[str, bytes] | None:
        """The first bytes of sections ("1.MIME", 4096), by section, no flag touched; None when the message is gone."""
        items = [f"BODY.PEEK[{section}]<0.{size}>" for section, size in wanted]
        answer = self._client.fetch([uid], items).get(uid)
        if answer is None:
            return None
        keys = {key.decode("ascii", "replace"): value for key, value in answer.items() if key.startswith(b"BODY[")}
        return {key[5 : key.index("]")]: value or b"" for key, value in keys.items()}

    def look(self) -> None:
        """Let the server announce what is new to this connection."""
        self._client.noop()

    def still_there(self, uids: Collection[int]) -> set[int]:
        """Which of these messages are in the folder."""
        return set(uids) & set(self._client.search(["UID", ",".join(str(uid) for uid in sorted(uids))]))

    def add_flag(self, uids: Sequence[int], flag: str) -> None:
        """Set one flag or keyword; nothing happens to messages that are gone."""
        self._client.add_flags(list(uids), [flag], silent=True)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """MOVE, or COPY and mark as deleted; nothing is ever expunged."""
        if self._client.has_capability("MOVE"):
            self._client.move(list(uids), folder)
            return
        self._client.copy(list(uids), folder)
        self._client.add_flags(list(uids), [rb"\Deleted"], silent=True)

    def create(self, folder: str) -> None:
        """Make a folder, unless it is there."""
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)

    def interrupt(self) -> None:
        """Break whatever this connection waits for, from another thread; TLS's own shutdown would not be safe there."""
        with suppress(*TROUBLE):
            socket.socket.shutdown(self._client.socket(), socket.SHUT_RDWR)

    def end(self, *, politely: bool) -> None:
        """Log out where that makes sense, and let go of the socket; never raises."""
        if politely and not self.idling.now:
            with suppress(*TROUBLE):
                self._client.socket().settimeout(2.0)
                self._client.logout()
                return
        with suppress(*TROUBLE):
            self._client.shutdown()
