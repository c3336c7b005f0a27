"""Ways to lay a form out in a mail."""

import html
from collections.abc import Callable

from hypothesis import strategies as st

from reading.generated.forms import Form

Layout = Callable[[Form], tuple[str, bool]]  # the words, and whether they are HTML


def _lines(separator: str, bullet: str = "") -> Layout:
    return lambda form: ("\n".join(f"{bullet}{line.label}{separator}{line.text}" for line in form.lines), False)


def _numbered(form: Form) -> tuple[str, bool]:
    return "\n".join(f"{at}. {line.label}: {line.text}" for at, line in enumerate(form.lines, 1)), False


def _drawn(form: Form) -> tuple[str, bool]:
    return "\n".join(f"| {line.label} | {line.text} |" for line in form.lines), False


def _spread(form: Form) -> tuple[str, bool]:
    return "\n\n".join(f"{line.label}: {line.text}" for line in form.lines), False


def _aligned(form: Form) -> tuple[str, bool]:
    width = max(len(line.label) for line in form.lines) + 3
    return "\n".join(f"{line.label:<{width}}: {line.text}" for line in form.lines), False


def _page(each: str, around: str = "{}") -> Layout:
    def laid(form: Form) -> tuple[str, bool]:
        pieces = (each.format(html.escape(line.label), html.escape(line.text)) for line in form.lines)
        return around.format("".join(pieces)), True

    return laid


def _across(form: Form) -> tuple[str, bool]:
    heads = "".join(f"<th>{html.escape(line.label)}</th>" for line in form.lines)
    cells = "".join(f"<td>{html.escape(line.text)}</td>" for line in form.lines)
    return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>", True


LAYOUTS: dict[str, Layout] = {
    "lines": _lines(": "),
    "lines without a blank": _lines(":"),
    "a blank before the colon": _lines(" : "),
    "dashes": _lines(" - "),
    "equals": _lines(" = "),
    "tabs": _lines("\t"),
    "arrows": _lines(" → "),
    "dots": _lines(" ..... "),
    "value below": _lines(":\n"),
    "bullets": _lines(": ", "- "),
    "stars": _lines(": ", "* "),
    "dots before": _lines(": ", "• "),
    "bold in text": lambda form: ("\n".join(f"*{line.label}:* {line.text}" for line in form.lines), False),
    "numbers": _numbered,
    "bars": _drawn,
    "empty lines between": _spread,
    "aligned": _aligned,
    "divs": _page("<div>{}: {}</div>"),
    "breaks": _page("{}: {}<br>"),
    "paragraphs": _page("<p class=MsoNormal><b>{}:</b>&nbsp;{}<o:p></o:p></p>"),
    "items": _page("<li>{}: {}</li>", "<ul>{}</ul>"),
    "terms": _page("<dt>{}</dt><dd>{}</dd>", "<dl>{}</dl>"),
    "two columns": _page("<tr><td>{}</td><td>{}</td></tr>", "<table border=1>{}</table>"),
    "two columns, bold": _page("<tr><td><p><b>{}</b></p></td><td><p>{}</p></td></tr>", "<table>{}</table>"),
    "labels across": _across,
}
layouts = st.sampled_from(sorted(LAYOUTS))
