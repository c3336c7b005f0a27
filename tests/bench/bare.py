"""The same job without any rule: fetch, lean parse, plain SQL, a letter over SMTP, a flag."""

import smtplib
import sqlite3
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import Message
from hashlib import sha256
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from bench.house import Doors
from bench.mails import DESK
from servers.imap_server import PASSWORD

CHUNK = 50
LETTER_BYTES = 6_000  # as long as an ordinary letter of ours
_SILENT = ("Numbers of week", "Build ")  # what is left alone

_TABLES = """
CREATE TABLE messages (id INTEGER PRIMARY KEY, uid TEXT UNIQUE, hash TEXT, sender TEXT, subject TEXT, arrived TEXT,
    raw BLOB, outcome TEXT);
CREATE TABLE owed (id INTEGER PRIMARY KEY, message INTEGER, body TEXT, state TEXT);
CREATE INDEX messages_hash ON messages (hash);
CREATE INDEX owed_state ON owed (state);
"""


def database(path: Path) -> sqlite3.Connection:
    """As durable as ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(_TABLES)
    return connection


class Bare:
    """The loop; `group` mails are committed together: 1 is two commits a mail."""

    def __init__(self, doors: Doors, connection: sqlite3.Connection, group: int) -> None:
        self._doors = doors
        self._sql = connection
        self._group = group
        self._page = "<p>Your deployment is confirmed.</p>\r\n" * (LETTER_BYTES // 38)

    def run(self) -> int:
        """Work off the whole mailbox; how many letters went out."""
        doors, letters = self._doors, 0
        with (
            IMAPClient("127.0.0.1", doors.imap_port, ssl=False) as imap,
            smtplib.SMTP("127.0.0.1", doors.smtp_port) as smtp,
        ):
            imap._imap.debug = 0
            imap.login(doors.user, PASSWORD)
            imap.select_folder("INBOX")
            uids = imap.search(["UID", "1:*"])
            for at in range(0, len(uids), CHUNK):
                found = imap.fetch(uids[at : at + CHUNK], ["RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[]"])
                mails = sorted(found.items())
                for start in range(0, len(mails), self._group):
                    letters += self._some(imap, smtp, mails[start : start + self._group])
        return letters

    def _some(self, imap: Any, smtp: smtplib.SMTP, mails: Sequence[tuple[int, Any]]) -> int:
        self._sql.execute("BEGIN IMMEDIATE")
        kept = [(uid, *self._keep(uid, answer)) for uid, answer in mails]
        self._sql.execute("COMMIT")
        answered = [(uid, number, parsed) for uid, number, parsed, owes in kept if owes]
        if not answered:
            return 0
        for _, number, parsed in answered:
            smtp.sendmail(DESK, [parsed["From"]], self._letter(number, parsed))
        self._sql.execute("BEGIN IMMEDIATE")
        for _, number, _ in answered:
            self._sql.execute("UPDATE owed SET state = 'paid' WHERE message = ?", (number,))
        self._sql.execute("COMMIT")
        imap.add_flags([uid for uid, _, _ in answered], ["$DplAnswered"], silent=True)
        return len(answered)

    def _keep(self, uid: int, answer: Any) -> tuple[int, Message, bool]:
        raw: bytes = answer[b"BODY[]"]
        parsed = message_from_bytes(raw, policy=policy.compat32)
        text = next((p.get_payload(decode=True) for p in parsed.walk() if p.get_content_type() == "text/plain"), b"")
        subject = str(parsed["Subject"])
        owes = not subject.startswith(_SILENT)
        row = (str(uid), sha256(raw).hexdigest(), parsed["From"], subject, str(answer[b"INTERNALDATE"]), raw)
        number = self._sql.execute(
            "INSERT INTO messages (uid, hash, sender, subject, arrived, raw, outcome) VALUES (?,?,?,?,?,?,?)",
            (*row, "answered" if owes else "left alone"),
        ).lastrowid
        if owes:
            self._sql.execute(
                "INSERT INTO owed (message, body, state) VALUES (?,?,'sending')", (number, str(text)[:2000])
            )
        return number or 0, parsed, owes

    def _letter(self, number: int, parsed: Message) -> bytes:
        return (
            f"From: {DESK}\r\nTo: {parsed['From']}\r\nSubject: Re: {parsed['Subject']}\r\n"
            f"Message-ID: <bare-{number}@example.org>\r\nIn-Reply-To: {parsed['Message-ID']}\r\n"
            f"Content-Type: text/html\r\n\r\n{self._page}"
        ).encode()
