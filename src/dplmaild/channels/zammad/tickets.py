"""Tickets of a Zammad, as the port promises them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from http import HTTPStatus
from typing import Final

from dplmaild.channels.zammad.articles import article_from, marker_of, moment_from
from dplmaild.channels.zammad.failures import RefusedError
from dplmaild.channels.zammad.poll import PAGE, rows_changed_since
from dplmaild.channels.zammad.session import Json, Line
from dplmaild.channels.zammad.settings import ZammadSettings
from dplmaild.deployment.terms import NaiveTimeError
from dplmaild.ports import Comment, InDoubtError, PermanentError, TemporaryError, Ticket, TicketArticle, TicketChange

_NOT_SHAPED: Final = (KeyError, TypeError, ValueError, AttributeError)


class MailDelivery(StrEnum):
    """What became of the mail that Zammad sends for an article."""

    PENDING = "pending"  # not tried yet, or not a mail at all
    SUCCESS = "success"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class _Trail:
    """Where a ticket's articles are now: the ticket at the end of all merges, and our article if it was met."""

    ticket_id: int
    article_id: int | None


class ZammadTickets:
    """Keeps ports.Tickets with a Zammad. Raises TemporaryError or PermanentError, and `comment` also InDoubtError.

    Nothing is retried here and nothing is written twice: after an InDoubtError the caller waits its `retry_after`,
    calls `find`, and only then `comment` again.
    """

    def __init__(self, settings: ZammadSettings) -> None:
        self.settings = settings
        self._line = Line(settings)

    def changed_since(self, moment: datetime) -> Iterator[TicketChange]:
        """Tickets of our groups changed at or after `moment` (aware), oldest change first, merges named.

        Go back by `settings.overlap` behind the last change seen. A ticket that went away meanwhile is left out.
        """
        if moment.utcoffset() is None:
            raise NaiveTimeError(moment)
        return self._changes(moment)

    def raw_mail(self, article_id: int) -> bytes | None:
        """The original mail of an article; None when there is none, or no such article."""
        try:
            return self._line.download(f"ticket_article_plain/{article_id}")
        except RefusedError as refusal:
            if refusal.unseen and refusal.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    def attachment(self, ticket_id: int, article_id: int, attachment_id: int) -> bytes:
        """One attachment as bytes, never decoded."""
        return self._line.download(f"ticket_attachment/{ticket_id}/{article_id}/{attachment_id}") or b""

    def find(self, ticket_id: int, marker: str) -> int | None:
        """The id of our article with this marker, merges followed; None when it is not there."""
        return self._trail(ticket_id, marker).article_id

    def named(self, number: str) -> Ticket | None:
        """The ticket with exactly this number, in whatever group; None when there is none for our eyes.

        By condition and not by query, so that no index lags behind and no substring is taken for the whole.
        """
        rows = self._line.search({"ticket.number": {"operator": "is", "value": number}}, 1, PAGE)
        exact = [row for row in rows if row.get("number") == number]
        try:
            return self._at_the_end(int(exact[0]["id"]), number) if len(exact) == 1 else None
        except RefusedError as refusal:
            if refusal.unseen:
                return None
            raise

    def comment(self, comment: Comment) -> int:
        """Write once: looks for the marker first; article and state go in one PUT. Returns the article's id."""
        change = _change(comment, self.settings.host)
        trail = self._trail(comment.ticket_id, comment.marker)
        if trail.article_id is not None:
            return trail.article_id
        self._line.write(trail.ticket_id, change)
        return self._read_back(trail.ticket_id, comment.marker)

    def delivery_status(self, article_id: int) -> MailDelivery:
        """What became of our public mail; a failed one is never posted again, Zammad itself tells its agents."""
        preferences = self._line.article(article_id).get("preferences")
        status = preferences.get("delivery_status") if isinstance(preferences, dict) else None
        return MailDelivery(status) if status in {"success", "fail"} else MailDelivery.PENDING

    def close(self) -> None:
        """Let go of the connections."""
        self._line.close()

    @cached_property
    def _bot_id(self) -> int:
        return int(self._line.me()["id"])

    def _changes(self, moment: datetime) -> Iterator[TicketChange]:
        try:
            for row in rows_changed_since(self._line, self.settings.groups, moment):
                change = self._change(row)
                if change is not None:
                    yield change
        except _NOT_SHAPED as error:
            raise self._line.not_zammad() from error

    def _change(self, row: Json) -> TicketChange | None:
        try:
            articles = self._line.articles(row["id"])
            target = self._merged_into(row["id"], row)
        except RefusedError as refusal:
            if refusal.unseen:  # deleted, or moved to a group that is not ours, since the search
                return None
            raise
        return TicketChange(
            ticket_id=int(row["id"]),
            number=str(row["number"]),
            title=str(row.get("title") or ""),
            state=str(row["state"]),
            group=str(row.get("group") or ""),
            customer=str(row.get("customer") or ""),
            updated_at=moment_from(row["updated_at"]),
            articles=_typed(tuple(article_from(article, self._bot_id) for article in articles), row),
            merged_into=target,
        )

    def _trail(self, ticket_id: int, marker: str) -> _Trail:
        """Follow the merges until our article or the last ticket. Articles are read before the state: a merge in
        between then shows as one."""
        followed: set[int] = set()
        while True:
            article_id = next(
                (int(row["id"]) for row in self._line.articles(ticket_id) if marker_of(row) == marker), None
            )
            followed.add(ticket_id)
            target = None if article_id else self._merged_into(ticket_id, self._line.ticket(ticket_id))
            if target is None:
                return _Trail(ticket_id, article_id)
            if target in followed:
                raise PermanentError(
                    f"{self.settings.host}: ticket {ticket_id} is merged in a circle; untangle it there"
                )
            ticket_id = target

    def _at_the_end(self, ticket_id: int, number: str) -> Ticket | None:
        """The ticket at the end of all merges, and whose that one is; None where the end is out of our sight."""
        followed: set[int] = set()
        while True:
            row = self._line.ticket(ticket_id)
            followed.add(ticket_id)
            target = self._merged_into(ticket_id, row)
            if target is None:
                return None if row.get("state") == "merged" else self._ticket(row)
            if target in followed:
                raise PermanentError(f"{self.settings.host}: ticket {number} is merged in a circle; untangle it there")
            ticket_id = target

    def _ticket(self, row: Json) -> Ticket:
        try:
            user = self._line.user(int(row["customer_id"]))
            address = user.get("email") or user.get("login")
            organization, state = row.get("organization"), str(row["state"])
        except (KeyError, TypeError, ValueError) as error:
            raise self._line.not_zammad() from error
        return Ticket(
            ticket_id=int(row["id"]),
            customer=address.strip().lower() if isinstance(address, str) else "",
            organization=organization if isinstance(organization, str) else "",
            closed=state == "closed",
        )

    def _merged_into(self, ticket_id: int, row: Json) -> int | None:
        if row.get("state") != "merged":
            return None
        parents = self._line.parents(ticket_id)
        # Zammad moves all earlier links to the target while merging, so that the newest parent is the target.
        return parents[-1] if parents else None

    def _read_back(self, ticket_id: int, marker: str) -> int:
        """The answer to a write does not hold the article's preferences; only the article itself proves it."""
        try:
            article_id = self._trail(ticket_id, marker).article_id
        except (TemporaryError, PermanentError) as error:
            raise self._doubt("was not readable after the write") from error
        if article_id is None:
            raise self._doubt("took the write but does not show it")
        return article_id

    def _doubt(self, what: str) -> InDoubtError:
        wait = self.settings.settle_seconds
        return InDoubtError(f"{self.settings.host}: the ticket {what}; read back first", retry_after=wait)


