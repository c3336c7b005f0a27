"""What a mail is once its bytes are read: headers, words, attachments, mails inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address of a header; `address` is lower case and "" where it cannot be read."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the mail's own words; `inline` says the body shows it (a picture in a signature)."""

    name: str
    content_type: str
    content: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as read.

    `sender` is the one From (empty address when there is none or several). `date` is aware, or None when unreadable.
    `text` and `html` are the body in its two forms, flowed text unwrapped; `children` are mails inside this mail, never
    mixed into its body. `defects` are short codes of what was wrong. `unreadable` says why there is no body
    ("encrypted", "opaque signature").
    """

    raw_size: int
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    sender: Mailbox = Mailbox("")
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    subject: str = ""
    date: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    text: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    children: tuple["Message", ...] = ()
    content_type: str = "text/plain"
    defects: tuple[str, ...] = ()
    unreadable: str | None = None
    _named: Mapping[str, Sequence[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named: dict[str, list[str]] = {}
        for name, value in self.headers:
            named.setdefault(name.lower(), []).append(value)
        object.__setattr__(self, "_named", named)

    def header(self, name: str) -> str | None:
        """The first header of that name, any case; None when absent."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every header of that name, topmost first."""
        return tuple(self._named.get(name.lower(), ()))
