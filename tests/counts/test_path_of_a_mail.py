"""What one mail, and what a hundred, cost on real servers."""

import re

import pytest

from bench.mails import Sort, at_ten, enormous, mix
from counts.conftest import Opened
from servers.imap_server import ImapServer
from servers.proxy import proxy_to
from servers.smtpd import SmtpServer

COMMAND = re.compile(rb"^[A-Z]{4,6}\d+ (?:UID )?([A-Z]+)", re.MULTILINE)
NOW = at_ten()


def first(sort: Sort) -> bytes:
    """The first mail of a sort."""
    return next(posted.raw for posted in mix(100, NOW) if posted.sort is sort)


def backlog(count: int) -> list[bytes]:
    """So many mails of a busy desk."""
    return [posted.raw for posted in mix(count, NOW)]


@pytest.mark.parametrize(
    ("sort", "shows", "commits"),
    [
        pytest.param(Sort.REQUEST, False, 2, id="answered: decided, then settled"),
        pytest.param(Sort.REQUEST, True, 3, id="answered and shown: once more"),
        pytest.param(Sort.UNRELATED, False, 1, id="left alone: decided"),
        pytest.param(Sort.STRANGER, False, 2, id="put before OPS: decided, then settled"),
    ],
)
def test_commits_for_a_mail_alone(
    imap_server: ImapServer, user: str, desk: Opened, sort: Sort, shows: bool, commits: int
) -> None:
    imap_server.deliver(user, first(sort))
    opened = desk(shows=shows)
    before = opened.commits
    opened.until_quiet()
    assert len(opened.answered) == 1
    assert opened.commits - before == commits


def test_a_quiet_turn_writes_nothing(imap_server: ImapServer, user: str, desk: Opened) -> None:
    imap_server.deliver(user, first(Sort.REQUEST))
    opened = desk()
    opened.until_quiet()
    before = opened.commits
    opened.until_quiet()
    opened.house.delivery.turn(opened.house.place.now)
    assert opened.commits == before


def test_a_backlog_takes_a_tenth_of_a_commit_for_each_mail(imap_server: ImapServer, user: str, desk: Opened) -> None:
    imap_server.deliver(user, *backlog(200))
    opened = desk()
    before = opened.commits
    opened.until_quiet()
    assert len(opened.answered) == 200
    assert opened.commits - before <= 20


def test_a_backlog_goes_out_over_one_connection(
    imap_server: ImapServer, user: str, smtp_server: SmtpServer, desk: Opened
) -> None:
    imap_server.deliver(user, *backlog(200))
    opened = desk()
    turns = opened.until_quiet()
    assert turns >= 4
    assert len(smtp_server.received) > 50
    assert smtp_server.connections == 1


def test_a_hundred_mails_take_few_commands(imap_server: ImapServer, user: str, desk: Opened) -> None:
    imap_server.deliver(user, *backlog(100))
    with proxy_to(imap_server.host, imap_server.plain_port) as proxy:
        opened = desk(proxy.port)
        opened.until_quiet()
        said = COMMAND.findall(proxy.sent)
    assert len(opened.answered) == 100
    # Two groups: each is found, weighed and fetched, and its outcomes are shown by a NOOP and a STORE apiece.
    assert said.count(b"FETCH") <= 6
    assert said.count(b"STORE") <= 10
    assert len(said) <= 40, said


def test_a_mail_of_25_megabytes_is_answered_for_64_kilobytes(
    imap_server: ImapServer, user: str, smtp_server: SmtpServer, desk: Opened
) -> None:
    imap_server.deliver(user, enormous(1, NOW))
    with proxy_to(imap_server.host, imap_server.plain_port) as proxy:
        opened = desk(proxy.port)
        opened.until_quiet()
        assert proxy.bytes_down < 64 * 1024
    (answered,) = opened.answered
    assert answered.stored.size > 24_000_000
    assert len(smtp_server.received) == 1
