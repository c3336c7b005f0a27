"""Every real thing is built here, by hand; the only place that reads a clock."""

import os
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Event, Lock
from typing import IO

from jinja2 import FileSystemLoader

from dplmaild import reading
from dplmaild.channels.ics_file import IcsFile
from dplmaild.channels.imap.account import Folder, ImapAccount, Keyword, Mark
from dplmaild.channels.imap.mailbox import ImapMailbox
from dplmaild.channels.maildir import MaildirMailbox
from dplmaild.channels.outbox_maildir import MaildirPost
from dplmaild.channels.secure import Tls
from dplmaild.channels.smtp import SmtpAccount, SmtpPost
from dplmaild.daemon import Daemon, FeedSource, Following, MailSource, Notifier, TicketSource, Workplace
from dplmaild.daemon.clock import ClockWatch
from dplmaild.daemon.loop import Watching
from dplmaild.delivery import Channels, Delivery
from dplmaild.deployment.profile import letter_words, read_words
from dplmaild.desk import DailyDigest, Desk, Reception
from dplmaild.feeds import Refresher, Shelf, in_force, web_feeds
from dplmaild.ports import Calendar, DplmaildError, Identity, LogBook, Mailbox, Outcome, Post, Tickets
from dplmaild.reading.lexicon import learn
from dplmaild.settings import Settings, model
from dplmaild.settings.load import shipped
from dplmaild.store import debts
from dplmaild.store.beside import base_of, identity_of
from dplmaild.store.clock_hold import KeptHold
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox
from dplmaild.store.sendlog import SendLog, boot_id
from dplmaild.wiring.alone import beside_database, kept_alone, take_lock
from dplmaild.wiring.board import show_board
from dplmaild.wiring.memory import settle_memory
from dplmaild.writing.letters import Letters

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # the first counts what the machine slept


class SecretError(DplmaildError):
    """A secret cannot be read."""


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def secret(source: model.Secret | None) -> str:
    """The text of a secret's file, or of a credential that systemd handed over; never logged."""
    if source is None:
        return ""
    path = source.file or Path(os.environ.get("CREDENTIALS_DIRECTORY", "")) / (source.credential or "")
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise SecretError(f"the secret {path.name} cannot be read: {error.strerror}") from error


def letters_of(settings: Settings) -> Letters:
    """The letters that ship, and a customer's own over them."""
    words = letter_words(settings.profiles.values())
    if settings.letters_folder is None:
        return _shipped_letters(
            settings.desk.address, tuple((each, tuple(said.items())) for each, said in words.items())
        )
    templates, own = FileSystemLoader(shipped("templates")), FileSystemLoader(settings.letters_folder)
    return Letters(templates, reply_to=settings.desk.address, overrides=own, words=words)


