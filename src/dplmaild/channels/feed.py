"""A calendar on a web server, fetched within bounds: https, one host, so many bytes, so many seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from dplmaild.ports import Fetched, PermanentError, TemporaryError

PATIENCE = 60.0  # seconds for a whole answer
_TIMEOUT = (10, 20)  # seconds to connect, and for each piece of an answer
_REDIRECTS = 3
_PIECE = 65_536
# Packed answers are refused: what unpacks to a thousand times its size is not fetched in the first place.
_HEADERS = {"User-Agent": "dplmaild", "Accept": "text/calendar", "Accept-Encoding": "identity"}


class WebFeeds:
    """Fetches calendars. Addresses can be private ones: no message of ours repeats more than the host."""

    def __init__(self, largest: int, ca_file: Path | None = None) -> None:
        self._largest = largest
        self._verify = str(ca_file) if ca_file else True

    def fetch(self, url: str, etag: str | None = None) -> Fetched | None:
        """The calendar at an address, or None where it is still the one of this `etag`.

        Raises TemporaryError where trying again can help, PermanentError where somebody has to do something.
        """
        host = urlsplit(url).hostname or ""
        with requests.Session() as session, _trouble(host):
            session.headers.update(_HEADERS)
            response = self._asked(session, url, etag, host)
            if response.status_code == HTTPStatus.NOT_MODIFIED:
                return None
            _judge(response, host)
            return Fetched(self._body(response, host), response.headers.get("ETag"))

    def _asked(self, session: requests.Session, url: str, etag: str | None, host: str) -> requests.Response:
        """The answer, after redirects within the same host."""
        condition = {"If-None-Match": etag} if etag else {}
        for _ in range(_REDIRECTS + 1):
            response = session.get(
                url, headers=condition, stream=True, timeout=_TIMEOUT, verify=self._verify, allow_redirects=False
            )
            if not response.is_redirect:
                return response
            target = urljoin(url, response.headers.get("Location", ""))
            response.close()
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise PermanentError(f"{host} sends us on to another place; configure the final address")
            url = target
        raise PermanentError(f"{host} sends us round in circles; configure the final address")

    def _body(self, response: requests.Response, host: str) -> bytes:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise PermanentError(f"{host} answers in packed form though we asked for a plain one")
        body, end = bytearray(), time.monotonic() + PATIENCE
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > self._largest:
                raise PermanentError(f"{host}: the calendar is larger than {self._largest // 1_000_000} MB")
            if time.monotonic() > end:
                raise TemporaryError(f"{host}: no whole answer in {PATIENCE:.0f} seconds; tried again later")
        return bytes(body)


def _judge(response: requests.Response, host: str) -> None:
    status = response.status_code
    if status == HTTPStatus.OK:
        return
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    ):
        raise TemporaryError(f"{host} answered {status}; tried again later")
    raise PermanentError(f"{host} answered {status}; check the address and its rights")


@contextmanager
def _trouble(host: str) -> Iterator[None]:
    """The library's errors as ours, without the address in them."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise TemporaryError(f"{host}: its certificate is not trusted; check the address, or give ca_file") from error
    except requests.Timeout as error:
        raise TemporaryError(f"{host}: no answer in time; tried again later") from error
    except (requests.RequestException, OSError) as error:
        raise TemporaryError(f"{host}: {type(error).__name__}; tried again later") from error
