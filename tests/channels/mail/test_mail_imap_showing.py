"""Showing outcomes in the mailbox: off by default, by keyword, by folder; never more than that."""

from collections.abc import Iterator

import pytest

from dplmaild.channels.imap import Folder, ImapMailbox, Keyword, mark
from dplmaild.channels.secure import Tls
from dplmaild.ports import Identity, Outcome
from servers.dovecot import dovecot, installed
from servers.imap_server import ImapServer
from servers.mails import letter
from servers.opened import Opened

SHOWN = {Outcome.ANSWERED: Keyword("$DplAnswered"), Outcome.TRIAGE: Folder("Triage")}


def first(mailbox: ImapMailbox) -> Identity:
    return next(iter(mailbox.fetch(None, 10))).identity


def lasting(server: ImapServer, user: str) -> dict[int, frozenset[bytes]]:
    """Flags without the one that any program takes away by looking."""
    return {uid: flags - {rb"\Recent"} for uid, flags in server.flags(user).items()}


def test_nothing_is_shown_by_default(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter())
    before = imap_server.flags(user)
    mailbox = opened()
    mailbox.show(first(mailbox), Outcome.ANSWERED)
    assert imap_server.flags(user) == before


def test_an_outcome_without_a_mark_is_not_shown(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter())
    before = imap_server.flags(user)
    mailbox = opened(show=SHOWN)
    mailbox.show(first(mailbox), Outcome.LEFT_ALONE)
    assert imap_server.flags(user) == before


@pytest.mark.usefixtures("dovecot_only")
def test_a_keyword_is_set_beside_the_other_flags(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"), letter("b"))
    with imap_server.client(user) as people:
        people.add_flags([1], [rb"\Flagged"])
    mailbox = opened(show=SHOWN)
    mailbox.show(first(mailbox), Outcome.ANSWERED)
    flags = imap_server.flags(user)
    assert flags[1] >= {b"$DplAnswered", rb"\Flagged"}
    assert rb"\Seen" not in flags[1]
    assert b"$DplAnswered" not in flags[2]


def test_a_move_makes_the_folder_when_it_is_missing(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"), letter("b"))
    mailbox = opened(show=SHOWN)
    mailbox.show(first(mailbox), Outcome.TRIAGE)
    assert list(imap_server.flags(user)) == [2]
    assert len(imap_server.flags(user, "Triage")) == 1


@pytest.mark.usefixtures("dovecot_only")
def test_mail_that_came_after_the_showing_link_was_opened_is_shown_too(
    imap_server: ImapServer, user: str, opened: Opened
) -> None:
    imap_server.deliver(user, letter("a"))
    mailbox = opened(show=SHOWN)
    mailbox.show(first(mailbox), Outcome.ANSWERED)
    imap_server.deliver(user, letter("b"))
    for arrival in mailbox.fetch(None, 10):
        mailbox.show(arrival.identity, Outcome.ANSWERED)
    assert all(b"$DplAnswered" in flags for flags in imap_server.flags(user).values())


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.TRIAGE])
def test_a_message_that_is_gone_is_no_trouble(
    imap_server: ImapServer, user: str, opened: Opened, outcome: Outcome
) -> None:
    imap_server.deliver(user, letter("a"), letter("b"))
    mailbox = opened(show=SHOWN)
    identity = first(mailbox)
    with imap_server.client(user) as people:
        people.delete_messages([1])
        people.expunge()
    mailbox.show(identity, outcome)
    assert list(imap_server.flags(user)) == [2]


@pytest.mark.parametrize(
    "stranger",
    [
        pytest.param({"uidvalidity": 1}, id="of an older folder"),
        pytest.param({"account": "other"}, id="of another account"),
        pytest.param({"folder": "Archive"}, id="of another folder"),
        pytest.param({"uid": "1 (\\Deleted)"}, id="with a UID that is none"),
    ],
)
def test_somebody_elses_identity_changes_nothing(
    imap_server: ImapServer, user: str, opened: Opened, stranger: dict[str, object]
) -> None:
    imap_server.deliver(user, letter())
    before = lasting(imap_server, user)
    mailbox = opened(show=SHOWN)
    known = first(mailbox)
    fields = {"account": known.account, "folder": known.folder, "uidvalidity": known.uidvalidity, "uid": known.uid}
    mailbox.show(Identity(**{**fields, **stranger}), Outcome.ANSWERED)  # type: ignore[arg-type]
    assert lasting(imap_server, user) == before


@pytest.fixture(scope="module")
def old_server() -> Iterator[ImapServer]:
    """A server from before MOVE and IDLE."""
    if not installed():
        pytest.skip("only Dovecot can be told to hide what it can")
    with dovecot(capability="IMAP4rev1 UIDPLUS") as server:
        yield server


def test_without_move_the_copy_is_marked_and_nothing_is_expunged(old_server: ImapServer, opened: Opened) -> None:
    user = old_server.fresh_user()
    old_server.deliver(user, letter("a"), letter("b"))
    with old_server.client(user) as people:
        people.add_flags([2], [rb"\Deleted"])
    ca_file = old_server.certificates.ca_file
    mailbox = opened(show=SHOWN, user=user, port=old_server.port, tls=Tls(old_server.tls), ca_file=ca_file)
    mailbox.show(first(mailbox), Outcome.TRIAGE)
    assert {uid: rb"\Deleted" in flags for uid, flags in old_server.flags(user).items()} == {1: True, 2: True}
    assert len(old_server.flags(user, "Triage")) == 1


@pytest.mark.parametrize(
    ("text", "meant"), [("$DplAnswered", Keyword("$DplAnswered")), ("Done/Answered", Folder("Done/Answered"))]
)
def test_a_configured_word_is_a_keyword_or_a_folder(text: str, meant: object) -> None:
    assert mark(text) == meant


@pytest.mark.parametrize("text", ["$Dpl Answered", "$Dpl)\r\nA1 DELETE INBOX", "", "a\nb", "$" + "x" * 100])
def test_words_that_could_be_commands_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        mark(text)
