"""Faults (line 40): each one strikes once, and applies or not as it says."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import requests

from channels.zammad.double.conftest import Client
from servers.zammad import Kind, ZammadDouble


def change(double: ZammadDouble) -> tuple[str, dict[str, object]]:
    return f"tickets/{double.add_ticket()['id']}", {"article": {"body": "CONFIRMED"}}


@pytest.mark.parametrize(
    ("kind", "status", "applied"),
    [
        (Kind.ERROR_BEFORE, 500, 0),
        (Kind.BAD_GATEWAY_AFTER, 502, 1),
        (Kind.LATE, 504, 0),
        (Kind.TOO_MANY, 429, 0),
        (Kind.UNAVAILABLE, 503, 0),
        (Kind.MAINTENANCE, 403, 0),
        (Kind.PAGE_BEFORE, 200, 0),
        (Kind.PAGE_AFTER, 200, 1),
        (Kind.REDIRECT, 302, 0),
        (Kind.WRONG_JSON_AFTER, 200, 1),
    ],
)
def test_40_answers(old: ZammadDouble, call: Client, kind: Kind, status: int, applied: int) -> None:
    path, body = change(old)
    old.fault(kind)
    assert call("PUT", path, body).status == status
    assert len(old.store.tables.articles) == applied
    assert call("PUT", path, body).status == 200


@pytest.mark.parametrize(
    ("kind", "applied"),
    [
        (Kind.RESET_BEFORE, 0),
        (Kind.RESET_AFTER, 1),
        (Kind.TRUNCATED_AFTER, 1),
    ],
)
def test_40_answers_that_never_come_whole(old: ZammadDouble, call: Client, kind: Kind, applied: int) -> None:
    path, body = change(old)
    old.fault(kind)
    with pytest.raises(requests.RequestException):
        call("PUT", path, body)
    assert len(old.store.tables.articles) == applied


def test_40_a_late_request_is_applied_when_nobody_waits_any_more(old: ZammadDouble, call: Client) -> None:
    path, body = change(old)
    old.fault(Kind.LATE)
    call("PUT", path, body)
    old.apply_late()
    old.apply_late()
    assert len(old.store.tables.articles) == 1


def test_40_retry_after_is_said(old: ZammadDouble, call: Client) -> None:
    old.fault(Kind.TOO_MANY, method="GET", retry_after="42")
    reply = call("GET", "tickets")
    assert (reply.headers["Retry-After"], reply.json) == ("42", "Retry later\n")


def test_a_fault_strikes_only_what_it_was_ordered_for(old: ZammadDouble, call: Client) -> None:
    old.fault(Kind.ERROR_BEFORE, method="GET", path="by_ticket", skip=1, times=2)
    path = f"ticket_articles/by_ticket/{old.add_ticket()['id']}"
    assert call("GET", "tickets").status == 200
    assert [call("GET", path).status for _ in range(4)] == [200, 500, 500, 200]


def test_a_body_over_the_proxys_limit_is_413(old: ZammadDouble) -> None:
    connection = HTTPConnection(urlsplit(old.url).netloc, timeout=10)
    connection.putrequest("PUT", "/api/v1/tickets/1")
    connection.putheader("Content-Length", str(60 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    assert old.seen == []
