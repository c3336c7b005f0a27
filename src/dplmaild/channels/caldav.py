"""A CalDAV calendar: conditional writes only, so that nobody's edit is overwritten unseen (P7)."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit

from caldav.davclient import DAVClient
from caldav.elements import cdav, dav
from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
from caldav.lib.http_sync import requests
from icalendar import Calendar

from dplmaild.channels.bounded_http import BoundedDoor
from dplmaild.channels.stored_event import (
    Ours,
    UnreadableCalendarError,
    event_in,
    keep_timezones,
    keep_what_people_added,
    ours,
    parsed,
    sequence_of,
)
from dplmaild.ports import DplmaildError, PermanentError, TemporaryError

_ATTEMPTS = 3
_TIMEOUT = 20  # seconds for connecting, and for each piece of an answer
_IN_PATHS = "/@:~!$&'()*+,;="  # what RFC 3986 lets stand in a path
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,100}")


class _Written(Enum):
    """What became of a write."""

    DONE = auto()
    OVERTAKEN = auto()  # somebody else wrote in between
    UNKNOWN = auto()  # the answer was lost or says nothing


@dataclass(frozen=True, slots=True)
class _Stored:
    """An event as the server holds it; `etag` is None where the server gives no strong one."""

    url: str
    etag: str | None
    calendar: Calendar


class CalDav:
    """One calendar collection of a CalDAV server, by its URL.

    TLS is verified (against `ca_file` where given), plain http is for loopback only, redirects are refused.
    """

    def __init__(self, url: str, user: str, password: str, *, ca_file: Path | None = None) -> None:
        self._url = _safe(url)
        self._host = urlsplit(url).netloc.rpartition("@")[2]
        self._client = DAVClient(
            url=self._url,
            username=user,
            password=password,
            auth_type="basic",
            timeout=_TIMEOUT,
            ssl_verify_cert=str(ca_file) if ca_file else True,
            enable_rfc6764=False,
        )
        self._client.session.max_redirects = 0
        for scheme in ("https://", "http://"):
            self._client.session.mount(scheme, BoundedDoor())

    def put(self, uid: str, sequence: int, event: bytes) -> None:
        """Write the event unless the stored one is as new; TemporaryError (safe to repeat) or PermanentError."""
        ours(uid, sequence, event)
        for _ in range(_ATTEMPTS):
            stored = self._find(uid)
            if stored is not None and _sequence(stored, uid) >= sequence:
                return
            if self._write(stored, ours(uid, sequence, event), uid) is _Written.DONE:
                return
        raise TemporaryError(f"calendar {self._host}: {uid} could not be written in {_ATTEMPTS} attempts; tried later")

    def close(self) -> None:
        """End the connection; idempotent."""
        self._client.close()

    def _find(self, uid: str) -> _Stored | None:
        """Our own name first; then by UID, for an event that a person's program has stored under another name."""
        return self._get(self._address(uid)) or self._search(uid)

    def _get(self, url: str) -> _Stored | None:
        with self._trouble():
            answer = self._client.request(url, "GET")
        if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return None
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer.status)
        try:
            calendar = parsed(answer.raw.encode())
        except UnreadableCalendarError as error:
            raise PermanentError(f"calendar {self._host}: {url} is {error}; delete it there") from error
        etag = answer.headers.get("ETag")
        return _Stored(url, etag if etag and not etag.startswith("W/") else None, calendar)

    def _search(self, uid: str) -> _Stored | None:
        """Servers match parts of a text, so each hit is read and compared."""
        with self._trouble():
            answer = self._client.report(self._url, _query(uid), depth=1)
        if answer.status != HTTPStatus.MULTI_STATUS:
            raise self._refusal(answer.status)
        for found in answer.parse_calendar_query():
            stored = self._get(self._on_this_host(found.href))
            if stored is not None and event_in(stored.calendar, uid) is not None:
                return stored
        return None

    def _write(self, stored: _Stored | None, new: Ours, uid: str) -> _Written:
        """One conditional PUT; a lost answer is no error here, the next look at the server tells."""
        headers = {"Content-Type": "text/calendar; charset=utf-8", **_condition(stored)}
        body = _body(stored, new, uid)
        try:
            with self._trouble():
                answer = self._client.put(stored.url if stored else self._address(uid), body, headers)
        except TemporaryError as error:
            if error.retry_after is not None:
                raise
            return _Written.UNKNOWN
        return self._became(answer.status)

    def _became(self, status: int) -> _Written:
        if status in (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT):
            return _Written.DONE
        if status in (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT):
            return _Written.OVERTAKEN
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.INSUFFICIENT_STORAGE:
            return _Written.UNKNOWN
        raise self._refusal(status)

    def _address(self, uid: str) -> str:
        """Where we store an event: readable for plain UIDs, never a path made of anything else."""
        plain = uid if _PLAIN_NAME.fullmatch(uid) else hashlib.sha256(uid.encode()).hexdigest()[:40]
        return f"{self._url}{plain}.ics"

    def _on_this_host(self, href: str) -> str:
        """Only the path of what a server names is used: it cannot send us, and our password, elsewhere."""
        parts = urlsplit(self._url)
        return f"{parts.scheme}://{parts.netloc}{quote(urlsplit(href).path, safe=_IN_PATHS)}"

    def _refusal(self, status: int) -> DplmaildError:
        """An answer other than the hoped-for one, as our error."""
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.LOCKED):
            return TemporaryError(f"calendar {self._host}: answered {status}; tried again later")
        return PermanentError(f"calendar {self._host}: refused with {status}; check url and the rights of the user")

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """The library's errors as ours; its HTTP library raises OSErrors."""
        try:
            yield
        except RateLimitError as error:
            seconds = error.retry_after_seconds
            raise TemporaryError(f"calendar {self._host}: asks us to wait", retry_after=seconds or 60.0) from error
        except AuthorizationError as error:
            status = error.status or HTTPStatus.UNAUTHORIZED
            raise PermanentError(f"calendar {self._host}: {status}; check user, password and rights") from error
        except DAVError as error:
            raise TemporaryError(f"calendar {self._host}: {type(error).__name__}; tried again later") from error
        except OSError as error:
            if isinstance(error, requests.exceptions.TooManyRedirects):
                raise PermanentError(f"calendar {self._host}: redirects elsewhere; configure the final url") from error
            raise TemporaryError(f"calendar {self._host}: {type(error).__name__}; tried again later") from error


