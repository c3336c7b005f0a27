"""The CalDAV door when things go wrong: races, lost answers, refusals, and servers that send us elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from channels.records.events import UID, only_event, written
from dplmaild.channels.caldav import CalDav
from dplmaild.ports import DplmaildError, InDoubtError, PermanentError, TemporaryError
from servers.radicale import (
    PASSWORD,
    USER,
    Fault,
    RadicaleServer,
    answering,
    bad_gateway_after,
    first_doing,
    lost_after,
    lost_before,
    radicale,
)


def calendar(server: RadicaleServer) -> CalDav:
    """The channel under test."""
    return CalDav(server.calendar_url, USER, PASSWORD)


def only_stored(server: RadicaleServer) -> tuple[str, int]:
    """Summary and SEQUENCE of the only event on the server."""
    (name,) = server.names()
    event = only_event(server.request("GET", name).content)
    return str(event["SUMMARY"]), int(str(event["SEQUENCE"]))


def saved_by_somebody(server: RadicaleServer, name: str, **said: object) -> Callable[[], object]:
    """A person's program stores an event of its own making."""
    return lambda: server.request("PUT", name, data=written(**said)).raise_for_status()


@pytest.mark.parametrize(
    ("fault", "puts"),
    [
        pytest.param(lost_after, 1, id="the answer is lost after the write"),
        pytest.param(bad_gateway_after, 1, id="a proxy reports an error after the write"),
        pytest.param(lost_before, 2, id="the connection breaks before the write"),
        pytest.param(answering("500 Oops"), 2, id="the server stumbles without writing"),
    ],
)
@pytest.mark.parametrize("before", [pytest.param(None, id="a new event"), pytest.param(1, id="a changed one")])
def test_a_lost_answer_is_settled_by_looking(
    server: RadicaleServer, fault: Fault, puts: int, before: int | None
) -> None:
    """P7: what was written is not written again, what was not is."""
    if before:
        calendar(server).put(UID, before, written(sequence=before))
    server.calls.clear()
    server.faults.append(("PUT", fault))
    calendar(server).put(UID, 2, written(sequence=2, summary="new"))
    assert server.calls.count("PUT") == puts
    assert only_stored(server) == ("new", 2)


@pytest.mark.parametrize("method", ["GET", "REPORT", "PUT"])
def test_a_server_that_stays_down_is_a_matter_of_later(server: RadicaleServer, method: str) -> None:
    """Never in doubt: a conditional write can be repeated."""
    server.faults += [(method, lost_before)] * 9
    with pytest.raises(TemporaryError) as caught:
        calendar(server).put(UID, 1, written())
    assert not isinstance(caught.value, InDoubtError)
    assert server.calls.count("PUT") <= 3
    server.faults.clear()
    calendar(server).put(UID, 1, written())
    assert only_stored(server)[1] == 1


def test_somebody_who_edits_in_between_is_not_overwritten_unseen(server: RadicaleServer) -> None:
    """412: their edit is read again, and their comment stays."""
    calendar(server).put(UID, 1, written())
    (name,) = server.names()

    def comment() -> None:
        everything = Calendar.from_ical(server.request("GET", name).content)
        everything.walk("VEVENT")[0].add("COMMENT", "bring cake")
        server.request("PUT", name, data=everything.to_ical()).raise_for_status()

    server.faults.append(("PUT", first_doing(comment)))
    calendar(server).put(UID, 2, written(sequence=2, summary="new"))
    event = only_event(server.request("GET", name).content)
    assert (event["COMMENT"], event["SUMMARY"]) == ("bring cake", "new")


def test_somebody_who_writes_a_newer_one_in_between_wins(server: RadicaleServer) -> None:
    """The second look finds nothing left to do."""
    calendar(server).put(UID, 1, written())
    (name,) = server.names()
    server.faults.append(("PUT", first_doing(saved_by_somebody(server, name, sequence=7, summary="theirs"))))
    calendar(server).put(UID, 2, written(sequence=2))
    assert only_stored(server) == ("theirs", 7)


def test_two_of_us_create_one_event(server: RadicaleServer) -> None:
    """If-None-Match: the slower one finds the other's."""
    server.faults.append(("PUT", first_doing(lambda: calendar(server).put(UID, 1, written(summary="faster")))))
    calendar(server).put(UID, 1, written(summary="slower"))
    assert only_stored(server) == ("faster", 1)


def test_who_is_overtaken_every_time_gives_up_for_now(server: RadicaleServer) -> None:
    """Three attempts, then later."""
    calendar(server).put(UID, 1, written())
    (name,) = server.names()
    for comment in ("a", "b", "c"):
        theirs = saved_by_somebody(server, name, sequence=1, description=comment)
        server.faults.append(("PUT", first_doing(theirs)))
    with pytest.raises(TemporaryError, match="3 attempts"):
        calendar(server).put(UID, 2, written(sequence=2))
    assert only_stored(server)[1] == 1


def test_an_event_under_another_name_is_found_by_its_uid(server: RadicaleServer) -> None:
    """Programs that move an event store it under names of their own."""
    saved_by_somebody(server, "theirs (1) %20 ñ.ics", sequence=1, summary="old")()
    calendar(server).put(UID, 2, written(sequence=2, summary="new"))
    assert only_stored(server) == ("new", 2)


