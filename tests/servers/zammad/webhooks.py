"""Webhooks: posted by a worker with the content of that moment; five attempts, one delivery id (zammad.md 8)."""

import hashlib
import hmac
import json
import queue
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from servers.zammad.answers import stamp
from servers.zammad.shapes import article_with_names, ticket_with_ids, user_row
from servers.zammad.store import PRIORITIES, STATES, Row, Store

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to post; `waits` are the seconds between attempts (10, 20, 30, 40 on a real one)."""

    url: str
    token: str = ""
    trigger: str = "wake dplmaild"
    waits: Sequence[float] = (0.0, 0.0, 0.0, 0.0)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A redirect is a failed attempt; it is never followed."""


class Hooks:
    """The worker that posts; after the fifth failure an event is lost for good."""

    def __init__(self, store: Store) -> None:
        self.hooks: list[Hook] = []
        self.lost = 0
        self._store = store
        self._events: queue.Queue[tuple[int, int | None] | None] = queue.Queue()
        self._opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
        self._closing = threading.Event()
        self._worker = threading.Thread(target=self._work, daemon=True)
        self._worker.start()

    def enqueue(self, events: list[tuple[int, int | None]]) -> None:
        """After a commit: only the last article of each ticket is named."""
        for event in dict(events).items():
            self._events.put(event)

    def settle(self) -> None:
        """Wait until everything that was enqueued is delivered or lost."""
        self._events.join()

    def close(self) -> None:
        """End the worker."""
        self._closing.set()
        self._events.put(None)
        self._worker.join(5)

    def _work(self) -> None:
        while (event := self._events.get()) is not None:
            try:
                for hook in self.hooks:
                    self._deliver(hook, *event)
            finally:
                self._events.task_done()

    def _deliver(self, hook: Hook, ticket_id: int, article_id: int | None) -> None:
        delivery = str(uuid.uuid4())
        for attempt in range(ATTEMPTS):
            body = self._payload(ticket_id, article_id)
            if body is None or self._post(hook, body, delivery):
                return
            if attempt < len(hook.waits) and self._closing.wait(hook.waits[attempt]):
                return
        self.lost += 1

    def _post(self, hook: Hook, body: bytes, delivery: str) -> bool:
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Zammad User Agent"}
        headers |= {"X-Zammad-Trigger": hook.trigger, "X-Zammad-Delivery": delivery}
        if hook.token:
            headers["X-Hub-Signature"] = "sha1=" + hmac.new(hook.token.encode(), body, hashlib.sha1).hexdigest()
        request = urllib.request.Request(hook.url, body, headers)  # noqa: S310 - a test's own address
        try:
            with self._opener.open(request, timeout=10) as response:
                return 200 <= int(response.status) < 300
        except (OSError, urllib.error.HTTPError):
            return False

    def _payload(self, ticket_id: int, article_id: int | None) -> bytes | None:
        with self._store.lock:
            ticket = self._store.tables.tickets.get(ticket_id)
            if ticket is None:
                return None
            article = self._store.tables.articles.get(article_id or 0)
            content = {"ticket": self._ticket(ticket), "article": self._article(article) if article else {}}
            return json.dumps(content, sort_keys=True, default=stamp).encode()

    def _ticket(self, ticket: Row) -> Row:
        users, group = self._store.tables.users, self._store.tables.groups[ticket["group_id"]]
        people = {
            name: _person(user_row(users[ticket[f"{name}_id"]]))
            for name in ("owner", "customer", "created_by", "updated_by")
        }
        named = {"state": STATES[ticket["state_id"]], "group": {"id": group.id, "name": group.name}}
        priority = {"id": ticket["priority_id"], "name": PRIORITIES[ticket["priority_id"]]}
        return ticket_with_ids(self._store, ticket) | people | named | {"priority": priority, "organization": {}}

    def _article(self, article: Row) -> Row:
        user = self._store.tables.users[article["created_by_id"]]
        return article_with_names(self._store, article) | {"created_by": _person(user_row(user)), "accounted_time": 0.0}


def _person(user: Row) -> Row:
    return {key: value for key, value in user.items() if key != "group_ids"}
