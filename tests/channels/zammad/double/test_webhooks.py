"""Webhooks (line 39)."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from channels.zammad.double.conftest import Client
from servers.zammad import ZammadDouble
from servers.zammad.webhooks import Hook


@dataclass
class Receiver:
    """Takes posts and answers with the statuses in order, the last one for ever."""

    statuses: list[int] = field(default_factory=lambda: [204])
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def next_status(self) -> int:
        """The status for the post that just came."""
        return self.statuses[min(len(self.posts), len(self.statuses)) - 1]


@pytest.fixture
def receiver(old: ZammadDouble) -> Iterator[Receiver]:
    taker = Receiver()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taker.posts.append((dict(self.headers.items()), body))
            self.send_response(taker.next_status())
            self.send_header("Location", taker.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        taker.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        old.add_hook(Hook(taker.url, token="shared"))
        yield taker
        server.shutdown()


def test_39_signed_over_the_raw_bytes(old: ZammadDouble, receiver: Receiver) -> None:
    row = old.add_ticket()
    article = old.add_article(row, body="grüß Gott")
    old.hooks.settle()
    ((headers, body),) = receiver.posts
    assert headers["X-Hub-Signature"] == "sha1=" + hmac.new(b"shared", body, hashlib.sha1).hexdigest()
    assert headers["User-Agent"] == "Zammad User Agent"
    told = json.loads(body)
    assert (told["ticket"]["id"], told["article"]["id"]) == (row["id"], article["id"])
    assert (told["ticket"]["state"], told["ticket"]["group"]["name"]) == ("new", "Deployments")
    assert told["article"]["created_by"]["login"] == "rosa@partner.example.com"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_39_whatever_is_no_success_is_tried_again_under_the_same_id(
    old: ZammadDouble, receiver: Receiver, status: int
) -> None:
    receiver.statuses = [status, status, 204]
    old.add_article(old.add_ticket())
    old.hooks.settle()
    assert len(receiver.posts) == 3
    assert len({headers["X-Zammad-Delivery"] for headers, _ in receiver.posts}) == 1
    assert old.hooks.lost == 0


def test_39_after_five_attempts_it_is_lost(old: ZammadDouble, receiver: Receiver) -> None:
    receiver.statuses = [500]
    old.add_article(old.add_ticket())
    old.hooks.settle()
    assert (len(receiver.posts), old.hooks.lost) == (5, 1)


def test_39_a_deleted_ticket_is_not_posted(old: ZammadDouble, receiver: Receiver) -> None:
    row = old.add_ticket()
    old.hooks.enqueue([(row["id"], None)] if old.store.tables.tickets.pop(row["id"]) else [])
    old.hooks.settle()
    assert receiver.posts == []


def test_39_our_own_article_fires_too_and_tags_and_preferences_do_not(
    old: ZammadDouble, call: Client, receiver: Receiver
) -> None:
    row = old.add_ticket()
    call("POST", "tags/add", {"object": "Ticket", "o_id": row["id"], "item": "urgent"})
    call("PUT", f"tickets/{row['id']}", {"preferences": {"a": 1}})
    old.hooks.settle()
    assert receiver.posts == []
    body = {"article": {"body": "CONFIRMED", "preferences": {"dplmaild": {"op": "op-1", "v": 1}}}}
    call("PUT", f"tickets/{row['id']}", body)
    old.hooks.settle()
    (post,) = receiver.posts
    assert json.loads(post[1])["article"]["preferences"] == {"dplmaild": {"op": "op-1", "v": 1}}


def test_nothing_is_posted_for_what_was_rolled_back(old: ZammadDouble, call: Client, receiver: Receiver) -> None:
    row = old.add_ticket()
    assert call("PUT", f"tickets/{row['id']}", {"state": "open", "article": {"body": " "}}).status == 422
    old.hooks.settle()
    assert receiver.posts == []


def test_the_content_is_that_of_the_delivery(old: ZammadDouble, receiver: Receiver) -> None:
    row = old.add_ticket("before")
    with old.store.lock:
        old.hooks.enqueue([(row["id"], None)])
        old.store.ticket(row["id"])["title"] = "after"
    old.hooks.settle()
    told = json.loads(receiver.posts[0][1])
    assert (told["ticket"]["title"], told["article"]) == ("after", {})
