"""Mails and attachments come as the bytes they are."""

from datetime import datetime
from email.message import EmailMessage

import pytest

from dplmaild.channels.zammad import ZammadTickets
from dplmaild.ports import PermanentError, TemporaryError
from servers.zammad import Kind, ZammadDouble

CONTENTS = [
    pytest.param("form.json", "application/json", b'{"type": "code"}', id="JSON"),
    pytest.param("number.txt", "text/plain", b"123", id="a number"),
    pytest.param("page.html", "text/html", b"<html>Sign in</html>", id="a page"),
    pytest.param("form.xlsx", "application/octet-stream", bytes(range(256)), id="every byte"),
]


def mail_with(filename: str, mime: str, content: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "rosa@example.com", "deploy@example.com", "Deploy 11.0.2"
    mail.set_content("please see the form")
    mail.add_attachment(content, *mime.split("/"), filename=filename)
    return mail.as_bytes()


@pytest.mark.parametrize(("filename", "mime", "content"), CONTENTS)
def test_an_attachment_is_never_decoded(
    desk: ZammadDouble, tickets: ZammadTickets, long_ago: datetime, filename: str, mime: str, content: bytes
) -> None:
    desk.receive_mail(mail_with(filename, mime, content))
    (change,) = tickets.changed_since(long_ago)
    ((attachment_id, name),) = change.articles[0].attachments
    assert name == filename
    assert tickets.attachment(change.ticket_id, change.articles[0].article_id, attachment_id) == content


def test_an_attachment_is_found_by_the_old_ticket_after_a_merge(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    article = desk.receive_mail(mail_with("form.txt", "text/plain", b"type: code"))
    source_id = article["ticket_id"]
    desk.merge(desk.store.ticket(source_id), desk.add_ticket("target"))
    assert tickets.attachment(source_id, article["id"], article["attachments"][0]["id"]) == b"type: code"


def test_an_empty_attachment_is_empty(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    article = desk.receive_mail(mail_with("empty.txt", "text/plain", b""))
    assert tickets.attachment(article["ticket_id"], article["id"], article["attachments"][0]["id"]) == b""


@pytest.mark.parametrize(
    ("ticket", "article", "attachment"),
    [
        pytest.param(False, True, True, id="another ticket"),
        pytest.param(True, True, False, id="another file"),
    ],
)
def test_an_attachment_of_something_else_is_refused(
    desk: ZammadDouble, tickets: ZammadTickets, ticket: bool, article: bool, attachment: bool
) -> None:
    mail = desk.receive_mail(mail_with("form.txt", "text/plain", b"type: code"))
    ticket_id = mail["ticket_id"] if ticket else desk.add_ticket()["id"]
    with pytest.raises(PermanentError, match="403"):
        tickets.attachment(ticket_id, mail["id"], mail["attachments"][0]["id"] if attachment else 4242)


@pytest.mark.parametrize("kind", [Kind.PAGE_BEFORE, Kind.TRUNCATED_AFTER, Kind.RESET_AFTER, Kind.ERROR_BEFORE])
def test_half_a_file_or_a_page_in_its_place_is_not_taken_for_it(
    desk: ZammadDouble, tickets: ZammadTickets, kind: Kind
) -> None:
    mail = desk.receive_mail(mail_with("form.txt", "text/plain", b"type: code"))
    path = (mail["ticket_id"], mail["id"], mail["attachments"][0]["id"])
    desk.fault(kind, method="GET", path="ticket_attachment")
    with pytest.raises(TemporaryError):
        tickets.attachment(*path)
    assert tickets.attachment(*path) == b"type: code"


def test_the_original_mail_is_what_arrived(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    raw = mail_with("form.txt", "text/plain", b"type: code")
    assert tickets.raw_mail(desk.receive_mail(raw)["id"]) == raw


def test_without_an_original_mail_there_is_none(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    assert tickets.raw_mail(desk.add_article(desk.add_ticket())["id"]) is None
    assert tickets.raw_mail(4242) is None


@pytest.mark.parametrize("kind", [Kind.PAGE_BEFORE, Kind.RESET_BEFORE, Kind.TRUNCATED_AFTER])
def test_a_mail_that_cannot_be_had_now_is_not_taken_for_none(
    desk: ZammadDouble, tickets: ZammadTickets, kind: Kind
) -> None:
    article = desk.receive_mail(mail_with("form.txt", "text/plain", b"type: code"))
    desk.fault(kind, method="GET", path="ticket_article_plain")
    with pytest.raises(TemporaryError):
        tickets.raw_mail(article["id"])


def test_a_404_that_is_not_zammads_is_not_taken_for_none(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    article = desk.receive_mail(mail_with("form.txt", "text/plain", b"type: code"))
    desk.fault(Kind.GUARD_SAYS_404, method="GET", path="ticket_article_plain")
    with pytest.raises(PermanentError, match="404"):
        tickets.raw_mail(article["id"])
