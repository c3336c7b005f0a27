"""The same job without any rule: fetch, lean parse with every text decoded, plain SQL, a letter over SMTP, a flag.

It can also have each mail read by our reader, which shows what the job costs besides understanding.
"""

import smtplib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from bench.house import Doors
from bench.mails import DESK
from dplmaild.reading import Hints, read
from servers.imap_server import PASSWORD

CHUNK = 50
# As long as the parts of an ordinary letter of ours.
_TEXT = "Your deployment is confirmed.\r\n" * 30
_PAGE = "<p>Your deployment is confirmed.</p>\r\n" * 88
_EVENT = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + "RDATE:20270328T030000\r\n" * 84 + "END:VCALENDAR\r\n"
_ON_THE_WIRE = policy.compat32.clone(linesep="\r\n")
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
    """The loop; `group` mails are committed together: 1 is two commits a mail. `reads`: each mail by our reader."""

    def __init__(self, doors: Doors, connection: sqlite3.Connection, group: int, *, reads: bool) -> None:
        self._doors = doors
        self._sql = connection
        self._group = group
        self._hints = Hints(received=datetime.now(UTC), own_addresses=frozenset({DESK})) if reads else None

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
        if self._hints is not None:
            read(raw, self._hints)
        parsed = message_from_bytes(raw, policy=policy.compat32)
        texts = [p.get_payload(decode=True) for p in parsed.walk() if p.get_content_maintype() == "text"]
        subject = str(parsed["Subject"])
        owes = not subject.startswith(_SILENT)
        row = (str(uid), sha256(raw).hexdigest(), parsed["From"], subject, str(answer[b"INTERNALDATE"]), raw)
        number = self._sql.execute(
            "INSERT INTO messages (uid, hash, sender, subject, arrived, raw, outcome) VALUES (?,?,?,?,?,?,?)",
            (*row, "answered" if owes else "left alone"),
        ).lastrowid
        if owes:
            self._sql.execute(
                "INSERT INTO owed (message, body, state) VALUES (?,?,'sending')", (number, str(texts[0])[:2000])
            )
        return number or 0, parsed, owes

    def _letter(self, number: int, parsed: Message) -> bytes:
        """Text and HTML, and an invitation with what answers a request, as ours have."""
        mail = MIMEMultipart("alternative")
        mail["From"], mail["To"], mail["Date"] = DESK, parsed["From"], formatdate()
        mail["Subject"] = f"Re: {parsed['Subject']}"
        mail["Message-ID"] = f"<bare-{number}@example.org>"
        mail["In-Reply-To"] = mail["References"] = parsed["Message-ID"]
        mail["Auto-Submitted"] = "auto-replied"
        mail.attach(MIMEText(_TEXT, "plain", "utf-8"))
        mail.attach(MIMEText(_PAGE, "html", "utf-8"))
        if str(parsed["Subject"]).startswith("Release "):
            mail.attach(MIMEText(_EVENT, "calendar", "utf-8"))
        return mail.as_bytes(policy=_ON_THE_WIRE)
