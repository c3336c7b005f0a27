"""Fetching a calendar from a real web server: within bounds, over verified TLS, from that host alone."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from dplmaild.channels.feed import WebFeeds
from dplmaild.ports import DplmaildError, PermanentError, TemporaryError
from servers.certificates import certificates
from servers.web import Answer, Web, endless, hung_up, web, whole

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
LARGEST = 100_000


@pytest.fixture
def server() -> Iterator[Web]:
    """A web server on loopback."""
    with web() as running:
        yield running


def test_a_calendar_comes_as_it_is(server: Web) -> None:
    server.answers["/team.ics"] = whole(CALENDAR, ETag='"1"')
    fetched = WebFeeds(LARGEST).fetch(server.url("/team.ics"))
    assert fetched is not None
    assert (fetched.content, fetched.etag) == (CALENDAR, '"1"')


def test_what_did_not_change_is_not_sent_again(server: Web) -> None:
    server.answers["/team.ics"] = whole(b"", 304)
    assert WebFeeds(LARGEST).fetch(server.url("/team.ics"), '"1"') is None
    assert server.asked[0][1]["If-None-Match"] == '"1"'


def test_nothing_packed_is_asked_for(server: Web) -> None:
    server.answers["/team.ics"] = whole(CALENDAR)
    WebFeeds(LARGEST).fetch(server.url("/team.ics"))
    assert server.asked[0][1]["Accept-Encoding"] == "identity"


def test_a_redirect_within_the_host_is_followed(server: Web) -> None:
    server.answers["/old.ics"] = whole(b"", 301, Location="/new.ics")
    server.answers["/new.ics"] = whole(CALENDAR)
    fetched = WebFeeds(LARGEST).fetch(server.url("/old.ics"))
    assert fetched is not None
    assert fetched.content == CALENDAR


_BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        pytest.param(whole(b"", 404), PermanentError, "answered 404", id="not there"),
        pytest.param(whole(b"", 401), PermanentError, "answered 401", id="a login is wanted"),
        pytest.param(whole(b"", 204), PermanentError, "answered 204", id="nothing in it"),
        pytest.param(whole(b"", 503), TemporaryError, "answered 503", id="down"),
        pytest.param(whole(b"", 429), TemporaryError, "answered 429", id="asked too often"),
        pytest.param(
            whole(b"", 302, Location="https://else.example.net/x.ics"), PermanentError, "another place", id="away"
        ),
        pytest.param(whole(b"", 302, Location="file:///etc/passwd"), PermanentError, "another place", id="to a file"),
        pytest.param(whole(b"", 302, Location="//else.example.net/"), PermanentError, "another place", id="host"),
        pytest.param(whole(b"", 302, Location="/team.ics"), PermanentError, "in circles", id="round in circles"),
        pytest.param(whole(b"x" * (LARGEST + 1)), PermanentError, "larger than", id="too large"),
        pytest.param(endless(b"x" * 65_536), PermanentError, "larger than", id="without an end"),
        pytest.param(whole(_BOMB, Content_Encoding="gzip"), PermanentError, "packed", id="a bomb"),
        pytest.param(hung_up, TemporaryError, "tried again", id="the line breaks"),
    ],
)
def test_what_is_no_calendar_of_ours(server: Web, answer: Answer, kind: type[DplmaildError], said: str) -> None:
    server.answers["/team.ics"] = answer
    with pytest.raises(kind, match=said):
        WebFeeds(LARGEST).fetch(server.url("/team.ics"))


def test_nobody_listens() -> None:
    with pytest.raises(TemporaryError, match=r"127\.0\.0\.1"):
        WebFeeds(LARGEST).fetch("http://127.0.0.1:9/team.ics")


@pytest.mark.parametrize("path", ["/private-0123abcd/basic.ics", "/circle?key=0123abcd"])
def test_a_private_address_is_in_no_message(server: Web, path: str) -> None:
    server.answers["/circle?key=0123abcd"] = whole(b"", 302, Location="/circle?key=0123abcd")
    with pytest.raises(DplmaildError) as caught:
        WebFeeds(LARGEST).fetch(server.url(path))
    assert "0123abcd" not in str(caught.value)


def test_tls_is_verified(tmp_path: Path) -> None:
    made = certificates(tmp_path / "ours")
    stranger = certificates(tmp_path / "theirs", "Another authority")
    with web((made.cert_file, made.key_file)) as server:
        server.answers["/team.ics"] = whole(CALENDAR)
        fetched = WebFeeds(LARGEST, made.ca_file).fetch(server.url("/team.ics"))
        assert fetched is not None
        for ca_file in (None, stranger.ca_file):
            with pytest.raises(TemporaryError, match="certificate is not trusted"):
                WebFeeds(LARGEST, ca_file).fetch(server.url("/team.ics"))
