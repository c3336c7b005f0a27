"""P1 and P2 on a real mailbox: committed before anything is shown; the same mail again changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dplmaild.ports import Outcome
from dplmaild.settings import Settings
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox
from dplmaild.wiring import mailbox_of
from promises.counted import CountedMailbox
from promises.desk import Where, desk_in
from promises.mails import drop, mail, request
from promises.steps import Steps
from promises.turns import Turns, message_rows, migrated, opened, owed_rows
from servers.imap_server import PASSWORD, ImapServer

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
RECENT = frozenset({b"\\Recent"})  # a matter of sessions, not of messages
NEWS = mail("News <news@letters.example.com>", "Ten tips", "This week.\n", name="news@letters.example.com", sent=NOW,
            more="List-Unsubscribe: <mailto:leave@letters.example.com>\r\n")  # fmt: skip


def _table(server: ImapServer, user: str, folder: Path, name: str = "INBOX", account: str = "desk") -> str:
    (folder / "password").write_text(PASSWORD)
    return (
        f'[[mailbox]]\nkind = "imap"\nname = "{account}"\nhost = "{server.host}"\nport = {server.port}\n'
        f'tls = "{server.tls}"\nca_file = "{server.certificates.ca_file}"\nuser = "{user}"\nfolder = "{name}"\n'
        'password = { file = "password" }\n'
        '[mailbox.keywords]\nanswered = "dpl-answered"\nduplicate = "dpl-duplicate"\ntriage = "dpl-triage"\n'
    )


def _settings(server: ImapServer, user: str, folder: Path, name: str = "INBOX") -> Settings:
    return desk_in(folder, Where(mailbox=_table(server, user, folder, name)))


class LookingDatabase(Database):
    """Looks into the mailbox as another client just before each commit."""

    def __init__(self, url: str, server: ImapServer, user: str) -> None:
        super().__init__(url)
        self.server = server
        self.user = user
        self.seen: list[dict[int, frozenset[bytes]]] = []

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database."""
        with super().writing() as connection:
            yield connection
            self.seen.append(self.server.flags(self.user))


def test_no_flag_changes_before_the_commit_and_only_ours_are_shown_after(
    tmp_path: Path, imap_server: ImapServer, user: str
) -> None:
    imap_server.deliver(user, request(sent=NOW), NEWS, arrived=NOW)
    settings = _settings(imap_server, user, tmp_path)
    migrated(settings).close()
    database = LookingDatabase(settings.store.url, imap_server, user)
    before = imap_server.flags(user)
    turns = opened(settings, NOW, database=database, shows=True)
    turns.go()
    kept = next(n for n, row in enumerate(database.seen) if b"dpl-answered" in row[1])
    turns.close()
    assert database.seen[:kept] == [before] * kept
    assert kept > 1, "the decision was committed while nothing was shown yet"
    after = imap_server.flags(user)
    assert after[1] - RECENT == {b"dpl-answered"}
    assert after[2] - RECENT == frozenset()  # MSG-1: left exactly as it was


def test_the_trace_of_one_mail(tmp_path: Path, imap_server: ImapServer, user: str) -> None:
    imap_server.deliver(user, request(sent=NOW), arrived=NOW)
    settings = _settings(imap_server, user, tmp_path)
    steps = Steps(tmp_path / "steps")
    database = migrated(settings)
    mailbox = CountedMailbox(mailbox_of(settings.mailbox[0], database), steps)
    turns = opened(settings, NOW, database=database, mailbox=mailbox, shows=True)
    before = database.commits
    turns.mail.turn()
    turns.close()
    assert [step.kind for step in steps.listed()] == [
        "a mail is handed over",
        "before an outcome is shown",
        "after an outcome is shown",
    ]
    assert database.commits - before == 2  # kept and decided in one; shown in the other


def test_a_commit_is_durable(tmp_path: Path) -> None:
    database = migrated(desk_in(tmp_path))
    with database.reading() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    database.close()
    assert (synchronous, journal) == (2, "wal")  # 2 is FULL: each commit is synced


def _outcomes(turns: Turns) -> list[str]:
    return [str(row["outcome"]) for row in message_rows(turns)]


def _letters(turns: Turns) -> int:
    return sum(row["kind"] == "letter" for row in owed_rows(turns))