def _typed(articles: tuple[TicketArticle, ...], row: Json) -> tuple[TicketArticle, ...]:
    """Anybody can fill in Zammad's public form under any address; its article looks like one of a login's."""
    preferences = row.get("preferences")
    if not (articles and isinstance(preferences, dict) and "form" in preferences):
        return articles
    return (replace(articles[0], type="form"), *articles[1:])


def _change(comment: Comment, host: str) -> Json:
    """The body of the PUT; raises PermanentError for a comment that can never be written."""
    if not comment.marker or not comment.body.strip():
        raise PermanentError(f"{host}: a comment needs a marker and a text; nothing was sent")
    if comment.as_mail_to and comment.internal:
        raise PermanentError(f"{host}: a mail cannot be internal; choose one of both, nothing was sent")
    if any(sign in address for address in comment.as_mail_to for sign in ",;<>\r\n"):
        raise PermanentError(f"{host}: a recipient is not a plain address; nothing was sent")
    article: Json = {
        "body": comment.body,
        "content_type": "text/plain",
        "type": "email" if comment.as_mail_to else "note",
        "internal": comment.internal,
        "preferences": {"dplmaild": {"op": comment.marker, "v": 1}, "send-auto-response": False},
    }
    article |= {"to": ", ".join(comment.as_mail_to)} if comment.as_mail_to else {}
    article |= {"subject": comment.subject} if comment.subject else {}
    return {"article": article} | ({"state": comment.state} if comment.state else {})
