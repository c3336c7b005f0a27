"""An IMAP folder as a Mailbox: new mail by UID tail, large mail in parts, IDLE with polling behind it."""

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from threading import Event
from time import monotonic
from typing import TypeVar

from dplmaild.channels.imap.account import ImapAccount
from dplmaild.channels.imap.large import reduced
from dplmaild.channels.imap.line import Line
from dplmaild.channels.imap.link import Link
from dplmaild.channels.imap.showing import put_mark
from dplmaild.ports import Arrival, Identity, Outcome, Position, TemporaryError

T = TypeVar("T")

_CHUNK = 500
"""So many messages are asked for their size at once: a set of 50,000 UIDs would be refused."""

_BATCH_BYTES = 512 * 1024
"""So many bytes of small messages come with one command, and are in memory at most."""

_IDLE_PAUSE = 15 * 60.0
"""After IDLE has failed twice in a row we poll for so many seconds before trying it again."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message not read yet: what the server says of it."""

    uid: int
    size: int
    arrived: datetime


@dataclass(slots=True)
class _Tail:
    """The UIDs found above `start` and not handed over yet, so that a backlog is searched once."""

    uidvalidity: int
    start: int
    uids: list[int]

    def after(self, uidvalidity: int, start: int) -> list[int]:
        """What is still waiting behind this position; empty when that must be searched anew."""
        if self.uidvalidity != uidvalidity or start < self.start:
            return []
        return [uid for uid in self.uids if uid > start]


