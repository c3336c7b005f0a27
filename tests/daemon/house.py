"""A desk by hand, on a world that takes down everything that reaches it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Lock

from desk.build import NOW
from dplmaild.daemon import MailSource, Workplace
from dplmaild.delivery import Channels, Delivery
from dplmaild.deployment.terms import State
from dplmaild.desk import DailyDigest, Desk, Reception
from dplmaild.ports import Arrival, Comment, Identity, Outcome, Position, Receipt
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.sendlog import SendLog
from dplmaild.wiring import letters_of


@dataclass
class World:
    """Everything outside; it takes down what reaches it."""

    sent: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    account: str = "inbox"

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> Receipt:
        """The mail server."""
        self.sent.append((tuple(recipients), message))
        return Receipt(tuple(recipients))

    def comment(self, comment: Comment) -> int:
        """The ticket system."""
        self.touched.append(f"ticket {comment.ticket_id}")
        return 1

    def put(self, uid: str, sequence: int, event: bytes) -> None:
        """The calendar."""
        self.touched.append(f"calendar {uid}")

    def write(self, customer: str, rows: Sequence[Mapping[str, str]]) -> None:
        """The deployment log."""
        self.touched.append(f"log {customer}")

    def fetch(self, after: Position | None, limit: int) -> Iterator[Arrival]:
        """The mailbox."""
        first = int(after.uid) if after else 0
        for uid, raw in list(enumerate(self.mails, start=1))[first : first + limit]:
            yield Arrival(Identity(self.account, "INBOX", 1, str(uid)), NOW, raw, len(raw))

    def wait(self, seconds: float) -> bool:
        """The mailbox has no news."""
        return False

    def show(self, identity: Identity, outcome: Outcome) -> None:
        """A mark in the mailbox."""
        self.touched.append(f"mark {identity.uid}")

    def show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """Marks in the mailbox."""
        self.touched.extend(f"mark {identity.uid}" for identity in identities)

    def find(self, ticket_id: int, marker: str) -> int | None:
        """Nothing of ours is there."""
        return None

    def changed_since(self, moment: datetime) -> Iterator[object]:
        """No ticket changed."""
        return iter(())

    def raw_mail(self, article_id: int) -> bytes | None:
        """No mail behind an article."""
        return None

    def attachment(self, ticket_id: int, article_id: int, attachment_id: int) -> bytes:
        """An empty one."""
        return b""

    def close(self) -> None:
        """Nothing is held open."""


class House:
    """A desk by hand, on a world that takes everything down."""

    def __init__(self, settings: Settings, folder: Path, world: World) -> None:
        letters = letters_of(settings)
        self.now = NOW
        self.database = Database(f"sqlite:///{folder}/record.db")
        self.database.migrate()
        self.reception = Reception(self.database, Desk(settings), "test", letters)
        channels = Channels(world, world, world, world)  # type: ignore[arg-type]
        sendlog = SendLog(folder / "record.sendlog")
        self.delivery = Delivery(self.database, settings, channels, letters, sendlog, "test")
        self.digest = DailyDigest(self.database, lambda: self.reception.desk, "test", letters)
        self.place = Workplace(self.reception, self.database, lambda: self.now, Lock(), Event())
        self.mail = MailSource(world, self.place, 1.0, shows=True)
        self.mail.answered = lambda answered: self.pay(*(debt for each in answered for debt in each.debts))

    def pay(self, *debts: object) -> None:
        """What was just decided."""
        self.delivery.pay(debts, lambda: self.now)  # type: ignore[arg-type]

    def turn(self, now: datetime) -> None:
        """Everything that is to be done at a moment."""
        self.now = now
        while self.mail.turn():
            pass
        self.pay(*self.reception.fire(now, now))
        self.pay(*self.digest.turn(now, now))
        while self.delivery.turn(lambda: self.now):
            pass

    def follow(self, settings: Settings) -> None:
        """Another configuration."""
        self.reception.follow(Desk(settings))
        self.delivery.follow(settings)

    def state(self) -> State | None:
        """How the first deployment stands."""
        with self.database.reading() as connection:
            found = Cases(connection).load("DPL-2026-0001")
        return found.state if found else None
