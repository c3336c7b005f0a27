"""P4 through the whole delivery: a line cut around every reply of the mail server. Never none, never three."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from promises.desk import Where, desk_in, smtp_post
from promises.mails import drop, request
from promises.turns import Turns, opened, owed_rows
from servers.proxy import Orders, proxy_to
from servers.smtpd import SmtpServer

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
REPLIES = {1: "the greeting", 2: "EHLO", 3: "MAIL", 4: "RCPT", 5: "DATA", 6: "the final dot"}


@contextmanager
def _house(folder: Path, server: SmtpServer, orders: Orders) -> Iterator[Turns]:
    with proxy_to(server.host, server.port, orders) as proxy:
        turns = opened(desk_in(folder, Where(post=smtp_post(proxy.port))), NOW)
        try:
            yield turns
        finally:
            turns.close()


def _over_the_next_day(turns: Turns) -> None:
    for minutes in (0, 6, 12, 30, 90, 600, 1440):
        turns.clock.now = NOW + timedelta(minutes=minutes)
        turns.go()


def _times_received(server: SmtpServer) -> list[int]:
    ids = [str(message_from_bytes(m.content)["Message-ID"]) for m in server.received]
    return [ids.count(name) for name in dict.fromkeys(ids)]


def _cuts() -> list[object]:
    before = [
        pytest.param(Orders(cut_before_reply=n, obeyed=1), n == 6, id=f"before the reply to {what}")
        for n, what in REPLIES.items()
    ]
    after = [
        pytest.param(Orders(cut_after_reply=n, obeyed=1), False, id=f"after the reply to {what}")
        for n, what in REPLIES.items()
    ]
    words = [b"mail FROM", b"rcpt TO", b"data\r\n", b"Message-ID"]
    unheard = [
        pytest.param(Orders(cut_when_sent=word, obeyed=1), False, id=f"before the server hears {word.decode().strip()}")
        for word in words
    ]
    return [*before, *after, *unheard]


@pytest.mark.parametrize(("orders", "twice"), _cuts())
def test_a_line_cut_once(tmp_path: Path, smtp_server: SmtpServer, orders: Orders, twice: bool) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    with _house(tmp_path, smtp_server, orders) as turns:
        _over_the_next_day(turns)
        letters = [row for row in owed_rows(turns) if row["kind"] == "letter"]
    assert _times_received(smtp_server)[0] == (2 if twice else 1)
    assert all(times == 1 for times in _times_received(smtp_server)[1:])
    assert letters[0]["state"] == "paid"
    # A line that is cut while the text is sent shows it at once or only when the dot is sent: then it is in doubt.
    assert letters[0]["doubts"] in ({1} if twice else {0, 1})
    assert ("may have been sent twice" in letters[0]["note"]) == (letters[0]["doubts"] == 1)


def _ready(folder: Path) -> Path:
    """The desk's folders, before the desk is there."""
    (folder / "inbox" / "new").mkdir(parents=True, exist_ok=True)
    return folder


def test_a_reply_lost_every_time_is_not_tried_a_third_time(tmp_path: Path, smtp_server: SmtpServer) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    with _house(tmp_path, smtp_server, Orders(cut_before_reply=6)) as turns:
        _over_the_next_day(turns)
        letter, *others = [row for row in owed_rows(turns) if row["message_id"]]
    assert _times_received(smtp_server) == [2, 2]  # the letter, and the alarm that tells of it
    assert (letter["state"], letter["doubts"]) == ("set aside", 1)
    assert [row["kind"] for row in others] == ["alarm"]


def test_a_line_cut_before_every_dot_delivers_when_it_holds_again(tmp_path: Path, smtp_server: SmtpServer) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    orders = Orders(cut_before_reply=5, obeyed=4)
    with _house(tmp_path, smtp_server, orders) as turns:
        _over_the_next_day(turns)
        letter = owed_rows(turns)[0]
    assert _times_received(smtp_server) == [1]
    assert (letter["state"], letter["doubts"], letter["attempts"]) == ("paid", 0, 5)


def test_every_attempt_carries_the_same_bytes(tmp_path: Path, smtp_server: SmtpServer) -> None:
    drop(_ready(tmp_path), request(sent=NOW), at=NOW)
    with _house(tmp_path, smtp_server, Orders(cut_before_reply=6, obeyed=1)) as turns:
        _over_the_next_day(turns)
    first, second = smtp_server.received
    assert first.content == second.content


def test_one_cut_letter_does_not_hold_up_the_others(tmp_path: Path, smtp_server: SmtpServer) -> None:
    half = request("half", sent=NOW, text="please schedule a deployment of the PWA on PRD.\n")
    drop(_ready(tmp_path), request(sent=NOW), half, at=NOW)
    with _house(tmp_path, smtp_server, Orders(cut_before_reply=6, obeyed=1)) as turns:
        turns.go()
        states = [row["state"] for row in owed_rows(turns) if row["kind"] == "letter"]
    assert states == ["in doubt", "paid"]
