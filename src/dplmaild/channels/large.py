"""What is taken along of a message over the size limit: text, and small attachments that can hold instructions."""

from dataclasses import dataclass

SMALL = 256 * 1024
"""An attachment of at most this many bytes, decoded, is worth reading."""

READABLE = (".txt", ".csv", ".xlsx", ".docx", ".pdf", ".eml")
"""File names of attachments that can hold instructions (MSG-7)."""

ALWAYS_TEXT = ("message/delivery-status", "text/rfc822-headers", "message/disposition-notification")
"""Small machine-written parts: without them a large bounce could not be told from a letter."""


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of a message. `size` is in bytes as transferred, `kind` in lower case like text/plain."""

    kind: str
    name: str
    attached: bool
    encoding: str
    size: int

    @property
    def decoded(self) -> int:
        """About how many bytes it has without its transfer encoding (base64 lines are 78 for 57)."""
        return self.size * 57 // 78 if self.encoding == "base64" else self.size

    @property
    def is_text(self) -> bool:
        """Whether it belongs to what the author wrote."""
        return self.kind in ALWAYS_TEXT or (self.kind.startswith("text/") and not self.attached)

    @property
    def can_be_read(self) -> bool:
        """Whether it is an attachment that can hold instructions and is small enough."""
        readable = self.name.lower().endswith(READABLE) or self.kind == "message/rfc822"
        return readable and self.decoded <= SMALL

    def left_out(self, missing: int | None = None) -> str:
        """How it is named when it, or `missing` bytes of it, stays in the mailbox."""
        name = "".join(c for c in self.name if c.isprintable())[:120] or "without a name"
        if missing is None:
            return f"{name} ({self.kind}, {self.decoded} bytes)"
        return f"{name} ({self.kind}, the last {missing} of {self.size} bytes)"


class Luggage:
    """How much more may be taken along; text and attachments each have a limit, so that neither starves the other."""

    def __init__(self, limit: int) -> None:
        self._text = limit
        self._attachments = limit

    def take(self, part: Part) -> int:
        """How many bytes of this part come along: of a text as many as fit, of an attachment all or none."""
        if part.is_text:
            taken = min(part.size, self._text)
            self._text -= taken
            return taken
        if part.can_be_read and part.size <= self._attachments:
            self._attachments -= part.size
            return part.size
        return 0
