"""A desk under attack: real store, desk and delivery on files, two customers, nothing believed that is not stamped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from dplmaild.daemon.loop import Watching
from dplmaild.deployment.case import Case
from dplmaild.desk import Answered
from dplmaild.ports import Arrival, Identity
from dplmaild.settings import load
from dplmaild.store.cases import Cases
from dplmaild.store.debts import Debts
from dplmaild.wiring import House, build

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BORDER = "mx.example.org"
NORA, DEV, BEN = "nora@agency.example.net", "dev@agency.example.net", "ben@northwind.example.com"
PIA = "pia@studio.example.com"
MANAGER, ENGINEER, OPS = "manager@example.org", "engineer@example.org", "ops@example.org"

_CONFIG = """
customers_folder = "customers"
[desk]
name = "Service Desk"
address = "servicedesk@example.org"
addresses = ["support@example.org"]
instance = "attacked"
authserv_ids = ["mx.example.org"]
{desk}
[store]
url = "sqlite:///state/dplmaild.db"
[[mailbox]]
kind = "maildir"
name = "inbox"
path = "inbox"
[post]
kind = "maildir"
path = "sent"
[calendar]
kind = "ics"
path = "deployments.ics"
[log]
folder = "logs"
[ops]
name = "OPS"
address = "ops@example.org"
calendar = {{ country = "DE", region = "TH" }}
[[ops.people]]
address = "manager@example.org"
name = "Morgan"
role = "deployment_manager"
[[ops.people]]
address = "engineer@example.org"
name = "Robin"
role = "ops_engineer"
"""

_NORTHWIND = """
id = "northwind"
name = "Northwind"
profile = "caas"
zone = "Europe/Berlin"
products = ["ICM", "PWA", "IOM"]
domains = ["northwind.example.com", "agency.example.net"]
calendar = { country = "DE", region = "TH" }
[[contacts]]
address = "nora@agency.example.net"
name = "Nora"
role = "release_manager"
side = "partner"
[[contacts]]
address = "ben@northwind.example.com"
name = "Ben"
role = "attendant"
[[contacts]]
address = "dev@agency.example.net"
role = "contact"
side = "partner"
"""

_SOUTHWIND = """
id = "southwind"
name = "Southwind"
profile = "caas"
zone = "Europe/Berlin"
products = ["ICM"]
domains = ["southwind.example.com"]
calendar = { country = "DE", region = "TH" }
[[contacts]]
address = "pia@studio.example.com"
name = "Pia"
role = "release_manager"
side = "partner"
"""

REQUEST = """Hello,

please schedule this deployment for us:

