"""How to reach one IMAP folder, and how outcomes are shown in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dplmaild.channels.secure import Secret, Tls, refuse_unsafe
from dplmaild.ports import Outcome

_KEYWORD = re.compile(r"[$A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True, slots=True)
class Keyword:
    """An outcome is shown by setting this keyword (`$DplAnswered`)."""

    name: str

    def __post_init__(self) -> None:
        if not _KEYWORD.fullmatch(self.name):
            raise ValueError(f"not a keyword for IMAP: {self.name!r} (letters, digits, $ _ . - only)")


@dataclass(frozen=True, slots=True)
class Folder:
    """An outcome is shown by moving the message into this folder."""

    name: str

    def __post_init__(self) -> None:
        if not self.name or any(ord(c) < 32 for c in self.name):
            raise ValueError(f"not a folder name: {self.name!r}")


Mark = Keyword | Folder


def mark(text: str) -> Mark:
    """What a configured word means: a keyword when it begins with `$`, else a folder."""
    return Keyword(text) if text.startswith("$") else Folder(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """One folder on one IMAP server. Sizes are in bytes, times in seconds.

    `password` as a callable gives an OAuth token and means XOAUTH2. `ca_file` replaces the system's authorities.
    `reissue_seconds` stays below 29 minutes, since servers may end an IDLE after 30 (RFC 2177).
    Raises UnsafeLinkError for plain text to another machine, ValueError for limits that make no sense.
    """

    name: str
    host: str
    user: str
    password: Secret = field(repr=False)
    port: int = 993
    folder: str = "INBOX"
    tls: Tls = Tls.IMPLICIT
    ca_file: Path | None = None
    show: Mapping[Outcome, Mark] = field(default_factory=dict)
    poll_seconds: float = 60.0
    size_limit: int = 1_000_000
    timeout: float = 30.0
    reissue_seconds: float = 27 * 60.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "tls", Tls(self.tls))
        refuse_unsafe(self.host, self.tls)
        if min(self.poll_seconds, self.timeout, self.reissue_seconds) <= 0 or self.size_limit < 1024:
            raise ValueError(f"mailbox {self.name}: times must be above zero and size_limit at least 1024 bytes")
        if self.reissue_seconds >= 29 * 60:
            raise ValueError(f"mailbox {self.name}: reissue_seconds must be below 29 minutes")

    @property
    def place(self) -> str:
        """How this mailbox is named in messages to people."""
        return f"mailbox {self.name} ({self.user} at {self.host}:{self.port}, folder {self.folder})"
