"""A message's body taken apart: which form of it is read, and what in it is new."""

import re

from dplmaild.reading.mime import Message
from dplmaild.reading.visible.answers import answered
from dplmaild.reading.visible.blocks import Block, Forwarded, Visible
from dplmaild.reading.visible.cut import Cut, cut
from dplmaild.reading.visible.html import rows_of_html
from dplmaild.reading.visible.rows import Row, blocks, rows_of_text, text_of
from dplmaild.reading.visible.signature import parted
from dplmaild.reading.visible.subjects import bare_subject, first_prefix, is_forward
from dplmaild.reading.visible.words import FORWARD_PREFIXES, REPLY_PREFIXES, labels_of_replies

MAX_FORWARDS = 5  # forwards of forwards that are followed

# Both look at a page in lower case: a search that ignores case is four times slower.
_NEEDS_HTML = re.compile(
    r"<table|<s>|<s |<strike|<del\b|line-through|display:\s{0,3}none|visibility:\s{0,3}hidden|font-size:\s{0,3}0"
    r"|mso-hide|type=.?checkbox"
    r"|color[:=][\s\"']{0,3}(?:white|#fff)"
)
_QUOTES_IN_HTML = re.compile(
    r"gmail_quote|divrplyfwdmsg|type=.?cite|moz-cite|moz-forward|yahoo_quoted|protonmail_quote"
    r"|name=.?quote|border-top:\s?solid #(?:e1e1e1|b5c4df)"
)


def visible(message: Message) -> Visible:
    """What the author wrote now, apart from quote, signature and forward. Never raises."""
    return _visible(message, MAX_FORWARDS)


def blocks_of_text(text: str, part: str) -> tuple[Block, ...]:
    """Plain text as lines; for attachments too."""
    return blocks(list(rows_of_text(text, part)))


def blocks_of_html(html: str, part: str) -> tuple[tuple[Block, ...], bool]:
    """A page as lines and tables, and whether hidden or struck-out words were left out."""
    rows = list(rows_of_html(html, part))
    return blocks(rows), any(row.hidden for row in rows)


def _visible(message: Message, left: int) -> Visible:
    rows = _rows(message)
    done = cut(rows, forwards=is_forward(message.subject), replies=_replies(first_prefix(message.subject)))
    written = done.new
    attached = _attached(message, left)
    passes_on = done.opening is not None or attached is not None
    new, signature = parted(written, message.sender.name, passes_on=passes_on)
    if not any(not row.blank for row in done.new) and not done.quoted and not passes_on:
        written, new, signature = rows, rows, []
    done.new = new
    new_blocks, filled = answered(done)
    forwarded = _forwarded(done, left, bare_subject(message.subject)) or attached
    shown = done.new + done.forwarded
    return Visible(
        new=new_blocks,
        new_text="\n".join([text_of(new), *filled]).strip("\n"),
        written_text="\n".join([text_of(written), *filled]).strip("\n"),
        quoted=blocks(done.quoted),
        quoted_text=text_of(done.quoted),
        signature=text_of(signature),
        forwarded=forwarded,
        hidden=any(row.hidden for row in shown),
    )


def _rows(message: Message) -> list[Row]:
    """The form of the body that says more: HTML for its tables and its marks, else the plain text."""
    if message.html is None:
        return list(rows_of_text(message.text or "", "body"))
    page = message.html.lower()
    if message.text is None or not message.text.strip() or _NEEDS_HTML.search(page):
        return _html_or_text(message)
    plain = list(rows_of_text(message.text, "body"))
    if _QUOTES_IN_HTML.search(page) and not _separates(plain):
        return _html_or_text(message)
    return plain


def _html_or_text(message: Message) -> list[Row]:
    rows = list(rows_of_html(message.html or "", "body/html"))
    if any(row.text for row in rows) or not message.text:
        return rows
    return list(rows_of_text(message.text, "body"))


def _separates(rows: list[Row]) -> bool:
    done = cut(rows, forwards=False)
    return bool(done.quoted) or done.opening is not None


def _replies(prefix: str) -> frozenset[str]:
    """The senders' labels in whose languages a forward's prefix is a reply's."""
    return labels_of_replies(prefix) if prefix in FORWARD_PREFIXES & REPLY_PREFIXES else frozenset()


def _forwarded(done: Cut, left: int, subject: str) -> Forwarded | None:
    """The forwarded message's own new words; what it quotes itself is left to the quote."""
    if done.opening is None:
        return None
    head = done.opening
    rows = done.forwarded
    inner = cut(rows, forwards=False) if left > 0 else Cut(new=rows)
    said = inner.new if any(not row.blank for row in inner.new) else rows
    if said is not rows:
        done.quoted += inner.quoted
    return Forwarded(
        head.sender, head.date, head.subject or subject, blocks(said), text_of(said), head.name, head.to, text_of(rows)
    )


def _attached(message: Message, left: int) -> Forwarded | None:
    """An attached mail is a forward, unless a machine reports with it."""
    if not message.children or left <= 0 or message.content_type == "multipart/report":
        return None
    child = message.children[0]
    inside = _visible(child, left - 1)
    sender = child.sender.address or child.sender.name or child.header("From")
    whole = text_of(_rows(child))
    name, to = child.sender.name or None, tuple(each.address for each in child.to)
    return Forwarded(
        sender or None, child.header("Date"), child.subject or None, inside.new, inside.new_text, name, to, whole
    )
