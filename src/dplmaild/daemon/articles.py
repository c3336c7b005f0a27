"""A ticket article as a message: its raw mail where there is one, else one made of its fields."""

from email.message import EmailMessage
from email.policy import SMTP

from dplmaild.ports import Arrival, Identity, TicketArticle, TicketChange, Tickets

_MOST_ATTACHMENTS = 10
_BY_LOGIN = frozenset({"note", "web"})


def source_of(article: TicketArticle) -> str:
    """A mail that Zammad fetched is as good as its headers; only a note or a web article has a login behind it.

    Zammad calls a mail an agent's by its From alone, and takes text messages, calls and forms from anybody.
    """
    return "ticket" if article.type in _BY_LOGIN else "ticket mail"


def arrival_of(change: TicketChange, article: TicketArticle, tickets: Tickets, account: str) -> Arrival | None:
    """The message behind an article; None for what is never read: automatic, ours, nobody's (zammad.md section 7)."""
    if article.automatic or article.created_by_us or article.marker is not None or article.sender == "System":
        return None
    if article.from_address is None and article.type != "email":  # a mail with a strange From is still kept and shown
        return None
    raw = tickets.raw_mail(article.article_id) if article.type == "email" else None
    if raw is None:
        raw = _made(change, article, tickets)
    # Its number is its own for good; the ticket's is not: a merge moves articles (zammad.md section 9).
    identity = Identity(account, "articles", 0, str(article.article_id))
    return Arrival(identity, article.created_at, raw, len(raw))


def _made(change: TicketChange, article: TicketArticle, tickets: Tickets) -> bytes:
    """A mail with the article's words, title and attachments."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = article.from_address or ""
    mail["Subject"] = " ".join((article.subject or _title(change, article)).split())
    mail["Date"] = article.created_at
    mail["Message-ID"] = f"<article-{article.article_id}@tickets.invalid>"
    if article.content_type == "text/html":
        mail.set_content(article.body, subtype="html")
    else:
        mail.set_content(article.body)
    for number, name in article.attachments[:_MOST_ATTACHMENTS]:
        content = tickets.attachment(article.ticket_id, article.article_id, number)
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=" ".join(name.split()))
    return mail.as_bytes()


def _title(change: TicketChange, article: TicketArticle) -> str:
    """The ticket's title; only for its first article are these words said now (MSG-6)."""
    first = min((each.article_id for each in change.articles), default=article.article_id)
    return change.title if article.article_id == first else f"Re: {change.title}"
