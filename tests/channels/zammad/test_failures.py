"""Failures are told in one clear sentence of the right kind, and never with the token in it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from channels.zammad.conftest import Opened
from dplmaild.channels.zammad import ZammadTickets
from dplmaild.channels.zammad.failures import retry_after
from dplmaild.ports import Comment, DplmaildError, InDoubtError, PermanentError, TemporaryError
from servers.zammad import Kind, ZammadDouble


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Something on a port that answers every connection with these bytes, then closes it."""

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        pytest.param(b"", TemporaryError, id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", TemporaryError, id="another protocol"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe", TemporaryError, id="bytes that are no JSON"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", TemporaryError, id="an empty success"),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", TemporaryError, id="no content"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", TemporaryError, id="null"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n[1, 2]", TemporaryError, id="numbers for rows"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
            TemporaryError,
            id="broken gzip",
        ),
        pytest.param(b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", PermanentError, id="401"),
        pytest.param(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", PermanentError, id="404"),
        pytest.param(b"HTTP/1.1 418 No\r\nContent-Length: 0\r\n\r\n", PermanentError, id="a status nobody knows"),
        pytest.param(b"HTTP/1.1 408 Slow\r\nContent-Length: 0\r\n\r\n", TemporaryError, id="408"),
        pytest.param(b"HTTP/1.1 599 No\r\nContent-Length: 0\r\n\r\n", TemporaryError, id="599"),
    ],
)
def test_answers_that_are_not_zammads(opened: Opened, answer: bytes, failure: type[DplmaildError]) -> None:
    with answering(answer) as url, pytest.raises(failure, match=r"^127\.0\.0\.1: ") as told:
        opened(url=url).find(1, "op-1")
    assert not isinstance(told.value, InDoubtError)


def test_a_closed_port_means_nothing_happened(opened: Opened) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    with pytest.raises(TemporaryError, match="cannot be reached") as told:
        opened(url=f"http://127.0.0.1:{port}").comment(Comment(1, "op-1", "CONFIRMED"))
    assert not isinstance(told.value, InDoubtError)


def test_a_name_that_does_not_exist_means_nothing_happened(opened: Opened) -> None:
    with pytest.raises(TemporaryError, match="cannot be reached") as told:
        opened(url="https://desk.invalid").comment(Comment(1, "op-1", "CONFIRMED"))
    assert not isinstance(told.value, InDoubtError)


def test_a_desk_that_goes_down_between_look_and_write_is_no_doubt(desk: ZammadDouble, opened: Opened) -> None:
    """Refused before a connection stood: certainly not applied, so it may be sent again at once."""
    door, row = opened(), desk.add_ticket()
    door.find(row["id"], "op-1")
    desk.__exit__()
    door.close()
    with pytest.raises(TemporaryError) as told:
        door.comment(Comment(row["id"], "op-1", "CONFIRMED"))
    assert not isinstance(told.value, InDoubtError)


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize("elsewhere", ["another host", "the same host"])
def test_a_redirect_is_refused_and_nothing_goes_there(
    desk: ZammadDouble, tickets: ZammadTickets, elsewhere: str, method: str
) -> None:
    row = desk.add_ticket()
    with ZammadDouble() as other:
        location = (other if elsewhere == "another host" else desk).url + "/api/v1/users/me"
        desk.fault(Kind.REDIRECT, method=method, location=location)
        with pytest.raises(PermanentError, match="302"):
            tickets.comment(Comment(row["id"], "op-1", "CONFIRMED"))
        assert other.seen == []
    assert not any(request.path.endswith("users/me") for request in desk.seen)
    assert desk.articles(row) == []


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        pytest.param("unknown", "put a valid API token", id="unknown"),
        pytest.param("expired", "put a valid API token", id="expired"),
        pytest.param("powerless", "our account may not", id="without permission"),
    ],
)
def test_a_token_that_does_not_work_is_told_with_what_to_do(
    desk: ZammadDouble, opened: Opened, prepare: str, words: str
) -> None:
    row, secret = desk.add_ticket(), "wrong-token-0815"
    if prepare != "unknown":
        desk.add_token(
            desk.bot, secret, *(["ticket.agent"] if prepare == "expired" else []), expired=prepare == "expired"
        )
    with pytest.raises(PermanentError, match=words) as told:
        opened(token=secret).find(row["id"], "op-1")
    assert secret not in str(told.value)


def test_a_server_that_echoes_the_token_does_not_get_it_into_the_message(desk: ZammadDouble, opened: Opened) -> None:
    secret = "echoed-token-0815"
    body = b'{"error": "bad header: Token token=' + secret.encode() + b'"}'
    head = b"HTTP/1.1 422 No\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    with answering(head + body) as url, pytest.raises(PermanentError, match="bad header") as told:
        opened(url=url, token=secret).find(1, "op-1")
    assert secret not in str(told.value)


def test_a_netrc_file_does_not_replace_our_token(
    desk: ZammadDouble, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password guess\n")
    monkeypatch.setenv("NETRC", str(netrc))
    row = desk.add_ticket()
    opened().find(row["id"], "op-1")
    assert {request.headers["Authorization"] for request in desk.seen} == {f"Token token={desk.token}"}


def test_an_answer_that_trickles_comes_to_an_end(opened: Opened) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    stop = threading.Event()

    def trickle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(head)
            while not stop.wait(0.02):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=trickle, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(TemporaryError):
            opened(url=url, read_timeout=0.1).find(1, "op-1")
        stop.set()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({}, None, id="not said"),
        pytest.param({"Retry-After": "30"}, 30.0, id="seconds"),
        pytest.param({"Retry-After": " 30 "}, 30.0, id="seconds with blanks"),
        pytest.param({"Retry-After": "0"}, 0.0, id="at once"),
        pytest.param({"Retry-After": "999999999"}, 86_400.0, id="years: a day at most"),
        pytest.param({"Retry-After": "9" * 5000}, None, id="a number without end"),
        pytest.param({"Retry-After": "-5"}, None, id="a negative number"),
        pytest.param({"Retry-After": "soon"}, None, id="a word"),
        pytest.param(
            {"Retry-After": "Mon, 23 Nov 2026 10:00:30 GMT", "Date": "Mon, 23 Nov 2026 10:00:00 GMT"},
            30.0,
            id="a date, against the answer's own",
        ),
        pytest.param(
            {"Retry-After": "Mon, 23 Nov 2026 09:00:00 GMT", "Date": "Mon, 23 Nov 2026 10:00:00 GMT"},
            0.0,
            id="a date that has passed",
        ),
        pytest.param({"Retry-After": "Mon, 23 Nov 2026 10:00:30 GMT"}, None, id="a date and nothing to measure it by"),
    ],
)
def test_retry_after_is_read_in_both_forms(headers: dict[str, str], seconds: float | None) -> None:
    response = requests.Response()
    response.headers.update(headers)
    assert retry_after(response) == seconds
