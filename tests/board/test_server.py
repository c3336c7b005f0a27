"""The board as a server: who is let in, what it refuses, and that its trouble is nobody else's."""

import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from jinja2 import FileSystemLoader
from structlog.testing import capture_logs

from board.shown import Client, Place, answers, free_port, shown, wait_for
from desk.build import REQUEST, Mail, settings_in
from dplmaild.board.pages import Pages
from dplmaild.board.server import BoardThread, Limits
from dplmaild.settings.load import shipped
from dplmaild.settings.model import Board

PAGE = "/deployments/DPL-2026-0001"
OURS = "The day"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A desk with one deployment on record."""
    desk = Place(settings_in(tmp_path))
    desk.receive(Mail(REQUEST))
    return desk


@pytest.fixture
def client(place: Place) -> Iterator[Client]:
    """Its board."""
    with shown(place, name="board.example.org") as one:
        yield one


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("evil.example.net", id="a name of somebody else's"),
        pytest.param("evil.example.net:{port}", id="the same with our port"),
        pytest.param("127.0.0.1", id="another port of this machine"),
        pytest.param("127.0.0.1:{port}.evil.example.net", id="a name that begins like ours"),
        pytest.param("board.example.org.evil.example.net", id="a name that begins like the proxy's"),
        pytest.param("board.example.org@evil.example.net", id="a user in front of a name"),
        pytest.param("", id="no name at all"),
    ],
)
def test_what_was_sent_to_somebody_else_is_refused(host: str, client: Client) -> None:
    for path in ("/", PAGE, "/calendar.ics", "/health", "/nothing"):
        answer = client.ask(path, host=host.format(port=client.port))
        assert answer.status == 421
        assert "Acme" not in answer.text
        assert OURS not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "board.example.org"])
def test_its_own_names_are_let_in(host: str, client: Client) -> None:
    assert client.ask("/", host=host.format(port=client.port)).status == 200


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"GET / HTTP/1.0\r\n\r\n", id="an old request without a name"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", id="a new one without"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: localhost:1\r\nHost: evil.example.net\r\n\r\n", id="two names"),
        pytest.param(b"GET http://evil.example.net/ HTTP/1.1\r\nHost: evil.example.net\r\n\r\n", id="as a proxy"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 500, id="TLS"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", id="a head without end"),
    ],
)
def test_nonsense_gets_no_page_and_the_next_one_does(head: bytes, client: Client) -> None:
    said = b""
    with suppress(ConnectionError):
        said = client.raw(head)
    assert OURS.encode() not in said
    assert b" 200 " not in said
    assert client.ask("/").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", PAGE, "/deployments", "/calendar.ics", "/health"])
def test_it_only_shows(method: str, path: str, client: Client) -> None:
    answer = client.ask(path, method=method)
    assert answer.status == 405
    assert set(answer.headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD"}
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", PAGE, "/deployments", "/calendar.ics", "/health", "/nothing"])
def test_a_head_is_the_same_without_the_page(path: str, client: Client) -> None:
    whole, head = client.ask(path), client.ask(path, method="HEAD")
    assert head.status == whole.status
    assert head.text == ""
    without = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in without} == {
        k: v for k, v in whole.headers.items() if k not in without
    }


@pytest.mark.parametrize("path", ["/" + "a" * 600, "/?language=" + "x" * 600, PAGE + "?" + "a=b&" * 200])
def test_a_long_address_is_refused(path: str, client: Client) -> None:
    assert client.ask(path).status == 414


def test_a_record_that_is_away_is_said_and_comes_back(place: Place, client: Client) -> None:
    place.database.close()
    path = Path(place.settings.store.url.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".gone"))
    with capture_logs() as logs:
        for page in ("/", PAGE, "/deployments?show=ended"):
            answer = client.ask(page)
            assert answer.status == 503
            assert "The record cannot be read now" in answer.words
            assert str(path) not in answer.text
    assert [line["event"] for line in logs] == ["board cannot read"]
    assert client.ask("/calendar.ics").status == 503
    health = client.ask("/health")
    assert health.status == 503
    assert '"well":false' in health.text
    assert not path.exists()
    path.with_suffix(".gone").rename(path)
    assert client.ask("/").status == 200


def test_a_record_that_is_locked_is_said(place: Place, client: Client) -> None:
    place.database.close()
    alone = sqlite3.connect(place.settings.store.url.removeprefix("sqlite:///"), isolation_level=None)
    alone.execute("PRAGMA locking_mode=EXCLUSIVE")
    alone.execute("BEGIN EXCLUSIVE")
    alone.execute("UPDATE counters SET value = value")
    assert client.ask(PAGE).status == 503
    alone.execute("ROLLBACK")
    alone.close()
    assert client.ask(PAGE).status == 200


def test_a_reader_never_holds_the_writer_back(place: Place, client: Client) -> None:
    """A page is asked for while a write is going on, and a write while pages are."""
    with place.database.writing():
        assert client.ask(PAGE).status == 200
    for number in range(5):
        client.ask("/")
        place.receive(Mail(REQUEST, subject=f"Another {number}", number=number + 10))


def test_a_port_that_is_taken_is_one_line_and_is_tried_again(place: Place) -> None:
    port, stopping = free_port(), Event()
    with socket.socket() as other, capture_logs() as logs:
        other.bind(("127.0.0.1", port))
        other.listen()
        thread = board_thread(place, f"127.0.0.1:{port}", stopping, Limits(again=0.02))
        thread.start()
        wait_for(lambda: logs)
        time.sleep(0.2)  # several attempts
        (line,) = [each for each in logs if each["event"] == "board not shown"]
        assert f"127.0.0.1:{port} cannot be listened at: Address already in use" in line["why"]
        other.close()
        wait_for(lambda: any(each["event"] == "board shown" for each in logs))
    wait_for(lambda: answers(port))
    stopping.set()
    thread.join(20)
    assert not thread.is_alive()
    assert not answers(port)


def test_it_leaves_although_somebody_is_still_talking(place: Place) -> None:
    with shown(place) as client, socket.create_connection(("127.0.0.1", client.port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        client.stopping.set()
        client.thread.join(15)
        assert not client.thread.is_alive()


def test_who_is_slow_is_cut_off_and_others_are_shown_pages(place: Place) -> None:
    with shown(place, limits=Limits(connections=8, seconds=1)) as client:
        slow = [socket.create_connection(("127.0.0.1", client.port), timeout=20) for _ in range(30)]
        for line in slow:
            with suppress(ConnectionError):
                line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        for line in slow:  # too many at once, or too slow
            with suppress(ConnectionError):
                assert line.recv(1000) == b""
            line.close()
        wait_for(lambda: is_served(client))


def test_who_reads_nothing_is_cut_off(place: Place) -> None:
    with shown(place, limits=Limits(connections=8, seconds=1)) as client:
        for number in range(8):
            line = socket.create_connection(("127.0.0.1", client.port))
            line.sendall(f"GET {PAGE}?{number} HTTP/1.1\r\nHost: localhost:{client.port}\r\n\r\n".encode())
        wait_for(lambda: is_served(client))


def test_a_page_that_cannot_be_drawn_is_one_line_and_the_others_go_on(place: Place, client: Client) -> None:
    with capture_logs() as logs:
        place.now = None  # type: ignore[assignment]  # what the day is reckoned from
        answer = client.ask("/")
    assert answer.status == 500
    assert "This page cannot be shown" in answer.words
    assert "Traceback" not in answer.text
    assert [line["event"] for line in logs] == ["page failed"]
    assert client.ask("/deployments").status == 200


def is_served(client: Client) -> bool:
    """Whether there is room for one more."""
    with suppress(ConnectionError):
        return client.ask("/").status == 200
    return False


def board_thread(place: Place, listen: str, stopping: Event, limits: Limits) -> BoardThread:
    """A board that has not begun."""
    pages = Pages(FileSystemLoader(shipped("templates")))
    return BoardThread(Board(listen=listen), place.settings.store.url, place.house, pages, stopping, limits)
