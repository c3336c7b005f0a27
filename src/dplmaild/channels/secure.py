"""What both mail doors need to connect: verified TLS, secrets, and trouble told in one clear sentence."""

import ssl
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from dplmaild.ports import DplmaildError, TemporaryError

Secret = str | Callable[[], str]
"""A password, or something that fetches an OAuth access token (then XOAUTH2 is used)."""


class Tls(StrEnum):
    """How a connection is encrypted."""

    IMPLICIT = "implicit"  # TLS from the first byte
    STARTTLS = "starttls"  # upgraded before anything secret is said
    NONE = "none"  # plain text: only to this very machine


class LoginRefusedError(TemporaryError):
    """The server does not take our login. Not to be retried soon: servers lock accounts that guess."""


class UnsafeLinkError(ValueError):
    """A configuration that would send secrets in plain text over a network."""


def refuse_unsafe(host: str, tls: Tls) -> None:
    """Plain text is for loopback only (P-TLS: verified, no silent fallback); raises UnsafeLinkError."""
    if tls is Tls.NONE and not _is_loopback(host):
        raise UnsafeLinkError(f"tls = none is allowed for a server on this machine only, not for {host}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """A context that verifies name and chain, against `ca_file` alone where one is given."""
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise TemporaryError(f"the CA file {ca_file} cannot be used ({error}): correct ca_file") from error


def access_token(fetch: Callable[[], str], place: str) -> str:
    """A fresh token; whatever its source raises becomes a TemporaryError."""
    try:
        return fetch()
    except DplmaildError:
        raise
    except Exception as error:  # the source is somebody else's library: any error may come
        raise TemporaryError(f"{place}: no access token could be had ({type(error).__name__}: {error})") from error


def link_trouble(place: str, error: BaseException) -> TemporaryError:
    """What went wrong with a connection, and what to do, in one sentence."""
    return TemporaryError(f"{place}: {_reason(error)}")


def _reason(error: BaseException) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted ({error.verify_message}); correct host or ca_file"
        case ssl.SSLError():
            return f"TLS failed ({error.reason or error}); check port and tls"
        case ConnectionRefusedError():
            return "nobody listens there; is the server up, are host and port right?"
        case TimeoutError():
            return "no answer in time; check the network and the server"
        case OSError():
            return f"the connection failed ({error.strerror or error}); check host and network"
        case _:
            return f"the connection broke off ({str(error)[:200] or type(error).__name__}); tried again later"
