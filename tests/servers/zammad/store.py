"""The tables of the double: users, groups, tickets, articles, links, tags; with transactions and Zammad's clock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from servers.zammad.answers import ApiError

Row = dict[str, Any]

STATES = {1: "new", 2: "open", 3: "pending reminder", 4: "closed", 5: "merged", 7: "pending close"}
PRIORITIES = {1: "1 low", 2: "2 normal", 3: "3 high"}
TYPES = {1: "email", 2: "sms", 5: "phone", 10: "note", 11: "web"}
SENDERS = {1: "Agent", 2: "Customer", 3: "System"}
NOBODY = 1  # the owner "-"


class Version(Enum):
    """Which line of Zammad is played."""

    OLD = "5.5"
    NEW = "6.5"


@dataclass
class User:
    """A person or the owner `-`; `groups` maps group id to rights (read, create, change, full)."""

    id: int
    login: str
    email: str
    firstname: str = ""
    lastname: str = ""
    roles: set[str] = field(default_factory=lambda: {"Customer"})
    groups: dict[int, set[str]] = field(default_factory=dict)
    organization_id: int | None = None
    password: str = ""
    active: bool = True

    @property
    def name(self) -> str:
        """First and last name, else the address."""
        return f"{self.firstname} {self.lastname}".strip() or self.email


@dataclass
class Token:
    """An API token with its own list of permissions."""

    user_id: int
    permissions: frozenset[str]
    expired: bool = False


@dataclass
class Group:
    """A group; without an address it cannot send mail."""

    id: int
    name: str
    address: str | None = None


@dataclass
class Link:
    """`kind` says what the source is to the target."""

    id: int
    kind: str
    source: int
    target: int


@dataclass
class Tables:
    """Everything a transaction can roll back."""

    users: dict[int, User] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    organizations: dict[int, str] = field(default_factory=dict)
    tickets: dict[int, Row] = field(default_factory=dict)
    articles: dict[int, Row] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    tags: dict[int, list[str]] = field(default_factory=dict)
    events: list[tuple[int, int | None]] = field(default_factory=list)  # ticket and its article, for the hooks


class Store:
    """The database and the settings of the double."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.lock = threading.RLock()
        self.tables = Tables()
        self.tokens: dict[str, Token] = {}
        self.bearers: dict[str, int] = {}
        self.custom_fields: dict[str, int] = {"dpl_key": 120}  # name and allowed length
        self.maintenance = False
        self.password_access = True
        self.tag_new = True
        self.committed: Callable[[list[tuple[int, int | None]]], None] = lambda events: None
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # a test may put its own here
        self._last_id = 0
        self._last_moment = datetime(2026, 1, 1, tzinfo=UTC)

    def next_id(self) -> int:
        """An id no other object has: a mix-up of ids then shows in a test."""
        self._last_id += 1
        return self._last_id

    def now(self) -> datetime:
        """UTC in whole milliseconds; every stamp differs, so that a touch can be seen."""
        now = self.clock().astimezone(UTC)
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        self._last_moment = max(now, self._last_moment + timedelta(milliseconds=1))
        return self._last_moment

    @contextmanager
    def transaction(self) -> Iterator[Tables]:
        """All or nothing; events leave at the commit."""
        with self.lock:
            before = deepcopy(self.tables)
            try:
                yield self.tables
            except BaseException:
                self.tables = before
                raise
            events, self.tables.events = self.tables.events, []
        if events:
            self.committed(events)

    def ticket(self, ticket_id: int) -> Row:
        """One ticket, or 404."""
        return self._found(self.tables.tickets, ticket_id, "Ticket")

    def article(self, article_id: int) -> Row:
        """One article, or 404."""
        return self._found(self.tables.articles, article_id, "Ticket::Article")

    def articles_of(self, ticket_id: int) -> list[Row]:
        """The articles of a ticket by created_at and id."""
        mine = [row for row in self.tables.articles.values() if row["ticket_id"] == ticket_id]
        return sorted(mine, key=lambda row: (row["created_at"], row["id"]))

    def user_by(self, text: str) -> User | None:
        """The user with this id, login or address."""
        wanted = text.strip().lower()
        return next((u for u in self.tables.users.values() if wanted in {str(u.id), u.login, u.email}), None)

    def touch(self, ticket_id: int, user_id: int | None = None) -> None:
        """Bump updated_at."""
        row = self.tables.tickets[ticket_id]
        row["updated_at"] = self.now()
        row["updated_by_id"] = user_id or row["updated_by_id"]

    @staticmethod
    def _found(table: dict[int, Row], key: int, kind: str) -> Row:
        if key not in table:
            raise ApiError(404, f"Couldn't find {kind} with 'id'={key}")
        return table[key]
