"""The double itself: a socket, the routes, the faults, and what a test does behind the API's back."""

import ssl
import threading
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from servers.zammad import inbound
from servers.zammad.articles import create_article
from servers.zammad.auth import Caller
from servers.zammad.faults import Fault, Kind
from servers.zammad.store import NOBODY, Group, Row, Store, Token, User, Version
from servers.zammad.tickets import merge, ticket_row
from servers.zammad.webhooks import Hook, Hooks
from servers.zammad.wire import Seen, Server

TOKEN = "bot-token-4711"
FULL = frozenset({"full"})


class ZammadDouble:
    """A Zammad on 127.0.0.1 with one group, one bot and one customer; use as a context manager."""

    def __init__(self, version: Version = Version.OLD, tls: ssl.SSLContext | None = None) -> None:
        self.store = Store(version)
        self.seen: list[Seen] = []
        self.sent: list[Row] = []
        self.faults: list[Fault] = []
        self.late: list[Seen] = []
        self.closing = threading.Event()
        self.hooks = Hooks(self.store)
        self.store.committed = self.hooks.enqueue
        self.store.tables.users[NOBODY] = User(self.store.next_id(), "-", "-", "-", "", roles=set())
        self.group = self.add_group("Deployments", "deploy@desk.example.com")
        self.bot = self.add_user("bot@example.com", "Dpl", "Bot", roles={"Agent"}, groups=(self.group,))
        self.customer = self.add_user("rosa@partner.example.com", "Rosa", "Release")
        self.token = self.add_token(self.bot, TOKEN, "ticket.agent")
        self._scheme = "https" if tls else "http"
        self._server = Server(self)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self.close()

    def close(self) -> None:
        """Let go of the socket; alone for a double that nobody has entered."""
        self._server.server_close()
        self.hooks.close()

    @property
    def url(self) -> str:
        """The address to configure."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}"

    def add_group(self, name: str, address: str | None = None) -> Group:
        """One more group."""
        group = Group(self.store.next_id(), name, address)
        self.store.tables.groups[group.id] = group
        return group

    def add_organization(self, name: str) -> int:
        """One more organisation; its id, for users."""
        number = self.store.next_id()
        self.store.tables.organizations[number] = name
        return number

    def add_user(
        self,
        email: str,
        firstname: str = "",
        lastname: str = "",
        *,
        roles: Iterable[str] = ("Customer",),
        groups: Iterable[Group] = (),
        rights: Iterable[str] = FULL,
        **more: Any,
    ) -> User:
        """One more person; with groups: their rights there."""
        access = {group.id: set(rights) for group in groups}
        user = User(self.store.next_id(), email, email, firstname, lastname, set(roles), access, **more)
        self.store.tables.users[user.id] = user
        return user

    def add_token(self, user: User, secret: str, *permissions: str, expired: bool = False) -> str:
        """A token that this user may call with."""
        self.store.tokens[secret] = Token(user.id, frozenset(permissions), expired)
        return secret

    def add_hook(self, hook: Hook) -> None:
        """A webhook that fires on every change."""
        self.hooks.hooks.append(hook)

    def add_ticket(self, title: str = "Deploy 11.0.2", *, updated_at: datetime | None = None, **given: Any) -> Row:
        """A ticket of the customer, with no article."""
        with self.store.lock:
            columns = {"title": title, "group_id": self.group.id, "customer_id": self.customer.id} | given
            row = ticket_row(self.store, self.customer.id, columns)
            row["updated_at"] = updated_at or row["updated_at"]
            return row

    def add_article(self, ticket: Row, by: User | None = None, **given: Any) -> Row:
        """An article as this user (the customer) would create it."""
        user = by or self.customer
        permissions = frozenset({"ticket.agent" if "Agent" in user.roles else "ticket.customer"})
        with self.store.transaction():
            # Read again: a rolled back transaction puts copies in the place of the rows a test holds.
            current, caller = self.store.ticket(ticket["id"]), Caller(user, permissions, self.store.version)
            return create_article(self.store, caller, current, {"body": "please", "type": "web"} | given)

    def receive_mail(self, raw: bytes) -> Row:
        """A mail arrives at the group's address; the article it became."""
        with self.store.transaction():
            return inbound.receive(self.store, raw, self.group.id)

    def deliver_mails(self, *, fails: bool = False) -> None:
        """Run Zammad's own mail job."""
        with self.store.transaction():
            self.sent += inbound.deliver(self.store, fails=fails)

    def merge(self, source: Row, target: Row) -> None:
        """An agent merges two tickets."""
        with self.store.transaction():
            ticket = self.store.ticket
            merge(self.store, ticket(source["id"]), ticket(target["id"]), self.bot.id)

    def fault(self, kind: Kind, **order: Any) -> Fault:
        """Order a fault for the next fitting request (PUT, unless said)."""
        self.faults.append(Fault(kind, **order))
        return self.faults[-1]

    def apply_late(self) -> None:
        """Let the requests through that a 504 hid."""
        waiting, self.late[:] = list(self.late), []
        for request in waiting:
            request.apply(self.store)

    def articles(self, ticket: Row) -> list[Row]:
        """The articles of a ticket as they are now."""
        with self.store.lock:
            return self.store.articles_of(ticket["id"])

    def written(self, method: str = "PUT") -> int:
        """How many requests with this method arrived."""
        return sum(request.method == method for request in self.seen)
