"""What a mail shows: lines and tables, and whose words they are."""

from dataclasses import dataclass

FORM_MARK = "---- dplmaild form ----"  # the line above a form of ours; `Label: value` lines quoted below it are answers


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read; `number` counts from 1 in its `part` ("body", "body/html", "attachment:NAME").

    `answer` marks words typed inside or between quoted lines, with the quoted label they fill in; `question` is the
    quoted question right above them.
    """

    text: str
    number: int
    part: str = "body"
    bullet: bool = False
    answer: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's own cells, row by row; `number` is where it starts in its part."""

    rows: tuple[tuple[str, ...], ...]
    number: int
    part: str = "body/html"


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message passed on inside another: who wrote it, when, and its words; None where it does not say.

    `sender` is the address, or the name where no address is given. `text` are its author's own words, `body` is all of
    it, with signature and what it quotes itself.
    """

    sender: str | None = None
    date: str | None = None
    subject: str | None = None
    blocks: tuple[Block, ...] = ()
    text: str = ""
    name: str | None = None
    to: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Visible:
    """A body taken apart: new words, quoted history, signature, forwarded message.

    `new_text` are the author's own words, in a forward the own comment; `written_text` also holds the signature.
    `hidden` says that struck-out or invisible text was left out.
    """

    new: tuple[Block, ...] = ()
    new_text: str = ""
    quoted: tuple[Block, ...] = ()
    quoted_text: str = ""
    signature: str = ""
    forwarded: Forwarded | None = None
    hidden: bool = False
    written_text: str = ""