def test_a_uid_that_is_part_of_another_is_not_it(server: RadicaleServer) -> None:
    """Servers search for parts of a text."""
    saved_by_somebody(server, "x.ics", uid=f"{UID}.de", sequence=9)()
    calendar(server).put(UID, 1, written())
    assert len(server.names()) == 2


def test_what_is_settled_costs_one_question(server: RadicaleServer) -> None:
    """A repeat reads once and writes nothing."""
    calendar(server).put(UID, 1, written())
    server.calls.clear()
    calendar(server).put(UID, 1, written())
    assert server.calls == ["GET"]


@pytest.mark.parametrize(
    ("method", "answer", "error"),
    [
        pytest.param("GET", answering("401 Unauthorized"), PermanentError, id="a login that is refused"),
        pytest.param("GET", answering("403 Forbidden"), PermanentError, id="no right to read"),
        pytest.param("PUT", answering("403 Forbidden"), PermanentError, id="no right to write"),
        pytest.param("REPORT", answering("404 Not Found"), PermanentError, id="no such calendar"),
        pytest.param("PUT", answering("413 Too Large"), PermanentError, id="an event that is too large"),
        pytest.param("GET", answering("503 Unavailable"), TemporaryError, id="a server in maintenance"),
        pytest.param("PUT", answering("507 Insufficient Storage"), TemporaryError, id="a full server"),
        pytest.param("PUT", answering("423 Locked"), TemporaryError, id="a locked event"),
        pytest.param("REPORT", answering("200 OK"), PermanentError, id="an answer that is none"),
    ],
)
def test_refusals(server: RadicaleServer, method: str, answer: Fault, error: type[DplmaildError]) -> None:
    """Two failures, no more."""
    server.faults.append((method, answer))
    with pytest.raises(error) as caught:
        calendar(server).put(UID, 1, written())
    assert type(caught.value) is error
    assert PASSWORD not in str(caught.value)
    assert server.names() == []


def test_a_server_that_asks_us_to_wait_says_how_long(server: RadicaleServer) -> None:
    """429 with Retry-After; nothing is tried again meanwhile."""
    server.faults.append(("PUT", answering("429 Too Many Requests", ("Retry-After", "7"))))
    with pytest.raises(TemporaryError) as caught:
        calendar(server).put(UID, 1, written())
    assert caught.value.retry_after == 7.0
    assert server.calls.count("PUT") == 1


@pytest.mark.parametrize("method", ["GET", "REPORT", "PUT"])
def test_a_redirect_is_never_followed(server: RadicaleServer, tmp_path: Path, method: str) -> None:
    """Our password would go along: another host must not even be asked."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with radicale(elsewhere) as other:
        server.faults.append((method, answering("307 Temporary Redirect", ("Location", other.calendar_url))))
        with pytest.raises(PermanentError, match="redirects"):
            calendar(server).put(UID, 1, written())
        assert other.calls == []


def test_a_hit_on_another_host_is_not_followed(server: RadicaleServer, tmp_path: Path) -> None:
    """Only the path of what a search names is used."""
    multistatus = (
        '<multistatus xmlns="DAV:"><response><href>http://elsewhere.example.net/dplmaild/x.ics</href>'
        "<propstat><prop><getetag>1</getetag></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
        "</multistatus>"
    )

    def lie(_: object, __: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("207 Multi-Status", [("Content-Type", "text/xml")])
        return [multistatus.encode()]

    server.faults.append(("REPORT", lie))
    calendar(server).put(UID, 1, written())
    assert server.calls == ["GET", "REPORT", "GET", "PUT"]


def test_a_stored_object_that_nobody_can_read_is_left_alone(server: RadicaleServer) -> None:
    """Told to people, not overwritten."""

    def rubbish(_: object, __: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/calendar"), ("ETag", '"1"')])
        return [b"BEGIN:VCALENDAR\r\nnonsense"]

    server.faults.append(("GET", rubbish))
    with pytest.raises(PermanentError, match="delete it there"):
        calendar(server).put(UID, 1, written())
    assert "PUT" not in server.calls


def test_tls_is_verified(secure_server: RadicaleServer, certificate: tuple[Path, Path]) -> None:
    """A certificate that nobody vouches for is refused; with the CA file it is taken."""
    with pytest.raises(TemporaryError):
        calendar(secure_server).put(UID, 1, written())
    assert secure_server.calls == []
    trusting = CalDav(secure_server.calendar_url, USER, PASSWORD, ca_file=certificate[0])
    trusting.put(UID, 1, written())
    trusting.close()
    assert only_stored(secure_server)[1] == 1


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://calendar.example.com/x/", id="plain http over a network"),
        pytest.param("http://127.0.0.1.example.com/x/", id="a host that looks like this machine"),
        pytest.param("ftp://127.0.0.1/x/", id="another protocol"),
        pytest.param("calendar.example.com", id="no scheme"),
        pytest.param("", id="nothing"),
        pytest.param("https://anna:secret@calendar.example.com/", id="a password in the address"),
    ],
)
def test_an_unsafe_address_is_refused(url: str) -> None:
    """Before anything is sent, and without repeating a password."""
    with pytest.raises(PermanentError) as caught:
        CalDav(url, USER, PASSWORD)
    assert "secret" not in str(caught.value)