_Read = dict[int, tuple[bytes, tuple[str, ...]]]
"""By UID: the bytes, and what was left out of them."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ImapMailbox:
    """One folder of one account; one thread fetches and waits, `show` and `close` are safe from any other.

    Reading goes through EXAMINE, so no flag changes, not even \\Recent; showing has a connection of its own,
    opened when it is first needed. `now` only stands in for an INTERNALDATE that a server does not give.
    """

    def __init__(self, config: ImapAccount, now: Callable[[], datetime] = _utc_now) -> None:
        self._config = config
        self._now = now
        self._reading = Line(config, readonly=True)
        self._showing = Line(config, readonly=False)
        self._tail = _Tail(0, 0, [])
        self._more = False
        self._closed = Event()
        self._wake, self._waker = socket.socketpair()
        self._look_due = 0.0
        self._idle_failures = 0
        self._idle_again = 0.0

    @property
    def account(self) -> str:
        """The configured name of this mailbox."""
        return self._config.name

    def fetch(self, after: Position | None, limit: int) -> Iterator[Arrival]:
        """New messages after a position, oldest first; from the beginning when UIDVALIDITY has changed.

        Raises LoginRefusedError or TemporaryError; what was yielded before stands.
        """
        uidvalidity, uids = self._ask(lambda link: self._look(link, after, limit))
        for at in range(0, len(uids), _CHUNK):
            chunk = uids[at : at + _CHUNK]
            waiting = self._ask(partial(self._weigh, uidvalidity=uidvalidity, uids=chunk))
            for batch in _batches(waiting, self._config.size_limit):
                yield from self._arrivals(uidvalidity, batch)

    def _ask(self, work: Callable[[Link], T]) -> T:
        """Do something on the reading connection, out of IDLE."""

        def awake(link: Link) -> T:
            link.idling.stop()
            return work(link)

        return self._reading.run(awake)

    def _look(self, link: Link, after: Position | None, limit: int) -> tuple[int, list[int]]:
        if monotonic() - link.selected_at >= self._config.poll_seconds:
            link.select()
        start = int(after.uid) if after and after.uidvalidity == link.uidvalidity and after.uid.isdecimal() else 0
        uids = self._tail.after(link.uidvalidity, start)
        if len(uids) <= limit:  # a portion that is not full may have grown since
            uids = link.tail(start)
        self._tail = _Tail(link.uidvalidity, start, uids)
        self._more = len(uids) > limit
        self._look_due = monotonic() + self._config.poll_seconds
        return link.uidvalidity, uids[:limit]

    def _weigh(self, link: Link, uidvalidity: int, uids: Sequence[int]) -> list[_Waiting]:
        if link.uidvalidity != uidvalidity:  # opened anew meanwhile, on another folder of the same name
            return []
        sizes = link.sizes(uids)
        self._gone(link, set(uids) - set(sizes))
        return [_Waiting(uid, size, (at or self._now()).astimezone(UTC)) for uid, (size, at) in sorted(sizes.items())]

    def _gone(self, link: Link, missing: set[int]) -> None:
        """Forget what was deleted meanwhile; what is there and was not given is no reason to pass it over (P1)."""
        if missing and (there := link.still_there(missing)):
            raise ValueError(f"the server did not give message {min(there)}")
        self._tail.uids = [uid for uid in self._tail.uids if uid not in missing]

    def _arrivals(self, uidvalidity: int, batch: Sequence[_Waiting]) -> Iterator[Arrival]:
        found = self._ask(partial(self._read, uidvalidity=uidvalidity, batch=batch))
        for message in batch:
            if message.uid in found:
                raw, left_out = found.pop(message.uid)
                identity = Identity(self._config.name, self._config.folder, uidvalidity, str(message.uid))
                yield Arrival(identity, message.arrived, raw, message.size, left_out)

    def _read(self, link: Link, uidvalidity: int, batch: Sequence[_Waiting]) -> _Read:
        if link.uidvalidity != uidvalidity:
            return {}
        large = batch[0].size > self._config.size_limit
        found = self._read_large(link, batch[0]) if large else self._read_whole(link, batch)
        self._gone(link, {message.uid for message in batch} - set(found))
        return found

    def _read_whole(self, link: Link, batch: Sequence[_Waiting]) -> _Read:
        return {uid: (raw, ()) for uid, raw in link.whole([message.uid for message in batch]).items()}

    def _read_large(self, link: Link, message: _Waiting) -> _Read:
        found = reduced(link, message.uid, message.size, self._config.size_limit)
        return {} if found is None else {message.uid: found}

    def wait(self, seconds: float) -> bool:
        """Sleep in IDLE, else until the next poll is due; never raises: a dead link is True, and `fetch` will say."""
        if self._more or self._closed.is_set():
            return not self._closed.is_set()
        if not self._reading.is_open:
            return not self._closed.wait(min(seconds, self._config.poll_seconds))
        try:
            told = self._reading.run(lambda link: self._listen(link, seconds), again=False)
        except TemporaryError:
            self._idle_failed()
            return not self._closed.is_set()
        return self._poll(seconds) if told is None else told and not self._closed.is_set()

    def _listen(self, link: Link, seconds: float) -> bool | None:
        """Whether news came; None when this has to be found out by polling."""
        if link.news():
            return True
        if monotonic() < self._idle_again or not (link.idling.now or link.idling.offered):
            return None
        told = link.idling.wait(seconds, self._wake)
        self._idle_failures = 0
        return told

    def _idle_failed(self) -> None:
        self._idle_failures += 1
        if self._idle_failures >= 2:
            self._idle_failures = 0
            self._idle_again = monotonic() + _IDLE_PAUSE

    def _poll(self, seconds: float) -> bool:
        self._closed.wait(max(0.0, min(seconds, self._look_due - monotonic())))
        return monotonic() >= self._look_due and not self._closed.is_set()

    def show(self, identity: Identity, outcome: Outcome) -> None:
        """Set the configured keyword or move to the configured folder; quiet when the message is no longer there.

        Raises TemporaryError, or PermanentError when the server refuses the keyword or folder.
        """
        self.show_all((identity,), outcome)

    def show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """The same for several messages, in two commands; where one of them is refused, `show` tells which."""
        mark, here = self._config.show.get(outcome), (self._config.name, self._config.folder)
        ours = [one for one in identities if (one.account, one.folder) == here and one.uid.isdecimal()]
        if mark is None or not ours:
            return

        def put(link: Link) -> None:
            uids = [int(one.uid) for one in ours if one.uidvalidity == link.uidvalidity]
            if uids:
                put_mark(link, uids, mark)

        self._showing.run(put)

    def close(self) -> None:
        """Let go of both connections; idempotent, and from another thread it ends a `wait` at once."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._waker.send(b"\0")
        self._reading.close()
        self._showing.close()
        self._wake.close()
        self._waker.close()


def _batches(waiting: Sequence[_Waiting], size_limit: int) -> Iterator[list[_Waiting]]:
    """Neighbours that are fetched together: small ones up to half a megabyte, a large one alone."""
    batch: list[_Waiting] = []
    total = 0
    for message in waiting:
        if batch and (total + message.size > _BATCH_BYTES or message.size > size_limit):
            yield batch
            batch, total = [], 0
        batch.append(message)
        total += _BATCH_BYTES if message.size > size_limit else message.size
    if batch:
        yield batch
