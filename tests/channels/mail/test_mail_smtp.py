"""Sending by SMTP: what the server took, whom it refused, and how links and logins are kept safe."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dplmaild.channels.secure import LoginRefusedError, Tls, UnsafeLinkError
from dplmaild.channels.smtp import SmtpAccount, SmtpPost, seven_bit
from dplmaild.ports import InDoubtError, PermanentError, TemporaryError
from servers.certificates import Certificates
from servers.mails import letter, text_of
from servers.proxy import proxy_to
from servers.smtpd import PASSWORD, TOKEN, SmtpServer, smtpd

DESK = "desk@example.com"
RITA = "rita@example.org"
ANA = "ana@example.net"

Posted = Callable[..., SmtpPost]


@pytest.fixture
def post(smtp_server: SmtpServer) -> Iterator[Posted]:
    """A post to the plain server, with some settings changed; closed when the test is over."""
    with ExitStack() as stack:

        def build(**changes: object) -> SmtpPost:
            settings = {"host": smtp_server.host, "port": smtp_server.port, "tls": Tls.NONE, "timeout": 5.0}
            made = SmtpPost(SmtpAccount(**{**settings, **changes}))  # type: ignore[arg-type]
            stack.callback(made.close)
            return made

        yield build


def test_a_letter_arrives_as_it_was(smtp_server: SmtpServer, post: Posted) -> None:
    sent = letter("hello", "one\n.a dot first\n..two\nlast")
    receipt = post().send(DESK, [RITA, ANA], sent)
    (received,) = smtp_server.received
    assert (receipt.accepted, dict(receipt.refused)) == ((RITA, ANA), {})
    assert (received.sender, received.recipients) == (DESK, (RITA, ANA))
    assert received.content == sent


def test_the_null_sender_can_be_used(smtp_server: SmtpServer, post: Posted) -> None:
    post().send("", [RITA], letter())
    assert smtp_server.received[0].sender == "<>"


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"Subject: x\n\nline\nline", id="bare line feeds, no end of line at the end"),
        pytest.param(b"Subject: x\r\n\r\n.\r\nMAIL FROM:<x@example.com>\r\n", id="a dot alone on a line"),
        pytest.param(b"Subject: x\r\n\r\nfoo\n.\nMAIL FROM:<x@example.com>\n", id="a dot between bare line feeds"),
        pytest.param(b"Subject: x\r\n\r\nfoo\r.\rMAIL FROM:<x@example.com>\r", id="a dot between bare returns"),
        pytest.param(b"", id="nothing at all"),
    ],
)
def test_no_text_can_end_the_letter_early(smtp_server: SmtpServer, post: Posted, message: bytes) -> None:
    made = post()
    made.send(DESK, [RITA], message)
    made.send(DESK, [ANA], letter())
    assert [received.recipients for received in smtp_server.received] == [(RITA,), (ANA,)]
    assert smtp_server.received[0].content.split() == message.split()


def test_a_backlog_needs_one_connection(smtp_server: SmtpServer, post: Posted) -> None:
    made = post()
    for n in range(25):
        made.send(DESK, [RITA], letter(f"n{n}"))
    assert smtp_server.connections == 1
    assert len(smtp_server.received) == 25


def test_a_connection_that_died_between_letters_is_replaced(smtp_server: SmtpServer, post: Posted) -> None:
    with proxy_to(smtp_server.host, smtp_server.port) as proxy:
        made = post(port=proxy.port)
        made.send(DESK, [RITA], letter("first"))
        proxy.cut()
        made.send(DESK, [RITA], letter("second"))
    assert len(smtp_server.received) == 2
    assert smtp_server.connections == 2


def test_a_kept_connection_that_takes_no_more_is_replaced(smtp_server: SmtpServer, post: Posted) -> None:
    smtp_server.script.most_letters = 2
    made = post()
    for number in range(5):
        made.send(DESK, [RITA], letter(f"n{number}"))
    assert len(smtp_server.received) == 5
    assert smtp_server.connections == 3


@pytest.mark.parametrize("reply", ["550 no such user", "450 not now"])
def test_a_refused_letter_leaves_nothing_behind_for_the_next(smtp_server: SmtpServer, post: Posted, reply: str) -> None:
    smtp_server.script.recipients = {RITA: reply}
    made = post()
    with pytest.raises((PermanentError, TemporaryError)):
        made.send(DESK, [RITA], letter("refused"))
    made.send(DESK, [ANA], letter("taken"))
    assert [received.recipients for received in smtp_server.received] == [(ANA,)]
    assert smtp_server.connections == 1


def test_a_closed_post_can_send_again(smtp_server: SmtpServer, post: Posted) -> None:
    made = post()
    made.send(DESK, [RITA], letter("first"))
    made.close()
    made.close()
    made.send(DESK, [RITA], letter("second"))
    assert smtp_server.connections == 2


def test_refused_recipients_are_recorded_and_the_others_get_it(smtp_server: SmtpServer, post: Posted) -> None:
    smtp_server.script.recipients = {RITA: "550 5.1.1 no such user", "later@example.org": "451 4.7.1 greylisted"}
    receipt = post().send(DESK, [RITA, ANA, "later@example.org", ANA], letter())
    assert receipt.accepted == (ANA,)
    assert {who: code for who, (code, _) in receipt.refused.items()} == {RITA: 550, "later@example.org": 451}
    assert "no such user" in receipt.refused[RITA][1]
    assert smtp_server.received[0].recipients == (ANA,)


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        pytest.param(["450 later", "450 later"], TemporaryError, id="all later"),
        pytest.param(["550 never", "550 never"], PermanentError, id="all never"),
        pytest.param(["550 never", "451 later"], TemporaryError, id="one never, one later"),
        pytest.param(["421 closing", "250 ok"], TemporaryError, id="the server closes"),
    ],
)
def test_when_nobody_is_taken(smtp_server: SmtpServer, post: Posted, replies: list[str], error: type) -> None:
    smtp_server.script.recipients = dict(zip([RITA, ANA], replies, strict=True))
    made = post()
    with pytest.raises(error) as told:
        made.send(DESK, [RITA, ANA], letter())
    assert not isinstance(told.value, InDoubtError)
    assert smtp_server.received == []
    smtp_server.script.recipients = {}
    made.send(DESK, [RITA], letter("the next one goes out"))
    assert len(smtp_server.received) == 1


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param("451 4.3.0 try later", TemporaryError, id="later"),
        pytest.param("421 4.3.2 shutting down", TemporaryError, id="shutting down"),
        pytest.param("550 5.7.1 not you", PermanentError, id="never"),
        pytest.param("530 5.7.0 log in first", LoginRefusedError, id="wants a login"),
    ],
)
def test_when_the_sender_is_refused(smtp_server: SmtpServer, post: Posted, reply: str, error: type) -> None:
    smtp_server.script.mail = reply
    with pytest.raises(error):
        post().send(DESK, [RITA], letter())
    assert smtp_server.received == []


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param("452 4.3.1 disk full", TemporaryError, id="later"),
        pytest.param("421 4.3.2 shutting down", TemporaryError, id="shutting down"),
        pytest.param("554 5.7.1 smells of spam", PermanentError, id="never"),
        pytest.param("299", None, id="a yes by another number"),
        pytest.param("354 go on", InDoubtError, id="an answer to something else"),
    ],
)
def test_the_answer_to_the_final_dot(smtp_server: SmtpServer, post: Posted, reply: str, error: type | None) -> None:
    smtp_server.script.data = reply
    made = post()
    if error is None:
        assert made.send(DESK, [RITA], letter()).accepted == (RITA,)
        return
    with pytest.raises(error) as told:
        made.send(DESK, [RITA], letter())
    assert isinstance(told.value, InDoubtError) is (error is InDoubtError)


def test_no_answer_in_time_to_the_final_dot_leaves_it_in_doubt(smtp_server: SmtpServer, post: Posted) -> None:
    smtp_server.script.data_waits = 1.0
    made = post(timeout=0.3)
    with pytest.raises(InDoubtError, match="may have been sent"):
        made.send(DESK, [RITA], letter())
    smtp_server.script.data_waits = 0.0
    made.send(DESK, [ANA], letter())
    assert (ANA,) in [received.recipients for received in smtp_server.received]


@pytest.mark.parametrize(
    "recipient",
    [
        pytest.param("rita@bücher.example", id="not ASCII"),
        pytest.param("rita@example.org> SIZE=1", id="out of its brackets"),
        pytest.param("rita@example.org\r\nDATA", id="a command behind it"),
        pytest.param("rita", id="no domain"),
        pytest.param("", id="nothing"),
        pytest.param("a@example.org,b@example.org", id="two in one"),
    ],
)
def test_what_is_no_address_is_never_said_to_the_server(smtp_server: SmtpServer, post: Posted, recipient: str) -> None:
    receipt = post().send(DESK, [recipient, ANA], letter())
    assert receipt.refused[recipient][0] == 553
    assert smtp_server.received[0].recipients == (ANA,)
    with pytest.raises(PermanentError):
        post().send(DESK, [recipient], letter())
    with pytest.raises(PermanentError):
        post().send("a b@example.com", [ANA], letter())
    assert len(smtp_server.received) == 1


def test_a_letter_to_nobody_is_refused(post: Posted) -> None:
    with pytest.raises(PermanentError, match="without recipients"):
        post().send(DESK, [], letter())


def test_a_server_without_8bitmime_gets_seven_bits() -> None:
    header = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    eight = header + b"\r\nsch\xc3\xb6n\r\n"
    narrow = seven_bit(eight)
    assert narrow.isascii()
    assert text_of(narrow).strip() == "schön"


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
@pytest.mark.parametrize("secret", [PASSWORD, lambda: TOKEN], ids=["password", "token"])
def test_login_over_verified_tls(made_certificates: Certificates, post: Posted, tls: str, secret: object) -> None:
    with smtpd(made_certificates, tls=tls, login=True) as server:
        made = post(
            port=server.port, tls=Tls(tls), user="desk", password=secret, ca_file=made_certificates.ca_file, timeout=5.0
        )
        made.send(DESK, [RITA], letter())
        made.close()
    assert [(received.user, received.encrypted) for received in server.received] == [("desk", True)]


@pytest.mark.parametrize("secret", ["hunter2", lambda: "hunter2"], ids=["password", "token"])
def test_a_wrong_secret_is_said_once_and_a_refused_login(
    made_certificates: Certificates, post: Posted, secret: object
) -> None:
    with smtpd(made_certificates, tls="starttls", login=True) as server:
        made = post(port=server.port, tls=Tls.STARTTLS, user="desk", password=secret, ca_file=made_certificates.ca_file)
        with pytest.raises(LoginRefusedError, match="login of desk was refused") as told:
            made.send(DESK, [RITA], letter())
        assert server.logins == 1
    assert "hunter2" not in str(told.value)
    assert server.received == []


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_foreign_certificate_is_refused(
    made_certificates: Certificates, foreign_ca: Path, post: Posted, tls: str
) -> None:
    with smtpd(made_certificates, tls=tls) as server:
        made = post(port=server.port, tls=Tls(tls), ca_file=foreign_ca)
        with pytest.raises(TemporaryError, match="certificate is not trusted"):
            made.send(DESK, [RITA], letter())
    assert server.received == []


def test_a_server_without_starttls_gets_nothing(smtp_server: SmtpServer, post: Posted) -> None:
    with pytest.raises(TemporaryError, match="does not offer STARTTLS"):
        post(tls=Tls.STARTTLS).send(DESK, [RITA], letter())
    assert smtp_server.received == []


def test_a_server_that_offers_no_login_is_told_no_password(smtp_server: SmtpServer, post: Posted) -> None:
    with proxy_to(smtp_server.host, smtp_server.port) as proxy, pytest.raises(TemporaryError):
        post(port=proxy.port, user="desk", password="x").send(DESK, [RITA], letter())
    assert b"AUTH" not in proxy.sent


def test_a_server_that_is_down_is_one_clear_sentence(smtp_server: SmtpServer, post: Posted) -> None:
    with proxy_to(smtp_server.host, smtp_server.port) as proxy:
        port = proxy.port
    with pytest.raises(TemporaryError, match=rf"127\.0\.0\.1:{port}: nobody listens"):
        post(port=port).send(DESK, [RITA], letter())


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"host": "mail.example.com", "tls": "none"}, id="plain text over a network"),
        pytest.param({"host": "mail.example.com", "timeout": 0}, id="no time"),
        pytest.param({"host": "mail.example.com", "user": "desk", "password": "schön"}, id="a password beyond ASCII"),
        pytest.param({"host": "mail.example.com", "tls": "maybe"}, id="an unknown way of encrypting"),
    ],
)
def test_settings_that_make_no_sense_cannot_be_built(settings: dict[str, object]) -> None:
    with pytest.raises((UnsafeLinkError, ValueError)):
        SmtpAccount(**settings)  # type: ignore[arg-type]


def test_the_password_is_not_shown() -> None:
    assert "hunter2" not in repr(SmtpAccount(host="localhost", user="desk", password="hunter2"))
