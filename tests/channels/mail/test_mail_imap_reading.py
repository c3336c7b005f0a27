"""Reading an IMAP folder: what comes, in which order, and that nothing in the folder changes by it."""

from datetime import UTC, datetime

import pytest

from dplmaild.ports import Position
from servers.imap_server import ImapServer
from servers.mails import letter
from servers.opened import Opened, plain
from servers.proxy import proxy_to


def subjects(arrivals: list[bytes]) -> list[str]:
    return [raw.split(b"Subject: ")[1].splitlines()[0].decode() for raw in arrivals]


def test_mail_comes_whole_with_identity_and_arrival(imap_server: ImapServer, user: str, opened: Opened) -> None:
    sent = letter("one")
    imap_server.deliver(user, sent, arrived=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    (arrival,) = opened().fetch(None, 10)
    assert arrival.raw.replace(b"\r\n", b"\n") == sent.replace(b"\r\n", b"\n")
    assert (arrival.identity.account, arrival.identity.folder) == ("desk", "INBOX")
    assert arrival.arrived == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert arrival.arrived.utcoffset() is not None
    assert arrival.left_out == ()
    assert arrival.size == len(arrival.raw)


def test_mail_comes_in_order_and_in_portions(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, *(letter(f"n{n}") for n in range(7)))
    mailbox, position, seen = opened(), None, []
    while portion := list(mailbox.fetch(position, 3)):
        seen.append(subjects([arrival.raw for arrival in portion]))
        last = portion[-1].identity
        position = Position(last.uidvalidity, last.uid)
    assert seen == [["n0", "n1", "n2"], ["n3", "n4", "n5"], ["n6"]]


def test_the_last_old_mail_does_not_come_again(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("old"))
    mailbox = opened()
    (old,) = mailbox.fetch(None, 10)
    assert list(mailbox.fetch(Position(old.identity.uidvalidity, old.identity.uid), 10)) == []


def test_reading_again_from_an_earlier_position_gives_the_same(
    imap_server: ImapServer, user: str, opened: Opened
) -> None:
    imap_server.deliver(user, letter("a"), letter("b"))
    mailbox = opened()
    first = [arrival.identity for arrival in mailbox.fetch(None, 10)]
    list(mailbox.fetch(Position(first[0].uidvalidity, first[0].uid), 10))
    assert [arrival.identity for arrival in mailbox.fetch(None, 10)] == first


@pytest.mark.parametrize(
    "position",
    [
        pytest.param(Position(1, "999"), id="of another UIDVALIDITY"),
        pytest.param(Position(0, "some.file.name"), id="of a Maildir"),
    ],
)
def test_a_position_that_means_nothing_starts_over(
    imap_server: ImapServer, user: str, opened: Opened, position: Position
) -> None:
    imap_server.deliver(user, letter("a"), letter("b"))
    assert len(list(opened().fetch(position, 10))) == 2


def test_a_folder_made_anew_is_read_from_its_beginning(imap_server: ImapServer, user: str, opened: Opened) -> None:
    with imap_server.client(user, None) as people:
        people.create_folder("Desk")
    imap_server.deliver(user, letter("a"), letter("b"), folder="Desk")
    before = opened(folder="Desk")
    last = list(before.fetch(None, 10))[-1].identity
    before.close()
    with imap_server.client(user, None) as people:
        people.delete_folder("Desk")
        if imap_server.software != "Dovecot":
            pytest.skip("pymap gives the same UIDVALIDITY again within a second")
        people.create_folder("Desk")
    imap_server.deliver(user, letter("c"), folder="Desk")
    (again,) = opened(folder="Desk").fetch(Position(last.uidvalidity, last.uid), 10)
    assert subjects([again.raw]) == ["c"]
    assert again.identity.uidvalidity != last.uidvalidity


@pytest.mark.usefixtures("dovecot_only")
def test_a_folder_made_anew_under_a_connected_reader_is_noticed(
    imap_server: ImapServer, user: str, opened: Opened
) -> None:
    with imap_server.client(user, None) as people:
        people.create_folder("Desk")
    imap_server.deliver(user, letter("a"), letter("b"), folder="Desk")
    mailbox = opened(folder="Desk", poll_seconds=0.001)
    last = list(mailbox.fetch(None, 10))[-1].identity
    with imap_server.client(user, None) as people:
        people.delete_folder("Desk")
        people.create_folder("Desk")
    imap_server.deliver(user, letter("c"), folder="Desk")
    position = Position(last.uidvalidity, last.uid)
    (again,) = mailbox.fetch(position, 10)
    assert subjects([again.raw]) == ["c"]


def test_mail_that_came_a_moment_ago_is_found_on_a_kept_link(
    imap_server: ImapServer, user: str, opened: Opened
) -> None:
    imap_server.deliver(user, letter("n0"))
    mailbox = opened()
    for n in range(1, 6):
        assert len(list(mailbox.fetch(None, 10))) == n
        imap_server.deliver(user, letter(f"n{n}"))


def test_no_flag_changes_by_reading(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"), letter("b"), letter("large", "x" * 4000))
    with imap_server.client(user) as people:
        people.add_flags([2], [rb"\Flagged"])
    before = imap_server.flags(user)
    assert len(list(opened(size_limit=2000).fetch(None, 10))) == 3
    assert imap_server.flags(user) == before


def test_mail_deleted_meanwhile_is_passed_over(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, *(letter(f"n{n}") for n in range(4)))
    mailbox = opened()
    first = next(iter(mailbox.fetch(None, 1))).identity
    with imap_server.client(user) as people:
        people.delete_messages([2, 3])
        people.expunge()
    left = list(mailbox.fetch(Position(first.uidvalidity, first.uid), 2))
    left = left or list(mailbox.fetch(Position(first.uidvalidity, first.uid), 2))
    assert subjects([arrival.raw for arrival in left]) == ["n3"]


def test_a_hundred_new_mails_cost_few_commands(imap_server: ImapServer, user: str, opened: Opened) -> None:
    if not imap_server.tls_port:
        pytest.skip("the proxy can read along without TLS only")
    imap_server.deliver(user, *(letter(f"n{n}") for n in range(100)))
    with proxy_to(imap_server.host, imap_server.plain_port) as proxy:
        mailbox = opened(**plain(proxy))
        assert len(list(mailbox.fetch(None, 100))) == 100
        commands = proxy.sent.split(b"EXAMINE")[1].split(b"\r\n")[1:-1]
    verbs = [command.split(b" ", 1)[1].removeprefix(b"UID ").split(b" ")[0] for command in commands]
    assert [verb for verb in verbs if verb != b"CAPABILITY"] == [b"NOOP", b"SEARCH", b"FETCH", b"FETCH"]