def test_a_redelivered_mail_has_no_second_effect(tmp_path: Path, imap_server: ImapServer, user: str) -> None:
    imap_server.deliver(user, request(sent=NOW), NEWS, arrived=NOW)
    turns = opened(_settings(imap_server, user, tmp_path), NOW, shows=True)
    turns.go()
    imap_server.deliver(user, request(sent=NOW), NEWS, arrived=NOW + timedelta(hours=1))
    turns.clock.now = NOW + timedelta(hours=1)
    turns.go()
    assert _outcomes(turns) == ["answered", "left alone", "duplicate", "left alone"]
    assert _letters(turns) == 1
    turns.close()
    assert imap_server.flags(user)[4] - RECENT == frozenset(), "a copy of what is not ours is not touched"


def test_a_copy_in_another_folder_has_no_second_effect(tmp_path: Path, imap_server: ImapServer, user: str) -> None:
    imap_server.deliver(user, request(sent=NOW), arrived=NOW)
    with imap_server.client(user) as client:
        client.create_folder("Desk")
        client.copy([1], "Desk")
    both = _table(imap_server, user, tmp_path) + _table(imap_server, user, tmp_path, "Desk", "desk 2")
    settings = desk_in(tmp_path, Where(mailbox=both))
    first = opened(settings, NOW)
    first.go()
    first.end()
    second = opened(settings, NOW, mailbox=mailbox_of(settings.mailbox[1], migrated(settings)))
    second.go()
    assert _outcomes(second) == ["answered", "duplicate"]
    assert _letters(second) == 1
    second.close()


@pytest.mark.parametrize("again", ["the same", "and a new one"])
def test_a_folder_made_anew_is_read_anew_without_a_second_effect(
    tmp_path: Path, imap_server: ImapServer, user: str, again: str
) -> None:
    with imap_server.client(user) as client:
        client.create_folder("Desk")
    imap_server.deliver(user, request(sent=NOW), NEWS, arrived=NOW, folder="Desk")
    settings = _settings(imap_server, user, tmp_path, "Desk")
    turns = opened(settings, NOW)
    turns.go()
    turns.end()
    old = {row["uidvalidity"] for row in message_rows(turns)}
    more = (
        [request("two", sent=NOW).replace(b"Thursday, 2026-12-10", b"Wednesday, 2026-12-16")]
        if again == "and a new one"
        else []
    )
    with imap_server.client(user) as client:
        client.delete_folder("Desk")
        client.create_folder("Desk")
    imap_server.deliver(user, request(sent=NOW), NEWS, *more, arrived=NOW, folder="Desk")
    turns = opened(settings, NOW)
    turns.go()
    rows = message_rows(turns)
    turns.close()
    if {row["uidvalidity"] for row in rows} == old:
        pytest.skip(f"{imap_server.software} keeps UIDVALIDITY when a folder is made anew within a second")
    expected = ["answered", "left alone", "duplicate", "left alone", *["answered"] * len(more)]
    assert [row["outcome"] for row in rows] == expected
    assert _letters(turns) == 1 + len(more)


def test_a_mail_that_people_file_in_a_maildir_is_known_by_its_name(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    new = tmp_path / "inbox" / "new" / "1796025600.M0001.mx"
    new.write_bytes(request(sent=NOW))
    turns = opened(settings, NOW)
    turns.go()
    new.rename(tmp_path / "inbox" / "cur" / "1796025600.M0001.mx:2,S")
    turns.go()
    assert _outcomes(turns) == ["answered"]
    turns.close()


def test_a_copy_decided_while_its_original_waits_stands_in_for_it(tmp_path: Path) -> None:
    turns = opened(desk_in(tmp_path), NOW)
    drop(tmp_path, request(sent=NOW), request(sent=NOW), at=NOW)
    first, second = turns.parts.mailbox.fetch(None, 2)
    with turns.parts.database.writing() as connection:
        Inbox(connection).keep(first)
        kept = Inbox(connection).keep(second)
        assert kept is not None
        Inbox(connection).decided(kept.id, Outcome.ANSWERED, "while the first waited for another attempt", NOW)
    turns.reception.catch_up(NOW)
    assert _outcomes(turns) == ["duplicate", "answered"]
    assert _letters(turns) == 0
    turns.close()