@lru_cache(maxsize=1)
def _shipped_letters(reply_to: str, words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Letters:
    """Nothing in them changes while the program runs, and to compile their templates takes a tenth of a second."""
    templates = FileSystemLoader(shipped("templates"))
    return Letters(templates, reply_to=reply_to, words={language: dict(said) for language, said in words})


def speak(settings: Settings) -> None:
    """Read mail with the words of this configuration from now on; while nobody else reads."""
    learn((*settings.words, *read_words(settings.profiles.values())))


def database_of(settings: Settings) -> Database:
    """The database, brought up to this program's tables."""
    database = Database(settings.store.url)
    database.migrate()
    return database


def shelf_of(settings: Settings) -> Shelf:
    """Where the last good copies of the vacation feeds lie; the folder is made when there is something to keep."""
    return Shelf(base_of(settings.store.url).with_suffix(".feeds"))


def filled(settings: Settings) -> Settings:
    """The configuration with the vacations of its feeds, as far as they are known."""
    return in_force(settings, shelf_of(settings), now())


def mailbox_of(box: model.ImapMailbox | model.MaildirMailbox, database: Database) -> Mailbox:
    """The door to one mailbox."""
    if isinstance(box, model.MaildirMailbox):
        return MaildirMailbox(box.name, box.path, known=_known(database, box.name))
    marks: dict[Outcome, Mark] = {outcome: Keyword(word) for outcome, word in box.keywords.items()}
    marks |= {outcome: Folder(name) for outcome, name in box.folders.items()}
    account = ImapAccount(
        name=box.name,
        host=box.host,
        port=box.port,
        user=box.user,
        password=secret(box.password),
        folder=box.folder,
        tls=Tls(box.tls),
        ca_file=box.ca_file,
        show=marks,
        poll_seconds=box.poll_seconds,
        size_limit=box.size_limit,
    )
    return ImapMailbox(account, now)


def _known(database: Database, account: str) -> Callable[[Sequence[Identity]], set[Identity]]:
    """Which messages of a Maildir are kept already; asked without reading a byte of them."""

    def known(identities: Sequence[Identity]) -> set[Identity]:
        if not identities:
            return set()
        folder = identities[0].folder
        with database.reading() as connection:
            kept = Inbox(connection).known(account, folder, [i.uid for i in identities])
        return {i for i in identities if i.uid in kept}

    return known


def post_of(post: model.SmtpPost | model.MaildirPost) -> Post:
    """The way out for letters."""
    if isinstance(post, model.MaildirPost):
        return MaildirPost(post.path)
    account = SmtpAccount(
        host=post.host,
        port=post.port,
        user=post.user,
        password=secret(post.password),
        tls=Tls(post.tls),
        ca_file=post.ca_file,
    )
    return SmtpPost(account)


def tickets_of(zammad: model.Zammad | None) -> Tickets | None:
    """The ticket system, where there is one."""
    if zammad is None:
        return None
    from dplmaild.channels.zammad import ZammadSettings, ZammadTickets  # noqa: PLC0415 - a door that many desks lack

    token = secret(zammad.token)
    return ZammadTickets(
        ZammadSettings(zammad.url, token, zammad.groups, zammad.ca_file, settle_seconds=zammad.settle_seconds)
    )


def calendar_of(calendar: model.CalDav | model.IcsFile | None) -> Calendar | None:
    """The calendar that takes every deployment, where there is one."""
    match calendar:
        case None:
            return None
        case model.IcsFile():
            return IcsFile(calendar.path)
        case model.CalDav():
            from dplmaild.channels.caldav import CalDav  # noqa: PLC0415 - a door that many desks lack

            return CalDav(calendar.url, calendar.user, secret(calendar.password), ca_file=calendar.ca_file)


def logbook_of(log: model.Log | None) -> LogBook | None:
    """The deployment logs, where they are kept; a folder that is missing at start is made."""
    if log is None:
        return None
    with suppress(OSError):  # a share that is away: each write says so and is tried again
        log.folder.mkdir(parents=True, exist_ok=True)
    from dplmaild.channels.workbook import WorkbookFolder  # noqa: PLC0415 - a door that many desks lack

    return WorkbookFolder(log.folder, log.template_folder or shipped("templates"))


def channels_of(settings: Settings, tickets: Tickets | None) -> Channels:
    """All the ways out."""
    return Channels(post_of(settings.post), tickets, calendar_of(settings.calendar), logbook_of(settings.log))


@dataclass(frozen=True)
class House:
    """A daemon with what has to be put away when it is over."""

    daemon: Daemon
    reception: Reception
    delivery: Delivery
    database: Database
    lock: IO[str]
    place: Workplace
    letters: Letters
    following: Following

    def warm_up(self) -> None:
        """Load now what the first mail would have to wait for: words to be read, letters to be written."""
        reading.warm_up()
        self.letters.load()
        debts.warm_up()
        settle_memory()

    def close(self) -> None:
        """After the last turn: this was a clean end."""
        mark_running(self.database, False)
        self.database.close()
        self.lock.close()


def build(settings: Settings, watching: Watching, notifier: Notifier | None = None) -> House:
    """Everything a running desk needs, wired together."""
    lock = take_lock(settings)
    database = kept_alone(settings)
    speak(settings)
    owner = f"{os.getpid()}-{secrets.token_hex(4)}"
    tickets = tickets_of(settings.zammad)  # one per thread: this one is read, the other one written
    letters = letters_of(settings)
    reception = Reception(database, Desk(settings), owner, letters)
    sendlog = SendLog(beside_database(settings, ".sendlog"), database=identity_of(database), run=owner)
    channels = channels_of(settings, tickets_of(settings.zammad))
    delivery = Delivery(database, settings, channels, letters, sendlog, owner)
    place = Workplace(reception, database, now, Lock(), Event())
    following = Following(settings, reception, delivery, place, shelf_of(settings))
    if mark_running(database, True):
        place.careful.set()
    daemon = Daemon(reception, delivery, place, watching, notifier or Notifier())
    daemon.mind_the_clock(ClockWatch(lambda: time.clock_gettime(_STEADY), KeptHold(database, boot_id())))
    daemon.in_the_morning(DailyDigest(database, lambda: reception.desk, owner, letters))
    for box in settings.mailbox:
        shows = isinstance(box, model.ImapMailbox) and bool(box.keywords or box.folders)
        daemon.add(MailSource(mailbox_of(box, database), place, box.poll_seconds, shows=shows))
    if tickets is not None and settings.zammad is not None:
        daemon.add(TicketSource(tickets, place, settings.zammad.poll_seconds))
    every = timedelta(seconds=settings.feeds.refresh_seconds)
    daemon.beside(FeedSource(Refresher(shelf_of(settings), web_feeds(settings), every), place, following))
    if settings.board is not None:
        show_board(settings.board, daemon, place, letters, now)
    return House(daemon, reception, delivery, database, lock, place, letters, following)


def mark_running(database: Database, running: bool) -> bool:
    """Note that a daemon runs; True when the one before never came to its end."""
    with database.writing() as connection:
        return Inbox(connection).mark_running(running)
