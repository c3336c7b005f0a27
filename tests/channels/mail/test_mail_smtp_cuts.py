"""The connection cut at every reply of the server: what we believe, beside what the server has (P4)."""

import pytest

from dplmaild.channels.secure import Tls
from dplmaild.channels.smtp import SmtpAccount, SmtpPost
from dplmaild.ports import InDoubtError, TemporaryError
from servers.mails import letter
from servers.proxy import Orders, proxy_to
from servers.smtpd import SmtpServer

SAFE, DOUBT, SENT = "certainly not sent", "in doubt", "sent"

# The dialogue: greeting, EHLO, MAIL, RCPT, DATA, final dot.
GREETING, HELLO, SENDER, RECIPIENT, GO_AHEAD, TAKEN = range(1, 7)


def outcome(server: SmtpServer, orders: Orders) -> tuple[str, int]:
    """What the post says of one letter, and how many letters the server has."""
    with proxy_to(server.host, server.port, orders) as proxy:
        post = SmtpPost(SmtpAccount(host=proxy.host, port=proxy.port, tls=Tls.NONE, timeout=5.0))
        try:
            post.send("desk@example.com", ["rita@example.org"], letter())
            said = SENT
        except InDoubtError:
            said = DOUBT
        except TemporaryError:
            said = SAFE
        post.close()
    return said, len(server.received)


@pytest.mark.parametrize(
    ("reply", "said", "has"),
    [
        pytest.param(GREETING, SAFE, 0, id="greeting"),
        pytest.param(HELLO, SAFE, 0, id="answer to EHLO"),
        pytest.param(SENDER, SAFE, 0, id="answer to MAIL"),
        pytest.param(RECIPIENT, SAFE, 0, id="answer to RCPT"),
        pytest.param(GO_AHEAD, SAFE, 0, id="answer to DATA"),
        pytest.param(TAKEN, DOUBT, 1, id="answer to the final dot"),
    ],
)
def test_cut_before_a_reply(smtp_server: SmtpServer, reply: int, said: str, has: int) -> None:
    assert outcome(smtp_server, Orders(cut_before_reply=reply)) == (said, has)


@pytest.mark.parametrize(
    ("reply", "ends"),
    [
        pytest.param(GREETING, {(SAFE, 0)}, id="greeting"),
        pytest.param(HELLO, {(SAFE, 0)}, id="answer to EHLO"),
        pytest.param(SENDER, {(SAFE, 0)}, id="answer to MAIL"),
        pytest.param(RECIPIENT, {(SAFE, 0)}, id="answer to RCPT"),
        # The letter may be handed to a dying line, and even get through: doubt is allowed, a wrong belief is not.
        pytest.param(GO_AHEAD, {(SAFE, 0), (DOUBT, 0), (DOUBT, 1)}, id="answer to DATA"),
        pytest.param(TAKEN, {(SENT, 1)}, id="answer to the final dot"),
    ],
)
def test_cut_after_a_reply(smtp_server: SmtpServer, reply: int, ends: set[tuple[str, int]]) -> None:
    assert outcome(smtp_server, Orders(cut_after_reply=reply)) in ends


def test_cut_before_the_server_heard_the_final_dot(smtp_server: SmtpServer) -> None:
    assert outcome(smtp_server, Orders(cut_when_sent=b".\r\n")) == (DOUBT, 0)


@pytest.mark.parametrize("heard", [b"mail FROM", b"rcpt TO", b"DATA\r\n", b"Subject: "])
def test_cut_before_the_server_heard_something_earlier(smtp_server: SmtpServer, heard: bytes) -> None:
    said, has = outcome(smtp_server, Orders(cut_when_sent=heard))
    assert said in ({SAFE, DOUBT} if heard == b"Subject: " else {SAFE})
    assert has == 0


def test_a_reply_cut_in_the_middle_leaves_it_in_doubt(smtp_server: SmtpServer) -> None:
    smtp_server.script.data = "250-first line\r\n250 second"
    with proxy_to(smtp_server.host, smtp_server.port) as counting:
        post = SmtpPost(SmtpAccount(host=counting.host, port=counting.port, tls=Tls.NONE, timeout=5.0))
        post.send("desk@example.com", ["rita@example.org"], letter())
        whole = counting.bytes_down
    assert outcome(smtp_server, Orders(cut_down_after=whole - len("250 second\r\n")))[0] == DOUBT


@pytest.mark.parametrize("replies", [1, 2, 3], ids=["MAIL", "RCPT", "DATA"])
def test_a_kept_connection_that_dies_before_the_letter_is_said_sends_it_once(
    smtp_server: SmtpServer, replies: int
) -> None:
    with proxy_to(smtp_server.host, smtp_server.port) as proxy:
        post = SmtpPost(SmtpAccount(host=proxy.host, port=proxy.port, tls=Tls.NONE, timeout=5.0))
        post.send("desk@example.com", ["rita@example.org"], letter("first"))
        proxy.orders.cut_before_reply = TAKEN + replies
        if replies > 1:  # what was begun is told as not sent; only a connection that takes nothing any more is replaced
            with pytest.raises(TemporaryError):
                post.send("desk@example.com", ["rita@example.org"], letter("second"))
        post.send("desk@example.com", ["rita@example.org"], letter("second"))
        post.close()
    assert len(smtp_server.received) == 2


def test_a_cut_of_a_kept_connection_is_told_like_that_of_a_new_one(smtp_server: SmtpServer) -> None:
    with proxy_to(smtp_server.host, smtp_server.port) as proxy:
        post = SmtpPost(SmtpAccount(host=proxy.host, port=proxy.port, tls=Tls.NONE, timeout=5.0))
        post.send("desk@example.com", ["rita@example.org"], letter("first"))
        proxy.orders.cut_before_reply = TAKEN + 4  # MAIL, RCPT, DATA, dot
        with pytest.raises(InDoubtError):
            post.send("desk@example.com", ["rita@example.org"], letter("second"))
        post.close()
    assert len(smtp_server.received) == 2
