"""The mail of a busy desk: mostly not for us; requests, instructions, replies; long HTML with history among it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

CUSTOMERS = 40
DESK = "servicedesk@example.org"
BORDER = "mx.example.org"
MEGABYTE = 1_000_000
_WEEKS = 40  # over which the days asked for are spread

_PROSE = (
    "the build of last night went through and all checks of the pipeline were green so we looked at the numbers of the"
    " shop again and found that the basket is slower than before which comes from the new price service or from the"
    " index that was made anew on the staging system please have a look when there is time and tell the team what you"
    " think about the third point of our list because the people of the warehouse asked for it more than once and could"
    " not say how many orders are touched by it or whether the export has to run again we see fewer timeouts since the"
    " cache was made larger but two of the nodes still answer late in the evening when the import of prices starts and"
    " somebody should compare the settings of both sites with those in the handbook after that we can close the ticket"
    " or hand it to the colleagues who take care of payment they said that a release of their library is planned soon"
    " and that nothing else has to be changed on our side thank you for the quick answer and the list of open points"
    " it helped a lot with the report for the management which we have to send every quarter with all figures in it"
)
_WORDS = _PROSE.split()


class Sort(StrEnum):
    """What a mail is about."""

    UNRELATED = "unrelated"
    AUTOMATIC = "automatic"
    REQUEST = "request"
    HALF = "half a request"
    INSTRUCTIONS = "instructions"
    REPLY = "reply"
    STRANGER = "stranger"


# One hundred mails: what they are about, in the order in which such mail comes.
_HUNDRED = (
    (Sort.UNRELATED, 56),
    (Sort.AUTOMATIC, 9),
    (Sort.REQUEST, 14),
    (Sort.HALF, 4),
    (Sort.INSTRUCTIONS, 7),
    (Sort.REPLY, 7),
    (Sort.STRANGER, 3),
)


@dataclass(frozen=True, slots=True)
class Posted:
    """One mail of the mix."""

    sort: Sort
    raw: bytes


def sorts() -> tuple[Sort, ...]:
    """The order of a hundred mails: every sort spread as evenly as its number allows."""
    places = [((n + 0.5) / count, sort) for sort, count in _HUNDRED for n in range(count)]
    return tuple(sort for _, sort in sorted(places, key=lambda place: place[0]))


def mix(count: int, now: datetime, first: int = 0) -> Iterator[Posted]:
    """So many mails, all different; `first` numbers them, so that another mix is other mail."""
    order = sorts()
    for n in range(first, first + count):
        sort = order[n % 100]
        yield Posted(sort, _MAKERS[sort](n, now))


def person(number: int) -> tuple[str, str]:
    """The release manager of one of the customers, as (address, customer's id)."""
    which = number % CUSTOMERS
    return f"nora@shop{which}.example.net", f"shop{which}"


def message_id(number: int) -> str:
    """The Message-ID of the mail with this number."""
    return f"<bench-{number}@shop{number % CUSTOMERS}.example.net>"


def _mail(n: int, now: datetime, subject: str, sender: str | None = None) -> EmailMessage:
    address = sender or person(n)[0]
    mail = EmailMessage(policy=SMTP)
    mail["Return-Path"] = f"<{address}>"
    mail["Received"] = f"from relay.example.net by {BORDER} with ESMTPS; {now:%a, %d %b %Y %H:%M:%S +0000}"
    mail["Authentication-Results"] = f"{BORDER}; dmarc=pass header.from={address.rpartition('@')[2]}"
    mail["From"] = f"Nora Example <{address}>"
    mail["To"] = f"Service Desk <{DESK}>"
    mail["Subject"] = subject
    mail["Date"] = now
    mail["Message-ID"] = message_id(n)
    return mail


def words(seed: int, count: int) -> str:
    """So many words of ordinary prose, other ones for another seed."""
    start = seed * 7
    return " ".join(_WORDS[(start + k * (1 + seed % 5)) % len(_WORDS)] for k in range(count))


def _paragraphs(seed: int, count: int) -> Iterator[str]:
    return (words(seed + k, 60).capitalize() + "." for k in range(count))


def slot(n: int, now: datetime) -> datetime:
    """A Tuesday to Friday some weeks ahead, in the morning; every request of one customer has a day of its own."""
    # Wide enough for five thousand mails: what makes the schedule full is not what is measured.
    turn = n // CUSTOMERS
    week = turn // 4 * 7 % _WEEKS  # far from the last one, so that a holiday season meets few and many mails alike
    day = now + timedelta(days=14 + 7 * week)
    day += timedelta(days=(1 - day.weekday()) % 7 + turn % 4)
    return day.replace(hour=9 + n % 5, minute=30 * (n % 2), second=0, microsecond=0)


def _is_refused(n: int) -> bool:
    """Every fourth request asks for a Friday, and is offered other slots."""
    return n // CUSTOMERS % 4 == 3


def _wanted(n: int, now: datetime) -> tuple[tuple[str, str], ...]:
    return (
        ("Type of deployment", "code"),
        ("Product", "ICM"),
        ("Environment", "PRD"),
        ("Target version", f"11.{n % 9}.{n}"),
        ("Desired date and time", f"{slot(n, now):%Y-%m-%d %H:%M}"),
        ("Expected special activities", "none"),
    )


def _told(n: int, now: datetime) -> tuple[tuple[str, str], ...]:
    return (
        ("Type of deployment", "code"),
        ("Product", "ICM"),
        ("Environment", "PRD"),
        ("Current version", f"11.{n % 9}.{n - 1}"),
        ("Target version", f"11.{n % 9}.{n}"),
        ("DeployAppTier", "yes"),
        ("DeployWebTier", "yes"),
        ("InvalidatePageCache", "yes"),
        ("DBMigrate", "no"),
        ("Custom release notes", f"https://notes.example.net/11.{n % 9}.{n}"),
        ("Description of changes", words(n, 12)),
        ("Deployment mailing list", person(n)[0]),
    )


def _lines(rows: tuple[tuple[str, str], ...], greeting: str) -> str:
    return f"{greeting}\n\n" + "\n".join(f"{label}: {value}" for label, value in rows) + "\n\nKind regards\nNora\n"


def _outlook(n: int, rows: tuple[tuple[str, str], ...], greeting: str) -> str:
    """About 20 KB as an office program writes it: style sheet, table, and a long history below."""
    style = "".join(f"p.Mso{k}, li.Mso{k} {{margin:0cm; font-size:11.0pt; font-family:Calibri}}\n" for k in range(30))
    cells = "".join(
        f"<tr><td style='padding:0cm 5.4pt'><p class=Mso1><b>{label}</b></p></td>"
        f"<td style='padding:0cm 5.4pt'><p class=Mso1>{value}</p></td></tr>\n"
        for label, value in rows
    )
    history = "".join(
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=Mso1><b>From:</b> Service Desk"
        f" &lt;{DESK}&gt;<br><b>Sent:</b> Monday, 2 November 2026 10:0{k}<br><b>To:</b> Nora<br>"
        f"<b>Subject:</b> the release</p></div>"
        + "".join(f"<p class=Mso{p % 30}>{text}</p>\n" for p, text in enumerate(_paragraphs(n + k, 8)))
        for k in range(4)
    )
    return (
        f"<html><head><style>{style}</style></head><body lang=EN-US><div class=WordSection1>"
        f"<p class=Mso1>{greeting}</p><table class=MsoTable border=1>{cells}</table>"
        f"<p class=Mso1>Kind regards<br>Nora</p></div>{history}</body></html>"
    )


def _words_and_page(mail: EmailMessage, plain: str, page: str) -> bytes:
    mail.set_content(plain)
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def _earlier(n: int, back: int) -> int:
    """The number of a request that came at least `back` mails before, below zero when there was none."""
    order = sorts()
    return next(m for m in range(n - back, n - back - 101, -1) if order[m % 100] is Sort.REQUEST)


def _answering(mail: EmailMessage, request: int) -> EmailMessage:
    mail["In-Reply-To"] = mail["References"] = message_id(request)
    return mail


def _labelled(mail: EmailMessage, n: int, rows: tuple[tuple[str, str], ...], greeting: str) -> bytes:
    if n % 2:
        plain = _lines(rows, greeting) + "\n".join(f"> {text}" for text in _paragraphs(n, 20))
        return _words_and_page(mail, plain, _outlook(n, rows, greeting))
    mail.set_content(_lines(rows, greeting))
    return mail.as_bytes()


def _request(n: int, now: datetime) -> bytes:
    mail = _mail(n, now, f"Release {n} to production")
    return _labelled(mail, n, _wanted(n, now), "Hello, we request a deployment:")


def _half(n: int, now: datetime) -> bytes:
    mail = _mail(n, now, f"PRD deployment of build {n}")
    mail.set_content("Hi all,\n\nplease schedule a deployment of ICM on PRD for us.\n\nThanks, Nora\n")
    return mail.as_bytes()


def _instructions(n: int, now: datetime) -> bytes:
    request = _earlier(n, 100)
    mail = _answering(_mail(n, now, f"Instructions for release {request}", person(request)[0]), request)
    return _labelled(mail, n, _told(request, now), "Hello, the deployment instructions:")


def _reply(n: int, now: datetime) -> bytes:
    request = _earlier(n, 1)
    mail = _answering(_mail(n, now, f"Re: Release {request} to production", person(request)[0]), request)
    said = ("Option 2 is fine for us.", "2")[n % 2] if _is_refused(request) else "Thank you, that is fine."
    history = "".join(f"> {text}\n" for text in _paragraphs(n, 6))
    mail.set_content(f"{said}\n\nNora\n\nOn Monday Service Desk wrote:\n{history}")
    return mail.as_bytes()


def _unrelated(n: int, now: datetime) -> bytes:
    mail = _mail(n, now, f"Numbers of week {n}")
    page = "".join(f"<p class=Mso1>{text}</p>\n" for text in _paragraphs(n, 30))
    if n % 5 == 0:
        return _words_and_page(mail, "\n\n".join(_paragraphs(n, 30)), f"<html><body>{page}</body></html>")
    mail.set_content(f"Hello,\n\n{words(n, 120)}.\n\nKind regards\nNora\n")
    return mail.as_bytes()


def _automatic(n: int, now: datetime) -> bytes:
    mail = _mail(n, now, f"Build {n} finished", "builds@tools.example.com")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"Build {n} finished.\n\n{words(n, 80)}.\n")
    return mail.as_bytes()


def _stranger(n: int, now: datetime) -> bytes:
    mail = _mail(n, now, f"Deployment request {n}", f"somebody{n}@elsewhere.example.com")
    mail.set_content(_lines(_wanted(n, now), "Hello, we request a deployment:"))
    return mail.as_bytes()


_MAKERS = {
    Sort.UNRELATED: _unrelated,
    Sort.AUTOMATIC: _automatic,
    Sort.REQUEST: _request,
    Sort.HALF: _half,
    Sort.INSTRUCTIONS: _instructions,
    Sort.REPLY: _reply,
    Sort.STRANGER: _stranger,
}


def enormous(n: int, now: datetime, size: int = 25 * MEGABYTE) -> bytes:
    """A request with a file of this many bytes (as it travels) attached."""
    mail = _mail(n, now, f"Release {n} with its build")
    mail.set_content(_lines(_wanted(n, now), "Hello, we request a deployment:"))
    mail.add_attachment(b"\0\1\2\3" * (size * 3 // 4 // 4), maintype="application", subtype="zip", filename="build.zip")
    return mail.as_bytes()


def at_ten() -> datetime:
    """A moment of today to count from."""
    return datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0)
