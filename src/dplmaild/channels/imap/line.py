"""A connection that is kept: opened when needed, opened anew when it turns out to be dead, closed from any thread."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from dplmaild.channels.imap.account import ImapAccount
from dplmaild.channels.imap.link import TROUBLE, Link
from dplmaild.channels.imap.opening import open_link
from dplmaild.channels.secure import link_trouble
from dplmaild.ports import TemporaryError

T = TypeVar("T")


class Line:
    """Holds at most one link, used by one thread at a time."""

    def __init__(self, account: ImapAccount, *, readonly: bool) -> None:
        self._account = account
        self._readonly = readonly
        self._lock = Lock()
        self._link: Link | None = None
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether a link is kept; it may be dead without our knowing."""
        return self._link is not None

    def run(self, work: Callable[[Link], T], *, again: bool = True) -> T:
        """Do `work` on the link. A kept one that proves dead is replaced once, so `work` must bear repetition.

        Raises TemporaryError when there is no link to be had, or it broke.
        """
        with self._lock:
            kept = self._link is not None
            try:
                return self._attempt(work)
            except TROUBLE as error:
                if not (kept and again):
                    raise link_trouble(self._account.place, error) from error
            try:
                return self._attempt(work)
            except TROUBLE as error:
                raise link_trouble(self._account.place, error) from error

    def _attempt(self, work: Callable[[Link], T]) -> T:
        link = self._link or self._opened()
        try:
            return work(link)
        except TROUBLE:
            self._drop(politely=False)
            raise

    def _opened(self) -> Link:
        self._refuse_when_closed()
        self._link = open_link(self._account, readonly=self._readonly)
        self._refuse_when_closed()
        return self._link

    def _refuse_when_closed(self) -> None:
        if self._closed:
            self._drop(politely=False)
            raise TemporaryError(f"{self._account.place}: closed")

    def close(self) -> None:
        """Let go, interrupting what is under way after a second; idempotent, never raises."""
        self._closed = True
        held = self._lock.acquire(timeout=1.0)
        if not held and (link := self._link) is not None:
            link.interrupt()
            held = self._lock.acquire(timeout=2.0)
        if held:  # otherwise it is still being opened, and who opens it sees that we are closed
            try:
                self._drop(politely=True)
            finally:
                self._lock.release()

    def _drop(self, *, politely: bool) -> None:
        if self._link is not None:
            self._link.end(politely=politely)
            self._link = None
