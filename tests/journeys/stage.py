"""The world of one story: a desk as the daemon wires it, with a clock that stands where the story puts it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dplmaild.delivery import Channels
from dplmaild.desk import Desk
from dplmaild.settings import Settings, model
from dplmaild.store.database import Database
from dplmaild.store.sendlog import SendLog
from dplmaild.store.tables import timers
from dplmaild.wiring import calendar_of, letters_of, logbook_of, mailbox_of, post_of, tickets_of
from dplmaild.writing.letters import Letters
from journeys.cast import Person, cast, desk
from journeys.outbox import Sent, letters
from promises.turns import Clock, Parts, Turns, Warm
from servers.zammad import ZammadDouble
from servers.zammad.store import User

FOLDERS = ("inbox/new", "inbox/cur", "inbox/tmp", "sent/new", "sent/cur", "sent/tmp", "logs", "var")


@cache
def warm_letters() -> Letters:
    """The letters, loaded once for all stories."""
    return letters_of(desk())


def settings_in(folder: Path, zammad: str | None) -> Settings:
    """The desk of all stories, with its doors in one folder, and on one Zammad where somebody writes tickets."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "token").write_text("bot-token-4711")
    changed = {
        "mailbox": (model.MaildirMailbox(kind="maildir", name="inbox", path=folder / "inbox"),),
        "post": model.MaildirPost(kind="maildir", path=folder / "sent"),
        "calendar": model.IcsFile(kind="ics", path=folder / "deployments.ics"),
        "log": model.Log(folder=folder / "logs"),
        "zammad": zammad
        and model.Zammad(url=zammad, token=model.Secret(file=folder / "token"), groups=("Deployments",)),
    }
    return desk().model_copy(update=changed)


class LogAtTheEnd:
    """A deployment log that is written once, when the story is over: most of a run's time goes into workbooks."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Mapping[str, str]]] = {}

    def write(self, customer: str, rows: Sequence[Mapping[str, str]]) -> None:
        """See ports.LogBook."""
        self._rows.setdefault(customer, {}).update({row["id"]: row for row in rows})

    def finish(self, settings: Settings) -> None:
        """The workbooks as they are in the end."""
        book = logbook_of(settings.log)
        assert book is not None
        for customer, rows in self._rows.items():
            book.write(customer, list(rows.values()))


@dataclass
class Stage:
    """One desk and everything around it."""

    folder: Path
    settings: Settings
    database: Database
    clock: Clock
    zammad: ZammadDouble
    users: dict[str, User]
    log: "LogAtTheEnd | None" = None  # None: every row goes into the workbook at once
    turns: Turns | None = None
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    covered: dict[int, str] = field(default_factory=dict)  # other tickets by id, with their numbers
    _mails: int = 0
    _seen: set[str] = field(default_factory=set)
    _read: set[int] = field(default_factory=set)

    def up(self) -> None:
        """The daemon starts."""
        settings, database = self.settings, self.database
        log = self.log or logbook_of(settings.log)
        calendar = calendar_of(settings.calendar)
        channels = Channels(post_of(settings.post), tickets_of(settings.zammad), calendar, log)
        mailbox, sendlog = mailbox_of(settings.mailbox[0], database), SendLog(self.folder / "story.sendlog")
        parts = Parts(database, sendlog, mailbox, channels, tickets_of(settings.zammad))
        self.turns = Turns(Warm(settings, Desk(settings), warm_letters(), database), parts, self.clock)
        self.turns.recover()
        self.turns.go()

    def down(self) -> None:
        """The daemon stops in order; mail waits in the mailbox, tickets in Zammad."""
        if self.turns is not None:
            self.turns.end()
        self.turns = None

    def go(self) -> None:
        """Whatever there is to do at this moment, where the desk is up."""
        if self.turns is not None:
            self.turns.go()

    def due_before(self, moment: datetime) -> datetime | None:
        """When the next timer falls due, where that is before a moment; None while the desk is down."""
        if self.turns is None:
            return None
        with self.database.reading() as connection:
            open_ = select(timers.c.due).where(timers.c.fired_at.is_(None)).order_by(timers.c.due).limit(1)
            due: datetime | None = connection.execute(open_).scalar()
        return max(due, self.clock.now) if due is not None and due < moment else None

    def deliver(self, raw: bytes) -> None:
        """A mail arrives now."""
        self._mails += 1
        name = f"{int(self.clock.now.timestamp())}.M{self._mails:04d}.mx"
        (self.folder / "inbox" / "new" / name).write_bytes(raw)

    def post_article(self, conversation: str, who: str, text: str, subject: str | None = None) -> None:
        """Somebody writes into a ticket, which is made for the first article; OPS writes internal notes."""
        user, ours = self.users[who], cast()[who].of_ops
        ticket = self.tickets.get(conversation)
        if ticket is None:
            ticket = self.tickets[conversation] = self.zammad.add_ticket(conversation, customer_id=user.id)
        kind = {"type": "note", "internal": True} if ours else {"type": "web"}
        self.zammad.add_article(ticket, user, body=text, subject=subject, **kind)

    def add_ticket(self, number: str, who: str) -> None:
        """A ticket about something else, that a deployment may cover."""
        row = self.zammad.add_ticket(f"Ticket {number}", number=number, customer_id=self.users[who].id)
        self.covered[int(row["id"])] = number

    def gone_out(self) -> tuple[tuple[Sent, ...], tuple[str, ...]]:
        """The letters since the last look, and the notes that only OPS reads."""
        files = [path for path in sorted((self.folder / "sent" / "new").iterdir()) if path.name not in self._seen]
        self._seen.update(path.name for path in files)
        ours = [row for row in self._articles() if row["id"] not in self._read]
        self._read.update(row["id"] for row in ours)
        notes = tuple(" ".join(str(row["body"]).split()) for row in ours if row["internal"])
        told = (row for row in ours if not row["internal"])
        return letters((path.read_bytes() for path in files), told, self.covered), notes

    def _articles(self) -> list[dict[str, Any]]:
        rows = self.zammad.store.tables.articles.values()
        return sorted((row for row in rows if row["created_by_id"] == self.zammad.bot.id), key=lambda row: row["id"])


@contextmanager
def stage(
    folder: Path, database: Database, begins: datetime, *, tickets: bool, log: LogAtTheEnd | None = None
) -> Iterator[Stage]:
    """A desk with an empty record, up, until the block ends; its own Zammad where `tickets`."""
    clock = Clock(begins)
    with ExitStack() as stack:
        zammad = ZammadDouble()
        if tickets:
            stack.enter_context(zammad)
        else:
            stack.callback(zammad.close)
        zammad.store.clock = clock
        users = {name: _user(zammad, person) for name, person in cast().items()}
        settings = settings_in(folder, zammad.url if tickets else None)
        made = Stage(folder, settings, database, clock, zammad, users, log)
        made.up()
        stack.callback(made.down)
        yield made


def _user(zammad: ZammadDouble, person: Person) -> User:
    """OPS are agents, everybody else is a customer."""
    if person.of_ops:
        return zammad.add_user(person.address, person.name, roles=("Agent",), groups=(zammad.group,))
    return zammad.add_user(person.address, person.name)
