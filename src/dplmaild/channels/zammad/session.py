"""The line to Zammad: zammad-py with what it lacks, that is timeouts, typed failures and answers that are checked."""

import atexit
import ssl
import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from zammad_py import ZammadAPI

from dplmaild.channels.zammad.failures import judged, lost_contact, not_zammad
from dplmaild.channels.zammad.settings import ZammadSettings, ZammadSettingsError
from dplmaild.ports import TemporaryError

Json = dict[str, Any]
LARGEST_ANSWER: Final = 100 * 1024 * 1024  # bytes, unpacked: more than any attachment a stock proxy lets through
PATIENCE: Final = 5  # a whole answer may take this many read timeouts, so that a trickle ends too
_READS: Final = frozenset({"GET", "HEAD"})
_DOWNLOADS: Final = ("/ticket_attachment/", "/ticket_article_plain/")


class Line:
    """Every request we make of Zammad, each with a checked answer. One per thread; `close` when done."""

    def __init__(self, settings: ZammadSettings) -> None:
        self._settings = settings
        self._api = ZammadAPI(settings.api_url, http_token=settings.token)
        session: requests.Session = self._api.session
        session.headers["User-Agent"] = "dplmaild"
        session.auth = _as_it_is
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Door(settings))
        session.hooks["response"].append(self._judge)
        self._session = session

    def me(self) -> Json:
        """Our own account."""
        return self._one(self._api.user.me())

    def ticket(self, ticket_id: int) -> Json:
        """One ticket, with names."""
        return self._one(self._get(f"tickets/{ticket_id}", {"expand": "true"}).json())

    def user(self, user_id: int) -> Json:
        """One user."""
        return self._one(self._api.user.find(user_id))

    def articles(self, ticket_id: int) -> list[Json]:
        """All articles of a ticket that we may see, oldest first."""
        return self._many(self._api.ticket.articles(ticket_id))

    def article(self, article_id: int) -> Json:
        """One article, with names."""
        return self._one(self._api.ticket_article.find(article_id))

    def parents(self, ticket_id: int) -> list[int]:
        """The tickets this one is a child of: a merged ticket points to its target so."""
        links = self._api.link.get(ticket_id)
        try:
            return [int(link["link_object_value"]) for link in links["links"] if _is_parent(link)]
        except (KeyError, TypeError, ValueError) as error:
            raise self.not_zammad() from error

    def search(self, condition: Mapping[str, Json], page: int, per_page: int) -> list[Json]:
        """Tickets by condition, oldest change first; always answered from SQL since there is no query."""
        asked = {
            "condition": condition,
            "sort_by": ["updated_at", "id"],
            "order_by": ["asc", "asc"],
            "page": page,
            "per_page": per_page,
            "expand": True,
        }
        return self._many(self._session.post(self._settings.api_url + "tickets/search", json=asked).json())

    def write(self, ticket_id: int, change: Json) -> None:
        """Change a ticket and add an article in one transaction of Zammad's."""
        answer = self._session.put(f"{self._settings.api_url}tickets/{ticket_id}?expand=true", json=change).json()
        if not isinstance(answer, dict) or answer.get("id") != ticket_id:
            raise self._not_zammad(writes=True)

    def download(self, path: str) -> bytes | None:
        """A file as it is; None when Zammad has none."""
        return self._get(path).content or None

    def close(self) -> None:
        """Let go of the connections, also of the one more reference that zammad-py keeps until the end."""
        self._session.close()
        atexit.unregister(self._session.close)

    def not_zammad(self) -> TemporaryError:
        """The failure for an answer to a read that is not shaped as Zammad's."""
        return self._not_zammad(writes=False)

    def _get(self, path: str, params: dict[str, str] | None = None) -> requests.Response:
        return self._session.get(self._settings.api_url + path, params=params)

    def _one(self, answer: Any) -> Json:
        if not _has_id(answer):
            raise self.not_zammad()
        return dict(answer)

    def _many(self, answer: Any) -> list[Json]:
        if not isinstance(answer, list) or not all(_has_id(row) for row in answer):
            raise self.not_zammad()
        return list(answer)

    def _not_zammad(self, *, writes: bool) -> TemporaryError:
        return not_zammad(self._settings.host, writes=writes, settle=self._settings.settle_seconds)

    def _judge(self, response: requests.Response, *_: object, **__: object) -> None:
        # A response hook runs before requests follows a redirect and before zammad-py drops status and headers.
        settings, writes = self._settings, _writes(response.request)
        failure = judged(settings.host, response, settings.token, writes=writes, settle=settings.settle_seconds)
        if failure is None and not _is_zammads(response):
            failure = self._not_zammad(writes=writes)
        if failure is not None:
            raise failure


class _Door(HTTPAdapter):
    """The transport: every request has timeouts, every answer is read whole within bounds, nothing is sent twice."""

    def __init__(self, settings: ZammadSettings) -> None:
        self._settings = settings
        _check_authority(settings)
        super().__init__(max_retries=0)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature is that of requests
        timeout: object = None,  # noqa: ARG002 - likewise
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send once; raises TemporaryError or, for a write that may have arrived, InDoubtError."""
        limits = (self._settings.connect_timeout, self._settings.read_timeout)
        # Set here and not on the session, where an environment variable would win over our own file.
        trusted = str(self._settings.ca_file) if self._settings.ca_file else verify
        try:
            response = super().send(request, True, limits, trusted, cert, proxies)
            return self._whole(response)
        except OSError as error:  # what requests raises is one, and it lets bare ones through
            writes, settle = _writes(request), self._settings.settle_seconds
            raise lost_contact(self._settings.host, error, writes=writes, settle=settle) from error

    def _whole(self, response: requests.Response) -> requests.Response:
        """The same answer with its body in memory; one that is too long or too slow counts as lost."""
        body = bytearray()
        end = time.monotonic() + PATIENCE * self._settings.read_timeout
        with response:
            for piece in response.iter_content(65_536):
                body += piece
                if len(body) > LARGEST_ANSWER or time.monotonic() > end:
                    raise requests.exceptions.ContentDecodingError("the answer is too long or too slow")
        return _answer(response, bytes(body))


def _check_authority(settings: ZammadSettings) -> None:
    if settings.ca_file is None:
        return
    try:
        ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        raise ZammadSettingsError(f"zammad: ca_file {settings.ca_file} cannot be read as certificates") from error


def _answer(response: requests.Response, body: bytes) -> requests.Response:
    whole = requests.Response()
    whole.status_code, whole.reason = response.status_code, response.reason
    whole.headers, whole.url, whole.request = response.headers, response.url, response.request
    whole.encoding, whole.raw = response.encoding, BytesIO(body)
    return whole


def _writes(request: requests.PreparedRequest) -> bool:
    path = (request.url or "").partition("?")[0]
    return request.method not in _READS and not path.endswith("/search")


def _is_zammads(response: requests.Response) -> bool:
    if any(path in (response.url or "") for path in _DOWNLOADS):
        # Zammad sends files with a disposition, and nothing at all (204) where there is no file.
        return "Content-Disposition" in response.headers or response.status_code == requests.codes.no_content
    try:
        response.json()
    except ValueError:
        return False
    return True


def _has_id(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("id"), int) and row["id"] > 0


def _is_parent(link: Json) -> bool:
    return (link["link_type"], link["link_object"]) == ("parent", "Ticket")


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """An auth that changes nothing; without one, requests would replace our token by what a netrc file says."""
    return request
