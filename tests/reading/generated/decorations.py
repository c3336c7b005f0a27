"""What stands around a form, or within it, and is not meant: hidden, struck out, quoted, signed, answered long ago."""

import html
from collections.abc import Callable

from hypothesis import strategies as st

from reading.generated.forms import Form

Decoration = Callable[[str, Form], str]  # the words, and a form that is not meant; the words with it

_HIDING = (
    '<div style="display:none">{}</div>',
    '<div style="visibility: hidden">{}</div>',
    '<div style="font-size:0px;line-height:0">{}</div>',
    '<div style="mso-hide:all">{}</div>',
    '<div style="opacity:0">{}</div>',
    '<div style="max-height:0;overflow:hidden">{}</div>',
    '<div style="color:#ffffff">{}</div>',
    '<div style="text-decoration:line-through">{}</div>',
    "<div hidden>{}</div>",
    "<s>{}</s>",
    "<del>{}</del>",
    "<strike>{}</strike>",
    "<template>{}</template>",
    "<!-- {} -->",
)
_QUOTING = (
    '<div class="gmail_quote">On Fri, 20 Nov 2026 at 10:00, Ops &lt;ops@example.org&gt; wrote:<br>'
    '<blockquote class="gmail_quote">{}</blockquote></div>',
    '<blockquote type="cite">{}</blockquote>',
    '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Ops &lt;ops@example.org&gt;<br>'
    "<b>Sent:</b> Friday, 20 November 2026 10:00<br><b>To:</b> Ann<br><b>Subject:</b> x</p></div></div>{}",
)
_BELOW = (
    "\n\nOn Fri, 20 Nov 2026 at 10:00, Ops <ops@example.org> wrote:\n\n> {}",
    "\n\nAm 20.11.2026 um 10:00 schrieb Ops:\n> {}",
    "\n\nEl vie, 20 nov 2026 a las 10:00, Ops (<ops@example.org>) escribió:\n> {}",
    "\n\n-----Original Message-----\nFrom: Ops <ops@example.org>\nSent: Friday, 20 November 2026 10:00\nTo: Ann\n"
    "Subject: x\n\n{}",
    "\n\n________________________________\nVon: Ops <ops@example.org>\nGesendet: Freitag, 20. November 2026 10:00\n"
    "An: Ann\nBetreff: x\n\n{}",
    "\n-- \n{}",
)


def _lines(form: Form) -> list[str]:
    return [f"{line.label}: {line.text}" for line in form.lines]


def _on_page(around: str, *, first: bool) -> Decoration:
    def decorated(words: str, decoy: Form) -> str:
        piece = around.format("<br>".join(map(html.escape, _lines(decoy))).replace("--", "- -"))
        return piece + words if first else words + piece

    return decorated


def _within_words(words: str, decoy: Form) -> str:
    """A struck-out word before what stands now, as people correct a mail."""
    old = html.escape(decoy.lines[0].text)
    for opening in ("<td>", "<dd>", "</b>:", ": "):
        before, found, after = words.rpartition(opening)
        if found:
            return f"{before}{found}<s>{old}</s> {after}"
    return words


def _below(around: str) -> Decoration:
    quoted = "\n> " if around.endswith("> {}") else "\n"
    return lambda words, decoy: words + around.format(quoted.join(_lines(decoy)))


ON_PAGES: tuple[Decoration, ...] = (
    *(_on_page(around, first=first) for around in _HIDING for first in (True, False)),
    *(_on_page(around, first=False) for around in _QUOTING),
    _within_words,
)
IN_TEXT: tuple[Decoration, ...] = tuple(map(_below, _BELOW))


def decorations(*, is_html: bool) -> st.SearchStrategy[Decoration]:
    """One of them."""
    return st.sampled_from(ON_PAGES if is_html else IN_TEXT)
