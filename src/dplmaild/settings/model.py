"""The keys of the configuration, each with what it means. See config/dplmaild.toml for the commented sample."""

from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from dplmaild.deployment.configured import Address, Strict
from dplmaild.deployment.customer import Customer, Directory, Ops
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Ground, ground_of
from dplmaild.ports import Outcome

Positive = Annotated[float, Field(gt=0)]
Port = Annotated[int, Field(ge=1, le=65_535)]
ImapKeyword = Annotated[str, Field(pattern=r"^[$A-Za-z0-9_.-]{1,60}$")]
FolderName = Annotated[str, Field(pattern=r"^[^\x00-\x1f]{1,250}$")]


class Desk(Strict):
    """The desk itself: under which address it answers, and how loudly."""

    name: str = "Service desk"
    address: Address  # From and Reply-To of every letter
    addresses: tuple[Address, ...] = ()  # further addresses of this desk: never written to, mail from them is our own
    instance: str = Field(default="dplmaild", pattern=r"^[A-Za-z0-9._-]{1,60}$")  # our loop mark
    authserv_ids: tuple[str, ...] = ()  # whose Authentication-Results are believed
    believe_unstamped: bool = False  # demo only: take From as it stands when no server of ours has judged it
    shadow: bool = False  # SEE-12: read and decide everything, send nothing but the digest
    answers_per_thread: int = Field(default=2, ge=1)  # P12, in 24 hours without a human's action
    answers_per_sender: int = Field(default=10, ge=1)  # P12, in 24 hours; ten times as many that moved a deployment
    letters_per_day: int = Field(default=20_000, ge=1)  # P12, of all that mail causes

    @property
    def own(self) -> frozenset[str]:
        """Every address that is ours."""
        return frozenset((self.address, *self.addresses))


class Secret(Strict):
    """A secret lies in a file, or comes by systemd's LoadCredential under a name; never in the configuration."""

    file: Path | None = None
    credential: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.file is None) == (self.credential is None):
            raise ValueError("give either file or credential")
        return self


class ImapMailbox(Strict):
    """An IMAP folder that is read."""

    kind: Literal["imap"]
    name: str
    host: str
    port: Port = 993
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    ca_file: Path | None = None
    user: str
    password: Secret
    folder: str = "INBOX"
    poll_seconds: Positive = 60
    size_limit: int = 1_000_000  # bytes; of a larger mail only headers, text and small attachments are fetched
    keywords: Mapping[Outcome, ImapKeyword] = Field(default_factory=dict)  # outcome -> IMAP keyword
    folders: Mapping[Outcome, FolderName] = Field(default_factory=dict)  # outcome -> folder the mail is moved to


class MaildirMailbox(Strict):
    """A Maildir, or a plain folder into which .eml files are dropped."""

    kind: Literal["maildir"]
    name: str
    path: Path
    poll_seconds: Positive = 0.5


class SmtpPost(Strict):
    """The relay that takes our letters."""

    kind: Literal["smtp"]
    host: str
    port: Port = 587
    tls: Literal["implicit", "starttls", "none"] = "starttls"
    ca_file: Path | None = None
    user: str | None = None
    password: Secret | None = None


class MaildirPost(Strict):
    """Letters are put into a Maildir (demo, or a local MTA that collects them)."""

    kind: Literal["maildir"]
    path: Path


class Zammad(Strict):
    """A Zammad whose tickets are read and commented."""

    url: str
    token: Secret
    groups: tuple[str, ...]
    poll_seconds: Positive = 20
    settle_seconds: Positive = 330  # how long a write that got no answer may still be applied
    hook: str = "Ticket#"  # what stands before a ticket's number, as in Zammad's own setting
    ca_file: Path | None = None


class CalDav(Strict):
    """A CalDAV calendar that takes every deployment."""

    kind: Literal["caldav"]
    url: str
    user: str
    password: Secret
    ca_file: Path | None = None


class IcsFile(Strict):
    """One .ics file that holds every deployment."""

    kind: Literal["ics"]
    path: Path


class Log(Strict):
    """Where the customers' deployment logs lie."""

    folder: Path
    template_folder: Path | None = None  # None: the template that ships


class Store(Strict):
    """The database: SQLite by default, PostgreSQL by its URL."""

    url: str = Field(default="sqlite:///var/dplmaild.db", pattern=r"^(sqlite:///|postgresql://)")

    @field_validator("url")
    @classmethod
    def _can_be_used(cls, url: str) -> str:
        if url.startswith("postgresql:") and find_spec("psycopg") is None:
            raise ValueError("PostgreSQL needs psycopg: install it with pip install 'dplmaild[pg]'")
        return url


class Feeds(Strict):
    """How vacation feeds are read; which ones there are stands in the calendars."""

    refresh_seconds: float = Field(default=3600, ge=60)
    ca_file: Path | None = None


class Board(Strict):
    """The web pages for the desk's own people: they show, and change nothing."""

    listen: str  # an address of this machine alone, with a port
    name: str | None = Field(default=None, pattern=r"^[A-Za-z0-9.-]{1,250}$")  # under which the proxy is asked for it

    @field_validator("listen")
    @classmethod
    def _stays_here(cls, listen: str) -> str:
        host, colon, port = listen.rpartition(":")
        if not (colon and port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65_536):
            raise ValueError("give an address and a port, like 127.0.0.1:8025")
        if not _is_this_machine(host.strip("[]")):
            raise ValueError(
                "the board has no login yet: put a proxy with one in front of it, on the same machine, "
                "and let the board listen on 127.0.0.1"
            )
        return listen

    @property
    def place(self) -> tuple[str, int]:
        """The address and the port."""
        host, _, port = self.listen.rpartition(":")
        return _ADDRESS_OF_THIS_MACHINE if host == "localhost" else host.strip("[]"), int(port)


_ADDRESS_OF_THIS_MACHINE = "127.0.0.1"


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Settings(Strict):
    """Everything that a desk configures."""

    desk: Desk
    store: Store = Store()
    mailbox: tuple[Annotated[ImapMailbox | MaildirMailbox, Field(discriminator="kind")], ...] = ()
    post: Annotated[SmtpPost | MaildirPost, Field(discriminator="kind")]
    zammad: Zammad | None = None
    calendar: Annotated[CalDav | IcsFile, Field(discriminator="kind")] | None = None
    log: Log | None = None
    feeds: Feeds = Feeds()
    board: Board | None = None
    ops: Ops
    customers_folder: Path = Path("customers")
    profiles_folder: Path | None = None  # own profiles, besides those that ship
    letters_folder: Path | None = None  # own letters, rendered in a sandbox
    lexicon_folder: Path | None = None  # own words and languages, besides those that ship
    customers: tuple[Customer, ...] = ()  # filled from customers_folder
    profiles: Mapping[str, Profile] = Field(default_factory=dict)  # filled from the shipped ones and profiles_folder
    words: tuple[Mapping[str, Any], ...] = ()  # filled from lexicon_folder

    @property
    def directory(self) -> Directory:
        """Everybody we know."""
        return Directory(ops=self.ops, customers=self.customers)

    def profile_of(self, customer: Customer) -> Profile:
        """The policy a customer is under."""
        return self.profiles[customer.profile]

    def ground(self, customer: Customer) -> Ground:
        """What the rules look at for a customer, with nothing on record."""
        ground = ground_of(customer, self.ops, self.profile_of(customer), profiles=self.profiles)
        return replace(ground, ticket_hook=self.zammad.hook) if self.zammad else ground
