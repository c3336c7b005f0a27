"""Mail that Zammad receives and sends: follow-ups, automatic mail, delivery (zammad.md sections 4 and 7)."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr

from servers.zammad.articles import file_row, new_row, touch_ticket
from servers.zammad.store import STATES, Row, Store
from servers.zammad.tickets import new_user, ticket_row

AUTOMATIC = {"precedence": ("bulk", "list", "junk"), "auto-submitted": ("auto-",), "x-auto-response-suppress": ("all",)}
FAILED = "Unable to send email to the recipient: mailbox does not exist"


def receive(store: Store, raw: bytes, group_id: int) -> Row:
    """Take a mail in: into the ticket its subject names (its merge target), else into a new one. The article."""
    mail = message_from_bytes(raw, policy=policy.default)
    _, address = parseaddr(str(mail["From"]))
    user = store.user_by(address) or new_user(store, address)
    ticket = _followed(store, str(mail["Subject"]))
    if ticket is None:
        given = {"title": str(mail["Subject"]), "group_id": group_id, "customer_id": user.id}
        ticket = ticket_row(store, user.id, given)
    elif STATES[ticket["state_id"]] != "new":
        ticket["state_id"] = 2
    article = _article(store, ticket, user.id, mail) | {"_raw": raw}
    store.tables.articles[article["id"]] = article
    touch_ticket(store, ticket, article)
    store.tables.events.append((ticket["id"], article["id"]))
    return article


def deliver(store: Store, *, fails: bool) -> list[Row]:
    """Run the job that sends mails; each run saves the article and so touches the ticket. The mails that went out."""
    waiting = [row for row in store.tables.articles.values() if row.pop("_to_send", False)]
    for article in waiting:
        ticket = store.ticket(article["ticket_id"])
        article["preferences"] = article["preferences"] | {"delivery_status": "fail" if fails else "success"}
        article["updated_at"] = store.now()
        if fails:
            _report_failure(store, ticket, article)
        store.touch(ticket["id"])
    return [] if fails else waiting


def _report_failure(store: Store, ticket: Row, article: Row) -> None:
    preferences = {"delivery_article_id_related": article["id"], "delivery_message": True}
    note = new_row(store, ticket, 1) | {"sender_id": 3, "internal": True, "body": FAILED, "preferences": preferences}
    store.tables.articles[note["id"]] = note
    ticket["state_id"] = 2
    touch_ticket(store, ticket, note)
    store.tables.events.append((ticket["id"], note["id"]))


def _followed(store: Store, subject: str) -> Row | None:
    match = re.search(r"Ticket#\s{0,2}(\d{1,20})", subject)
    number = match.group(1) if match else ""
    ticket = next((row for row in store.tables.tickets.values() if row["number"] == number), None)
    if ticket and STATES[ticket["state_id"]] == "merged":
        parents = [link.source for link in store.tables.links if (link.kind, link.target) == ("parent", ticket["id"])]
        return store.ticket(parents[-1])
    return ticket


def _article(store: Store, ticket: Row, user_id: int, mail: EmailMessage) -> Row:
    body = mail.get_body(("html", "plain"))
    row = new_row(store, ticket, user_id) | {"type_id": 1, "sender_id": 2, "message_id": mail["Message-ID"]}
    row |= {"from": str(mail["From"]), "to": str(mail["To"] or ""), "subject": str(mail["Subject"])}
    row["body"] = body.get_content() if body else ""
    row["content_type"] = body.get_content_type() if body else "text/plain"
    row["preferences"] = {"is-auto-response": True, "send-auto-response": False} if _is_automatic(mail) else {}
    row["attachments"] = [
        file_row(store, part.get_filename() or "file", _content(part), part.get_content_type())
        for part in mail.iter_attachments()
    ]
    return row


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_automatic(mail: EmailMessage) -> bool:
    named = any(str(mail[name] or "").lower().startswith(starts) for name, starts in AUTOMATIC.items())
    return named or "List-Unsubscribe" in mail or "X-Loop" in mail
