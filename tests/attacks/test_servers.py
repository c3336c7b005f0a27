"""Servers that answer garbage, drop by drop, for ever, or send us elsewhere: nothing hangs, nothing grows."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest

from dplmaild.channels.caldav import CalDav
from dplmaild.channels.secure import Tls
from dplmaild.channels.smtp import SmtpAccount, SmtpPost
from dplmaild.channels.zammad import ZammadSettings, ZammadTickets
from dplmaild.ports import InDoubtError, PermanentError, TemporaryError

LETTER = b"Subject: x\r\n\r\nhello\r\n"
EVENT = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:dpl-1@example.org\r\nSEQUENCE:0\r\n"
    b"DTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
Talk = Callable[[socket.socket], None]


@contextmanager
def serving(talk: Talk) -> Iterator[int]:
    """A server on loopback that talks like this to everybody; its port."""
    door = socket.create_server(("127.0.0.1", 0))

    def welcome() -> None:
        with suppress(OSError):
            while True:
                guest, _ = door.accept()
                threading.Thread(target=_talked, args=(talk, guest), daemon=True).start()

    threading.Thread(target=welcome, daemon=True).start()
    try:
        yield door.getsockname()[1]
    finally:
        door.close()


def _talked(talk: Talk, guest: socket.socket) -> None:
    with guest, suppress(OSError):
        talk(guest)


def for_ever(words: bytes) -> Talk:
    """Says the same again and again."""

    def talk(guest: socket.socket) -> None:
        while True:
            guest.sendall(words)

    return talk


def drop_by_drop(guest: socket.socket) -> None:
    """A letter now and then, and never the end of the line."""
    while True:
        guest.sendall(b"2")
        time.sleep(0.05)


def replies(*lines: bytes, then: Talk) -> Talk:
    """Plays its part for so many lines, and then does something else."""

    def talk(guest: socket.socket) -> None:
        guest.sendall(b"220 hello\r\n")
        for line in lines:
            guest.recv(65_536)
            guest.sendall(line)
        guest.recv(65_536)
        then(guest)

    return talk


GOOD = (b"250 hello\r\n", b"250 sender\r\n", b"250 recipient\r\n", b"354 go on\r\n")


def handed_over(port: int) -> None:
    """One letter to this mail server."""
    post = SmtpPost(SmtpAccount(host="127.0.0.1", port=port, tls=Tls.NONE, timeout=0.3))
    post.send("servicedesk@example.org", ("nora@agency.example.net",), LETTER)


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(for_ever(b"220-and more\r\n" * 100), id="a greeting without end"),
        pytest.param(for_ever(b"x" * 10_000), id="a line without end"),
        pytest.param(drop_by_drop, id="drop by drop"),
        pytest.param(for_ever(b"\xff\x00garbage\r\n"), id="garbage"),
        pytest.param(replies(then=for_ever(b"250-X\r\n" * 100)), id="abilities without end"),
        pytest.param(replies(b"250 hello\r\n", then=drop_by_drop), id="slow with the sender"),
        pytest.param(replies(b"250 hello\r\n", b"999 what\r\n", then=drop_by_drop), id="a code that is none"),
        pytest.param(replies(b"250 \xff\xfe\x00\r\n", b"-1 no\r\n", then=drop_by_drop), id="a code below zero"),
    ],
)
def test_a_mail_server_that_misbehaves_before_the_dot_has_not_taken_the_letter(talk: Talk) -> None:
    with serving(talk) as port, pytest.raises(TemporaryError) as told:
        handed_over(port)
    assert not isinstance(told.value, InDoubtError)


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(for_ever(b"250-taken\r\n" * 100), id="an answer without end"),
        pytest.param(drop_by_drop, id="drop by drop"),
        pytest.param(for_ever(b"\xff\x00"), id="garbage"),
    ],
)
def test_after_the_dot_it_leaves_the_letter_in_doubt(then: Talk) -> None:
    def after_the_text(guest: socket.socket) -> None:
        then(guest)

    with serving(replies(*GOOD, then=after_the_text)) as port, pytest.raises(InDoubtError):
        handed_over(port)


def http(head: bytes, body: bytes = b"") -> Talk:
    """Answers every request with this head, and this body for ever."""

    def talk(guest: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += guest.recv(65_536)
        guest.sendall(head)
        while body:
            guest.sendall(body)

    return talk


def written(port: int) -> None:
    """One event into the calendar of this server."""
    CalDav(f"http://127.0.0.1:{port}/cal/", "desk", "s3cret").put("dpl-1@example.org", 0, EVENT)


def polled(port: int) -> None:
    """One look at the tickets of this server."""
    settings = ZammadSettings(f"http://127.0.0.1:{port}/", "t0ken", ("Deployments",), read_timeout=1)
    tuple(ZammadTickets(settings).changed_since(datetime.now(UTC)))


DOORS = pytest.mark.parametrize("door", [pytest.param(written, id="calendar"), pytest.param(polled, id="tickets")])


@DOORS
@pytest.mark.parametrize("status", [b"301", b"302", b"303", b"307", b"308"])
def test_nobody_is_followed_to_another_host(door: Callable[[int], None], status: bytes) -> None:
    asked: list[bytes] = []

    def elsewhere(guest: socket.socket) -> None:
        asked.append(guest.recv(65_536))

    with serving(elsewhere) as other:
        head = b"HTTP/1.1 %s X\r\nLocation: http://localhost:%d/\r\nContent-Length: 0\r\n\r\n" % (status, other)
        with serving(http(head)) as port, pytest.raises(PermanentError) as told:
            door(port)
    assert asked == []
    assert "s3cret" not in str(told.value)
    assert "t0ken" not in str(told.value)


@DOORS
@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"x" * 100_000, id="a long body"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 100_000, id="a body without end"),
        pytest.param(
            b"HTTP/1.1 207 X\r\nContent-Type: text/xml\r\n\r\n<a>", b"<b>x</b>" * 10_000, id="XML without end"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1_000, id="headers without end"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", b"", id="a length below zero"),
        pytest.param(b"\xff\xfe\r\n\r\n", b"", id="garbage"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nxxxx", b"", id="no gzip"),
    ],
)
def test_an_answer_without_end_or_sense_is_trouble_for_now(
    door: Callable[[int], None], head: bytes, body: bytes
) -> None:
    tracemalloc.start()
    with serving(http(head, body)) as port, pytest.raises((TemporaryError, PermanentError)):
        door(port)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 450_000_000
