"""A desk on a configuration in a folder, and whole mails as bytes, stamped by our border server."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Letter
from dplmaild.desk import Answered, Considered, Desk, Posted, Reception
from dplmaild.desk.explained import letters_of
from dplmaild.desk.view import NothingOnRecord
from dplmaild.ports import Arrival, Identity
from dplmaild.settings import Settings, load
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.debts import Debts
from settings.folder import Folder

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANN, BEN, CARL = "ann@partner.example.com", "ben@acme.example.com", "carl@partner.example.com"
OLGA = "olga@other.example.com"
MANAGER, ENGINEER = "manager@example.org", "engineer@example.org"
STRANGER = "x@else.example.net"

OTHER = """\
id = "other"
name = "Other Shop"
profile = "caas"
zone = "Europe/Berlin"
products = ["ICM"]
calendar = { country = "DE", region = "TH" }

[[contacts]]
address = "olga@other.example.com"
role = "release_manager"
"""

REQUEST = """\
Hello,

please deploy the next release.

Type: code
Product: ICM
Desired date and time: Tuesday, 15 December 2026, 10:00 CET
Expected special activities: none
"""
INSTRUCTIONS = """\
Hello, here are the instructions for the deployment.

Type: code
Product: ICM
Current version: 11.0.1
Target version: 11.0.2
DeployAppTier: yes
DeployWebTier: yes
InvalidatePageCache: no
DBMigrate: no
Custom release notes: see the wiki
Deployment mailing list: list@acme.example.com
"""


def settings_in(folder: Path) -> Settings:
    """Acme and Other, one OPS."""
    made = Folder(folder)
    (folder / "customers" / "other.toml").write_text(OTHER, "utf-8")
    return load(made.main)


def stamp(sender: str, result: str = "pass") -> str:
    """What our border server writes of a sender."""
    return f"mx.example.org; dmarc={result} header.from={sender.rpartition('@')[2]}"


@dataclass
class Mail:
    """One mail; `bytes` gives it as it lies in the mailbox."""

    text: str
    sender: str = ANN
    subject: str = "Next release"
    stamped: str | None = "pass"
    headers: dict[str, str] = field(default_factory=dict)
    to: str = "desk@example.org"
    name: str = ""
    number: int = 1

    @property
    def bytes(self) -> bytes:
        mail = EmailMessage(policy=SMTP)
        if self.stamped is not None:
            mail["Authentication-Results"] = stamp(self.sender, self.stamped)
        mail["From"] = f'"{self.name}" <{self.sender}>' if self.name else self.sender
        mail["To"] = self.to
        mail["Subject"] = self.subject
        mail["Date"] = "Mon, 23 Nov 2026 09:00:00 +0100"
        mail["Message-ID"] = f"<{self.number}@{self.sender.rpartition('@')[2]}>"
        for name, value in self.headers.items():
            mail[name] = value
        mail.set_content(self.text)
        return mail.as_bytes()


def considered(desk: Desk, mail: Mail, arrived: datetime = NOW) -> Considered:
    """What a desk with nothing on record makes of one mail."""
    return desk.consider(Posted(mail.bytes, arrived), NothingOnRecord(), arrived)


def written(answer: Considered) -> list[Letter]:
    """Every letter that would go out, to OPS as well."""
    return list(letters_of(answer))


def to_people(answer: Considered) -> set[str]:
    """Everybody outside OPS's own list who is written to."""
    return {a for letter in written(answer) for a in (*letter.to, *letter.cc)} - {"ops@example.org"}


class Running:
    """A desk with a real record."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder}/record.db")
        self.database.migrate()
        self.desk = Desk(settings)
        self.reception = Reception(self.database, self.desk, "test")
        self._uid = 0

    def receive(self, mail: Mail | bytes, arrived: datetime = NOW, now: datetime | None = None) -> Answered:
        """One mail arrives and is decided about."""
        self._uid += 1
        raw = mail.bytes if isinstance(mail, Mail) else mail
        identity = Identity("inbox", "", 0, str(self._uid))
        (answered,) = self.reception.receive([Arrival(identity, arrived, raw, len(raw))], None, now or arrived)
        return answered

    def ticket(self, mail: Mail, ticket: int, source: str = "ticket mail", arrived: datetime = NOW) -> Answered | None:
        """One article of a ticket arrives."""
        self._uid += 1
        identity = Identity("zammad", str(ticket), 0, str(self._uid))
        arrival = Arrival(identity, arrived, mail.bytes, len(mail.bytes))
        return self.reception.receive_ticket(arrival, ticket, source, arrived)

    def case(self, reference: str = "DPL-2026-0001") -> Case:
        """A case as it stands on record."""
        with self.database.reading() as connection:
            found = Cases(connection).load(reference)
        assert found is not None
        return found

    def cases(self) -> list[str]:
        """Every reference on record."""
        with self.database.reading() as connection:
            return sorted(c.reference for c in Cases(connection).all())

    def owed(self, reference: str = "DPL-2026-0001") -> list[str]:
        """The names of all that is owed for a case."""
        with self.database.reading() as connection:
            return [type(d.what).__name__ for d, _ in Debts(connection).of(reference)]

    def our_letter(self, reference: str = "DPL-2026-0001") -> str:
        """The Message-ID of our last letter of a case."""
        with self.database.reading() as connection:
            return [d.message_id for d, _ in Debts(connection).of(reference) if isinstance(d.what, Letter)][-1] or ""

    def letters(self, reference: str = "DPL-2026-0001") -> list[Letter]:
        """The letters owed for a case, in order."""
        with self.database.reading() as connection:
            return [d.what for d, _ in Debts(connection).of(reference) if isinstance(d.what, Letter)]
