"""Of what shape a mail is, and which program wrote it: the rows of a corpus' tables."""

import re
from collections import Counter

from dplmaild.reading.fields.pairs import is_bullet
from dplmaild.reading.mime import Message
from dplmaild.reading.visible import FORM_MARK, Line, Table, Visible

_ATTACHED = re.compile(r"\.(txt|csv|xlsx|docx|pdf|dat)$", re.IGNORECASE)
_LABELLED = re.compile(r"^\s{0,20}\W{0,3}\w[^:\n]{1,60}(:|\t|->|=>| [-–=] |\|)")
_SIGNS = {":": "lines with colons", "\t": "lines with tabs", "|": "lines with bars"}
# What a program leaves behind in its HTML, or says of itself in X-Mailer and User-Agent; the first that fits counts.
_MARKS = {
    "Outlook mobile": ("ms-outlook-mobile", "outlook-ios", "outlook-android"),
    "Outlook web": ("elementtoproof", "divrplyfwdmsg", "appendonsend", "x_msonormal"),
    "Outlook desktop": ("msonormal", "wordsection1", "microsoft outlook"),
    "Gmail": ("gmail_quote", "gmail_default", "gmail_attr", 'dir="ltr"'),
    "Apple Mail": ("apple-mail", "applemailsignature", "apple-content-edited", "iphone mail", "apple mail", "-webkit-"),
    "Thunderbird": ("moz-cite-prefix", "moz-forward", "moz-signature", "thunderbird", "moz-txt"),
    "Yahoo": ("yahoo_quoted", "ydp", "yahoomail", "yahoo mail"),
    "GMX": ("gmx", "web.de", 'name="quote"'),
    "Proton": ("protonmail", "proton-"),
    "Zimbra": ("zimbra", "zwchr"),
    "Notes": ("lotus notes", "hcl notes", "ibm notes", "domino"),
    "Zammad": ("zammad",),
}


def program_of(message: Message) -> str:
    """The mail program, as far as its traces tell; `plain text` or `other` where they do not."""
    said = f"{message.header('X-Mailer') or ''} {message.header('User-Agent') or ''}".lower()
    page = (message.html or "").lower()
    for program, marks in _MARKS.items():
        if any(mark in said or mark in page for mark in marks):
            return program
    return "other HTML" if page else "plain text"


def layout_of(message: Message, seen: Visible) -> str:
    """The shape in which the author's words stand."""
    attached = next((m for each in message.attachments if (m := _ATTACHED.search(each.name or ""))), None)
    if attached is not None:
        return f"attachment .{attached[1].lower()}"
    if seen.forwarded is not None or message.children:
        return "forward"
    lines = [block for block in seen.new if isinstance(block, Line) and block.text.strip()]
    if any(line.answer for line in lines):
        return "answers within a quoted form" if FORM_MARK in seen.quoted_text else "answers within a quote"
    tables = [block for block in seen.new if isinstance(block, Table)]
    return _of_table(tables[0]) if tables else _of_lines(lines)


def _of_table(table: Table) -> str:
    widest = max(map(len, table.rows), default=0)
    if widest <= 2:
        return "table of two columns"
    return "table, labels in the first row" if len(table.rows) <= 3 else "table of several columns"


def _of_lines(lines: list[Line]) -> str:
    labelled = [match[1].strip() or "\t" for line in lines if (match := _LABELLED.match(line.text))]
    bullets = sum(line.bullet or is_bullet(line.text) for line in lines)
    if bullets >= 2:
        return "bullets"
    if len(labelled) >= 2:
        sign = Counter(labelled).most_common(1)[0][0]
        return _SIGNS.get(sign, "lines with dashes or arrows")
    return "a line or two" if len(lines) <= 2 else "prose"
