"""What the ticket door has to know about a Zammad."""

import ipaddress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from dplmaild.ports import DplmaildError

API_PATH = "/api/v1"


class ZammadSettingsError(DplmaildError, ValueError):
    """The settings of the ticket door cannot be true."""


@dataclass(frozen=True, slots=True)
class ZammadSettings:
    """One Zammad and our account there.

    `url` is the address people open, with or without `/api/v1`. `groups` are ids (digits) or names; empty means every
    group our account may read. Timeouts and `settle_seconds` are in seconds: a write that got no answer may still be
    applied for that long, so it has to exceed the read timeout of Zammad's proxy (stock 300 s; zammad.md 9).
    `overlap` is what a caller should go back behind the last change it saw, since stamps are older than their commit.
    """

    url: str
    token: str = field(repr=False)
    groups: tuple[str, ...] = ()
    ca_file: Path | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 60.0
    settle_seconds: float = 330.0
    overlap: timedelta = timedelta(minutes=2)

    def __post_init__(self) -> None:
        _check_url(self.url)
        _check_token(self.token)
        if min(self.connect_timeout, self.read_timeout, self.settle_seconds) <= 0 or self.overlap < timedelta(0):
            raise ZammadSettingsError("zammad: timeouts and settle_seconds must be above zero, overlap not below it")

    @property
    def host(self) -> str:
        """The name shown in messages; never more of the url, which could carry secrets."""
        return _parts(self.url).hostname or ""

    @property
    def api_url(self) -> str:
        """The root of the REST interface, with the closing slash that zammad-py wants."""
        return self.url.rstrip("/").removesuffix(API_PATH) + API_PATH + "/"


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # the port is only checked when it is read
    except ValueError as error:
        raise ZammadSettingsError("zammad: url is not an address like https://desk.example.com") from error
    return parts


def _check_url(url: str) -> None:
    parts = _parts(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in url):
        raise ZammadSettingsError("zammad: url must be an address like https://desk.example.com")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ZammadSettingsError("zammad: url must carry no user, password, query or fragment")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ZammadSettingsError("zammad: url must begin with https:// (http is for this machine only)")


def _check_token(token: str) -> None:
    # requests quotes a bad header value in its error, and the value is our secret: refuse it here, unquoted.
    if not token or not all("!" <= character <= "~" for character in token):
        raise ZammadSettingsError("zammad: the token is empty or holds blanks, line ends or other odd characters")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