Type of deployment: {type}
Product: {product}
Environment: PRD
Desired date and time: {when}
Expected special activities: none
"""


@dataclass
class Desk:
    """A desk whose mail is handed in by the test, and everything it has done since."""

    folder: Path
    house: House
    said: list[str]
    _count: int = 0

    def receive(self, raw: bytes, at: datetime = NOW, arrived: datetime | None = None) -> Answered:
        """One mail comes in and everything it causes is paid; what became of it."""
        self._count += 1
        arrival = Arrival(Identity("inbox", "inbox", 0, f"m{self._count}"), arrived or at, raw, len(raw))
        (answered,) = self.house.reception.receive((arrival,), None, at)
        self.house.delivery.pay(answered.debts, lambda: at)
        self.pay(at)
        return answered

    def receive_article(self, raw: bytes, ticket: int, source: str, at: datetime = NOW) -> Answered:
        """The same for an article of a ticket."""
        self._count += 1
        arrival = Arrival(Identity("tickets", str(ticket), 0, f"a{self._count}"), at, raw, len(raw))
        answered = self.house.reception.receive_ticket(arrival, ticket, source, at)
        assert answered is not None
        self.house.delivery.pay(answered.debts, lambda: at)
        self.pay(at)
        return answered

    def pay(self, at: datetime = NOW) -> None:
        """Everything that is due."""
        while self.house.delivery.turn(lambda: at):
            pass

    def letters(self, to: str | None = None) -> list[EmailMessage]:
        """What was sent, oldest first; only to one address where one is named."""
        paths = sorted((self.folder / "sent" / "new").glob("*"), key=lambda p: p.stat().st_mtime_ns)
        sent = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
        return [mail for mail in sent if to is None or to in recipients(mail)]

    def written_to(self) -> set[str]:
        """Every address that any letter went to."""
        return {address for mail in self.letters() for address in recipients(mail)}

    def case(self, reference: str) -> Case:
        """A case as it is on record."""
        with self.house.database.reading() as connection:
            case = Cases(connection).load(reference)
        assert case is not None
        return case

    def cases(self) -> tuple[Case, ...]:
        """All cases, newest first."""
        with self.house.database.reading() as connection:
            return Cases(connection).all()

    def tally(self) -> dict[str, int]:
        """How many debts are in which state."""
        with self.house.database.reading() as connection:
            return Debts(connection).tally()

    def restart(self) -> None:
        """The daemon ends and another one takes over."""
        self.house.close()
        self.house = _built(self.folder)


def write_desk(folder: Path, desk: str = "") -> Path:
    """The configuration of a desk as files; the path of the first one."""
    (folder / "customers").mkdir(parents=True)
    (folder / "inbox").mkdir()
    (folder / "customers" / "northwind.toml").write_text(_NORTHWIND)
    (folder / "customers" / "southwind.toml").write_text(_SOUTHWIND)
    (folder / "desk.toml").write_text(_CONFIG.format(desk=desk))
    return folder / "desk.toml"


@contextmanager
def open_desk(folder: Path, desk: str = "") -> Iterator[Desk]:
    """A desk in a folder; `desk` are more keys of its [desk] table."""
    write_desk(folder, desk)
    opened = Desk(folder, _built(folder), [])
    try:
        yield opened
    finally:
        opened.house.close()


def _built(folder: Path) -> House:
    return build(load(folder / "desk.toml"), Watching(lambda _: None, lambda _: None))


def recipients(mail: EmailMessage) -> set[str]:
    """The addresses in To and Cc."""
    fields = [mail[name] for name in ("To", "Cc") if mail[name]]
    return {address.addr_spec for field in fields for address in field.addresses}


def text_of(mail: EmailMessage) -> str:
    """The text part."""
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part else ""


def stamp(sender: str, verdict: str = "pass") -> bytes:
    """What our border server writes on top."""
    domain = sender.rpartition("@")[2].rstrip(">")
    return f"Authentication-Results: {BORDER}; dmarc={verdict} header.from={domain}\r\n".encode()


def mail(
    text: str | bytes,
    sender: str = NORA,
    subject: str = "Deployment of 11.0.3",
    *,
    top: bytes | None = None,
    more: bytes = b"",
    name: str = "",
    content: str = "text/plain; charset=utf-8",
) -> bytes:
    """A mail; `top` stands above everything (our border's stamp unless said), `more` are further header lines."""
    body = text.encode() if isinstance(text, str) else text
    stamped = stamp(sender) if top is None else top
    message_id = f"Message-ID: <{name}>\r\n".encode() if name else b""
    head = f"From: {sender}\r\nTo: servicedesk@example.org\r\nSubject: {subject}\r\n".encode()
    kind = f"MIME-Version: 1.0\r\nContent-Type: {content}\r\n".encode() if content else b""
    return stamped + head + message_id + more + kind + b"\r\n" + body


def request(when: str = "Thursday, 2026-12-10 10:00", kind: str = "code", product: str = "ICM") -> str:
    """A whole schedule request."""
    return REQUEST.format(type=kind, product=product, when=when)


def reply_to(reference: str, text: str, sender: str = NORA, **more: str) -> bytes:
    """A mail that names a deployment in its subject."""
    return mail(text, sender, f"Re: Deployment [{reference}]", name=more.get("name", ""))


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)
