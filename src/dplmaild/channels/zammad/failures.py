"""What went wrong, in our own errors: did it happen, and may it be tried again? (zammad.md sections 2 and 9)"""

import re
import ssl
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from dplmaild.ports import DplmaildError, InDoubtError, PermanentError, TemporaryError

LONGEST_WAIT: Final = 86_400.0  # seconds; whatever a server asks for, we look again after a day
LONGEST_QUOTE: Final = 200  # characters of the server's own words
_NOT_NOW: Final = frozenset({408, 425, 429, 503})
_ADVICE: Final = {
    400: "it does not understand the request; report this with the version of Zammad",
    401: "our token is unknown or expired; put a valid API token into the token file",
    403: "our account may not; give it the role Agent, a token with ticket.agent, and full access to the groups",
    404: "there is no such object; it was deleted, or the configured url is not that of Zammad",
    413: "the request is too large; raise the body limit of the proxy or send less",
    422: "the values were refused; look at the mandatory fields and allowed states of tickets",
}


class RefusedError(PermanentError):
    """The request was refused. `unseen`: Zammad itself, not something in front of it, says that the object is not
    there (404) or not for our eyes (403).
    """

    def __init__(self, message: str, status: int, *, by_zammad: bool) -> None:
        super().__init__(message)
        self.status = status
        self.unseen = by_zammad and status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def lost_contact(host: str, error: OSError, *, writes: bool, settle: float) -> TemporaryError:
    """What a transport error means: for a write that may have arrived it means doubt."""
    if _never_sent(error):
        return TemporaryError(f"{host}: {_why_unreachable(error)}; check the address, the network and the certificate")
    if writes:
        return InDoubtError(f"{host}: the connection ended before the answer; read back first", retry_after=settle)
    return TemporaryError(f"{host}: the connection ended before the answer was complete; it will be tried again")


def judged(host: str, response: requests.Response, secret: str, *, writes: bool, settle: float) -> DplmaildError | None:
    """The failure that an answer stands for; None for a success."""
    status = response.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    wait = retry_after(response)
    if status in _NOT_NOW or _is_maintenance(response):
        return TemporaryError(
            f"{host}: not available just now (HTTP {status}); it will be tried again", retry_after=wait
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        if writes:
            wait = max(wait or 0.0, settle)
            return InDoubtError(f"{host}: failed while writing (HTTP {status}); read back first", retry_after=wait)
        return TemporaryError(f"{host}: failed (HTTP {status}); it will be tried again", retry_after=wait)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        elsewhere = f"{host}: sends us elsewhere (HTTP {status}); set url to the final address"
        return RefusedError(elsewhere, status, by_zammad=False)
    return _refusal(host, response, secret)


def _refusal(host: str, response: requests.Response, secret: str) -> RefusedError:
    status, words = response.status_code, _server_words(response)
    advice = _ADVICE.get(status, "it refuses the request; report this with the version of Zammad")
    return RefusedError(f"{host}: {advice} (HTTP {status}{_quoted(words, secret)})", status, by_zammad=bool(words))


def not_zammad(host: str, *, writes: bool, settle: float) -> TemporaryError:
    """A success that Zammad cannot have sent: a login or proxy page, or half an answer."""
    told = f"{host}: answered with something that is not Zammad's (a login or proxy page?)"
    if writes:
        return InDoubtError(f"{told}; read back first", retry_after=settle)
    return TemporaryError(f"{told}; check url, it will be tried again")


def retry_after(response: requests.Response) -> float | None:
    """Seconds the server asks us to wait. A date is measured against the answer's own Date, so no clock is needed."""
    asked = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return min(float(asked), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(response.headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return min(max(wait.total_seconds(), 0.0), LONGEST_WAIT)


def _is_maintenance(response: requests.Response) -> bool:
    # The one text that decides: by status alone, maintenance looks like a missing right.
    return response.status_code == HTTPStatus.FORBIDDEN and "Maintenance mode" in _server_words(response)


def _server_words(response: requests.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        return ""
    words = body.get("error_human") or body.get("error") if isinstance(body, dict) else ""
    return words if isinstance(words, str) else ""


def _quoted(words: str, secret: str) -> str:
    line = " ".join(words.replace(secret, "***").split())[:LONGEST_QUOTE]
    return f": {line}" if line and line.isprintable() else ""


def _never_sent(error: BaseException) -> bool:
    """True when the request certainly did not leave: no connection, no name, or no trust in the certificate."""
    unsent = (
        requests.ConnectTimeout,
        requests.exceptions.ProxyError,
        NewConnectionError,
        ConnectTimeoutError,
        ssl.SSLCertVerificationError,
    )
    return any(isinstance(link, unsent) for link in _chain(error))


def _why_unreachable(error: BaseException) -> str:
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in _chain(error)):
        return "its certificate cannot be trusted"
    return "cannot be reached"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, bounded: libraries hide the cause in arguments, `reason` or the context."""
    waiting: list[object] = [error]
    for _ in range(50):
        if not waiting:
            return
        link = waiting.pop()
        if isinstance(link, BaseException):
            yield link
            waiting += [*link.args, getattr(link, "reason", None), link.__cause__, link.__context__]
