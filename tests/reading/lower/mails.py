"""Builds the mails of these tests."""

from dplmaild.deployment.said import Automatic
from dplmaild.reading.automatic import automatic
from dplmaild.reading.mime import Message, read_message
from dplmaild.reading.visible import visible


def mail(text: str | None = None, html: str | None = None, *headers: str) -> Message:
    """A mail from Jane with a plain body, an HTML one or both, and header lines of the test's own."""
    named = {line.partition(":")[0].lower() for line in headers}
    usual = ("From: Jane Doe <jane@example.com>", "Subject: Re: Deployment")
    lines = [line for line in usual if line.partition(":")[0].lower() not in named] + list(headers)
    body = (text if html is None else html) or ""
    if text is not None and html is not None:
        lines.append('Content-Type: multipart/alternative; boundary="=_x"')
        parts = (("plain", text), ("html", html))
        body = "".join(f"--=_x\nContent-Type: text/{kind}; charset=utf-8\n\n{words}\n" for kind, words in parts)
        body += "--=_x--\n"
    elif "content-type" not in named:
        lines.append(f"Content-Type: text/{'plain' if html is None else 'html'}; charset=utf-8")
    return read_message(("\n".join(lines) + "\n\n" + body).encode())


def sent_by(
    message: Message, own: frozenset[str] = frozenset(), loop_mark: str | None = None, *, known: bool = False
) -> Automatic | None:
    """The kind of machine that sent a mail, None for a person."""
    return automatic(message, visible(message), own, loop_mark, known_sender=known)
