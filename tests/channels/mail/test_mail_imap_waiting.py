"""Waiting for mail: IDLE, what can go wrong in it, polling, and being closed meanwhile."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from dplmaild.channels.imap import ImapMailbox
from dplmaild.ports import Position, TemporaryError
from servers.imap_server import ImapServer
from servers.mails import letter
from servers.opened import Opened, plain
from servers.proxy import Orders, proxy_to

LONG = 60.0
"""Far longer than any of these tests may take: who waits so long has missed what it waited for."""


@contextmanager
def meanwhile(work: Callable[[], object], after: float = 0.3) -> Iterator[None]:
    timer = threading.Timer(after, work)
    timer.start()
    try:
        yield
    finally:
        timer.join()


def waited(mailbox: ImapMailbox) -> tuple[bool, bool]:
    """What a long wait answers, and whether it took all its time."""
    begun = time.monotonic()
    answer = mailbox.wait(LONG)
    return answer, time.monotonic() - begun >= LONG


def test_new_mail_ends_the_wait(imap_server: ImapServer, user: str, opened: Opened) -> None:
    mailbox = opened()
    assert list(mailbox.fetch(None, 10)) == []
    with meanwhile(lambda: imap_server.deliver(user, letter("new"))):
        assert waited(mailbox) == (True, False)
    assert len(list(mailbox.fetch(None, 10))) == 1


def test_mail_that_came_before_the_wait_ends_it_at_once(imap_server: ImapServer, user: str, opened: Opened) -> None:
    mailbox = opened()
    list(mailbox.fetch(None, 10))
    imap_server.deliver(user, letter("new"))
    assert waited(mailbox) == (True, False)


def test_mail_announced_in_passing_ends_the_wait(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("old"))
    mailbox = opened()
    reading = mailbox.fetch(None, 10)
    imap_server.deliver(user, letter("while fetching"))
    first = next(reading)
    imap_server.deliver(user, letter("behind"))
    list(reading)
    assert waited(mailbox) == (True, False)
    found = mailbox.fetch(Position(first.identity.uidvalidity, first.identity.uid), 10)
    assert len(list(found)) >= 1


def test_many_waits_in_a_row_miss_nothing(imap_server: ImapServer, user: str, opened: Opened) -> None:
    mailbox = opened()
    position, seen = None, 0
    for n in range(10):
        imap_server.deliver(user, letter(f"n{n}"))
        assert waited(mailbox) == (True, False) if n else True
        for arrival in mailbox.fetch(position, 10):
            position = Position(arrival.identity.uidvalidity, arrival.identity.uid)
            seen += 1
    assert seen == 10


def test_a_backlog_beyond_the_limit_is_not_waited_for(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"), letter("b"))
    mailbox = opened()
    assert len(list(mailbox.fetch(None, 1))) == 1
    assert waited(mailbox) == (True, False)


def test_nothing_new_is_false_when_the_time_is_over(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("old"))
    mailbox = opened()
    list(mailbox.fetch(None, 10))
    assert [mailbox.wait(0.1), mailbox.wait(0.1)] == [False, False]


def test_what_people_do_with_flags_is_no_news(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("old"))
    mailbox = opened()
    list(mailbox.fetch(None, 10))
    mailbox.wait(0.1)
    with imap_server.client(user) as people:
        people.add_flags([1], [rb"\Seen"])
    assert mailbox.wait(0.5) is False


def test_idle_goes_on_over_many_waits(imap_server: ImapServer, opened: Opened) -> None:
    if not imap_server.tls_port:
        pytest.skip("the proxy can read along without TLS only")
    with proxy_to(imap_server.host, imap_server.plain_port) as proxy:
        mailbox = opened(**plain(proxy))
        list(mailbox.fetch(None, 10))
        for _ in range(5):
            mailbox.wait(0.05)
        assert proxy.sent.count(b" IDLE\r\n") == 1


def test_idle_is_issued_again_before_the_server_loses_patience(imap_server: ImapServer, opened: Opened) -> None:
    if not imap_server.tls_port:
        pytest.skip("the proxy can read along without TLS only")
    with proxy_to(imap_server.host, imap_server.plain_port) as proxy:
        mailbox = opened(**plain(proxy), reissue_seconds=0.2)
        list(mailbox.fetch(None, 10))
        assert mailbox.wait(1.0) is False
        assert proxy.sent.count(b" IDLE\r\n") == proxy.sent.count(b"DONE\r\n") + 1
        assert proxy.sent.count(b"DONE\r\n") >= 2


def test_a_link_cut_while_idle_ends_the_wait_and_mail_is_found(
    imap_server: ImapServer, user: str, opened: Opened
) -> None:
    with proxy_to(imap_server.host, imap_server.port) as proxy:
        mailbox = opened(host=proxy.host, port=proxy.port)
        list(mailbox.fetch(None, 10))
        with meanwhile(proxy.cut):
            assert waited(mailbox) == (True, False)
        imap_server.deliver(user, letter("after the cut"))
        assert len(list(mailbox.fetch(None, 10))) == 1


def test_a_server_that_stays_away_is_waited_for_without_haste(imap_server: ImapServer, opened: Opened) -> None:
    with proxy_to(imap_server.host, imap_server.port) as proxy:
        mailbox = opened(host=proxy.host, port=proxy.port)
        list(mailbox.fetch(None, 10))
        proxy.orders = Orders(refuse=True)
        with meanwhile(proxy.cut):
            mailbox.wait(LONG)
        with pytest.raises(TemporaryError):
            list(mailbox.fetch(None, 10))
        before = proxy.connections
        mailbox.wait(0.3)
        assert proxy.connections == before


class Scripted:
    """A server of a few lines: says what an IMAP server would, and something else to IDLE."""

    def __init__(self, *, idle: bytes | None) -> None:
        self.idle = idle
        self.logins = self.idles = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        offered = b"IMAP4rev1 AUTH=PLAIN" + (b" IDLE" if self.idle is not None else b"")
        with client, client.makefile("rb") as said:
            client.sendall(b"* OK [CAPABILITY " + offered + b"] ready\r\n")
            for line in said:
                tag, verb = line.split()[:2]
                if verb == b"AUTHENTICATE":
                    self.logins += 1
                    client.sendall(b"+ \r\n")
                    said.readline()
                elif verb == b"CAPABILITY":
                    client.sendall(b"* CAPABILITY " + offered + b"\r\n")
                elif verb == b"EXAMINE":
                    client.sendall(b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x\r\n")
                elif verb == b"UID":
                    client.sendall(b"* SEARCH\r\n")
                elif verb == b"IDLE":
                    self.idles += 1
                    client.sendall(self.idle or b"")
                    if b"BYE" in (self.idle or b""):
                        return
                    if not said.readline():
                        return
                client.sendall(tag + b" OK done\r\n")

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def scripted() -> Iterator[Callable[..., Scripted]]:
    made: list[Scripted] = []

    def build(*, idle: bytes | None) -> Scripted:
        made.append(Scripted(idle=idle))
        return made[-1]

    yield build
    for server in made:
        server.close()


def test_news_in_one_packet_with_the_continuation_are_heard(scripted: Callable[..., Scripted], opened: Opened) -> None:
    server = scripted(idle=b"+ idling\r\n* 3 EXISTS\r\n")
    mailbox = opened(tls="none", ca_file=None, port=server.port)
    list(mailbox.fetch(None, 10))
    assert waited(mailbox) == (True, False)


def test_good_bye_in_idle_ends_the_wait(scripted: Callable[..., Scripted], opened: Opened) -> None:
    server = scripted(idle=b"+ idling\r\n* BYE shutting down\r\n")
    mailbox = opened(tls="none", ca_file=None, port=server.port)
    list(mailbox.fetch(None, 10))
    assert waited(mailbox) == (True, False)


@pytest.mark.parametrize(
    "idle",
    [
        pytest.param(b"+ idling\r\n* BYE no idling here\r\n", id="good-bye"),
        pytest.param(b"* NO not today\r\n", id="no continuation"),
        pytest.param(b"+ idling\r\nwhat is this\r\n", id="nonsense"),
    ],
)
def test_an_idle_that_fails_twice_gives_way_to_polling(
    scripted: Callable[..., Scripted], opened: Opened, idle: bytes
) -> None:
    server = scripted(idle=idle)
    mailbox = opened(tls="none", ca_file=None, port=server.port, poll_seconds=0.1)
    for _ in range(6):
        list(mailbox.fetch(None, 10))
        assert mailbox.wait(5) is True
    assert server.idles == 2
    assert server.logins == 3


def test_a_server_without_idle_is_polled(scripted: Callable[..., Scripted], opened: Opened) -> None:
    server = scripted(idle=None)
    mailbox = opened(tls="none", ca_file=None, port=server.port, poll_seconds=0.2)
    list(mailbox.fetch(None, 10))
    assert mailbox.wait(0.01) is False
    assert mailbox.wait(5) is True
    assert (server.idles, server.logins) == (0, 1)


@pytest.mark.parametrize("looked", [True, False], ids=["in IDLE", "before the first look"])
def test_closing_from_another_thread_ends_the_wait(opened: Opened, looked: bool) -> None:
    mailbox = opened()
    if looked:
        list(mailbox.fetch(None, 10))
    with meanwhile(mailbox.close):
        assert waited(mailbox) == (False, False)
    assert mailbox.wait(LONG) is False


def test_closing_interrupts_a_fetch_from_a_server_that_went_silent(
    imap_server: ImapServer, user: str, opened: Opened
) -> None:
    if not imap_server.tls_port:
        pytest.skip("the proxy can read along without TLS only")
    imap_server.deliver(user, letter("a"))
    with proxy_to(imap_server.host, imap_server.plain_port) as proxy:
        mailbox = opened(**plain(proxy), timeout=LONG)
        list(mailbox.fetch(None, 10))
        mailbox.wait(0.05)
        proxy.orders.silent_after = 0
        with meanwhile(mailbox.close), pytest.raises(TemporaryError) as told:
            list(mailbox.fetch(None, 10))
    assert "no answer in time" not in str(told.value)