def _safe(url: str) -> str:
    """The collection's URL with its final slash; PermanentError for one that would show the password to a network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PermanentError(f"calendar: {url!r} is no URL of a calendar; write https://host/path/")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise PermanentError(f"calendar {parts.hostname}: plain http is for this machine only; write https://")
    if parts.username or parts.query or parts.fragment:
        raise PermanentError(f"calendar {parts.hostname}: user, query and fragment do not belong into its url")
    return url.rstrip("/") + "/"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _sequence(stored: _Stored, uid: str) -> int:
    event = event_in(stored.calendar, uid)
    return sequence_of(event) if event is not None else -1


def _condition(stored: _Stored | None) -> dict[str, str]:
    """Write only over what we have read; over nothing when nothing was there (RFC 9110, 13.1)."""
    if stored is None:
        return {"If-None-Match": "*"}
    return {"If-Match": stored.etag or "*"}


def _body(stored: _Stored | None, new: Ours, uid: str) -> str:
    """Our event, with what people added to the stored one. The SEQUENCE stays as we were told it."""
    before = event_in(stored.calendar, uid) if stored else None
    if stored is not None and before is not None:
        keep_what_people_added(before, new.event)
        keep_timezones(stored.calendar, new.calendar)
    written: bytes = new.calendar.to_ical()
    return written.decode()


def _query(uid: str) -> str:
    """RFC 4791, 7.8.6: the event with this UID."""
    named = cdav.PropFilter("UID") + cdav.TextMatch(uid)
    wanted = cdav.CompFilter("VCALENDAR") + (cdav.CompFilter("VEVENT") + named)
    parts = (dav.Prop() + dav.GetEtag(), cdav.Filter() + wanted)
    return str(cdav.CalendarQuery() + parts)
