"""Articles: what creating one checks and changes (zammad.md section 4)."""

import base64
import binascii
import uuid
from datetime import timedelta
from typing import Any

from servers.zammad.answers import JSON, Answer, ApiError, answer
from servers.zammad.auth import Caller
from servers.zammad.calls import Call, Route
from servers.zammad.shapes import article_with_names
from servers.zammad.store import SENDERS, STATES, TYPES, Row, Store, Version

LONGEST_BODY = 1_500_000
COMMUNICATION = {"email", "phone", "web", "sms"}
DELETABLE_FOR = timedelta(seconds=600)


def create_article(store: Store, caller: Caller, ticket: Row, params: Any) -> Row:
    """Add one article with all its effects on the ticket; raises before anything is changed or rolls back."""
    if not isinstance(params, dict) or not str(params.get("body") or "").strip():
        raise ApiError(422, "Need at least an 'article body' field.")
    if len(params["body"]) > LONGEST_BODY:
        raise ApiError(422, f"body is longer than the allowed length {LONGEST_BODY}")
    agent = caller.right(ticket["group_id"], "create")
    if not agent and not caller.may("ticket.customer"):
        raise ApiError(403, "Not authorized")
    row = _row(store, caller, ticket, params, agent=agent)
    row["attachments"] = [_file(store, n, file) for n, file in enumerate(params.get("attachments") or [])]
    store.tables.articles[row["id"]] = row
    touch_ticket(store, ticket, row)
    store.tables.events.append((ticket["id"], row["id"]))
    return row


def new_row(store: Store, ticket: Row, user_id: int) -> Row:
    """An article with every column at its default."""
    now = store.now()
    return {
        "id": store.next_id(),
        "ticket_id": ticket["id"],
        "type_id": 10,
        "sender_id": 1,
        "from": None,
        "to": None,
        "cc": None,
        "subject": None,
        "reply_to": None,
        "message_id": None,
        "in_reply_to": None,
        "content_type": "text/plain",
        "body": "",
        "internal": False,
        "preferences": {},
        "attachments": [],
        "origin_by_id": None,
        "created_by_id": user_id,
        "updated_by_id": user_id,
        "created_at": now,
        "updated_at": now,
    }


def touch_ticket(store: Store, ticket: Row, article: Row) -> None:
    """What a new article does to its ticket: stamps, count, and new to open for public agent communication."""
    sender, public = SENDERS[article["sender_id"]], TYPES[article["type_id"]] in COMMUNICATION
    ticket["article_count"] += sender != "System"
    if sender == "Agent" and public and not article["internal"]:
        ticket["last_contact_agent_at"] = ticket["last_contact_at"] = article["created_at"]
        ticket["first_response_at"] = ticket["first_response_at"] or article["created_at"]
        ticket["state_id"] = 2 if STATES[ticket["state_id"]] == "new" else ticket["state_id"]
    store.touch(ticket["id"], article["created_by_id"])


def _row(store: Store, caller: Caller, ticket: Row, params: Row, *, agent: bool) -> Row:
    row = new_row(store, ticket, caller.user.id)
    kind = _type(params, agent=agent)
    row |= {key: params[key] for key in ("body", "content_type", "to", "cc", "subject", "in_reply_to") if key in params}
    row["type_id"] = next(key for key, name in TYPES.items() if name == kind)
    row["sender_id"] = _sender(params, agent=agent)
    row["internal"] = agent and params.get("internal") in {True, "true"}
    row["preferences"] = dict(params.get("preferences") or {})
    row["message_id"] = params.get("message_id")
    user = caller.user
    row["from"] = user.name if agent else f"{user.name} <{user.email}>"
    if kind == "email":
        _make_mail(store, caller, ticket, row)
    return row


def _type(params: Row, *, agent: bool) -> str:
    kind = params.get("type") or TYPES.get(params.get("type_id", 10), "note")
    if kind not in TYPES.values():
        raise ApiError(422, f"No lookup value found for 'type': {kind!r}")
    return kind if agent or kind in {"note", "web"} else "note"


def _sender(params: Row, *, agent: bool) -> int:
    wanted = params.get("sender") if agent else "Customer"
    return next((key for key, name in SENDERS.items() if name == wanted), 1)


def _make_mail(store: Store, caller: Caller, ticket: Row, row: Row) -> None:
    group = store.tables.groups[ticket["group_id"]]
    if group.address is None:
        raise ApiError(500, "Group has no email address", masked=True)
    if store.version is Version.NEW and "@" not in str(row["to"] or ""):
        raise ApiError(422, "Sending an email without a valid recipient is not possible.")
    row["from"] = f'"{caller.user.name} via {group.name}" <{group.address}>'
    row["subject"] = row["subject"] or ticket["title"]
    row["message_id"] = f"<{uuid.uuid4()}@desk.example.com>"
    row["_to_send"] = True


def _file(store: Store, index: int, given: Any) -> Row:
    if not isinstance(given, dict) or not all(given.get(key) for key in ("filename", "data", "mime-type")):
        raise ApiError(422, f"Attachment needs 'filename', 'data' and 'mime-type' (index '{index}')")
    try:
        content = base64.b64decode("".join(str(given["data"]).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ApiError(422, f"Invalid base64 for attachment with index '{index}'") from error
    return file_row(store, given["filename"], content, given["mime-type"])


def file_row(store: Store, filename: str, content: bytes, mime: str) -> Row:
    """An attachment; `size` is a string, as in Zammad."""
    headers = {"Content-Type": mime}
    size = str(len(content))
    return {"id": store.next_id(), "filename": filename, "size": size, "preferences": headers, "_content": content}


def _visible(call: Call, article: Row) -> bool:
    ticket = call.store.ticket(article["ticket_id"])
    return call.caller.sees(ticket) and (call.caller.right(ticket["group_id"], "read") or not article["internal"])


def _seen(call: Call, article_id: str) -> Row:
    article = call.store.article(int(article_id))
    if not _visible(call, article):
        raise ApiError(403, "Not authorized")
    return article


def _by_ticket(call: Call) -> Answer:
    call.caller.must_see(call.ticket)
    rows = [row for row in call.store.articles_of(call.ticket["id"]) if _visible(call, row)]
    return answer([article_with_names(call.store, row) for row in rows])


def _show(call: Call) -> Answer:
    return answer(article_with_names(call.store, _seen(call, call.path[0])))


def _create(call: Call) -> Answer:
    ticket = call.store.ticket(int(call.params.get("ticket_id") or 0))
    call.caller.must_see(ticket)
    row = create_article(call.store, call.caller, ticket, call.params)
    return answer(article_with_names(call.store, row), 201)


def _update(call: Call) -> Answer:
    article = _seen(call, call.path[0])
    call.caller.must_change(call.store.ticket(article["ticket_id"]))
    if call.params.get("internal") is not None:
        article["internal"] = bool(call.params["internal"])
    highlight = (call.params.get("preferences") or {}).get("highlight")
    if highlight:
        article["preferences"] = article["preferences"] | {"highlight": str(highlight)}
    article["updated_at"] = call.store.now()
    call.store.touch(article["ticket_id"], call.caller.user.id)
    return answer(article_with_names(call.store, article))


def _delete(call: Call) -> Answer:
    article = _seen(call, call.path[0])
    if TYPES[article["type_id"]] in COMMUNICATION and not article["internal"]:
        raise ApiError(403, "communication articles cannot be deleted")
    if article["created_by_id"] != call.caller.user.id:
        raise ApiError(403, "you can only delete your own notes")
    if call.store.now() - article["created_at"] > DELETABLE_FOR:
        raise ApiError(403, "note is too old to be deleted")
    del call.store.tables.articles[article["id"]]
    call.store.touch(article["ticket_id"], call.caller.user.id)
    return answer({})


def _plain(call: Call) -> Answer:
    raw = _seen(call, call.path[0]).get("_raw")
    if raw is None:
        return Answer(204, b"", {})
    return Answer(200, raw, {"Content-Type": "message/rfc822", "Content-Disposition": 'inline; filename="mail.eml"'})


def _attachment(call: Call) -> Answer:
    ticket, article = call.ticket, call.store.article(int(call.path[1]))
    call.caller.must_see(ticket)
    if article["ticket_id"] != ticket["id"]:
        if STATES[ticket["state_id"]] != "merged":
            raise ApiError(403, "The article does not belong to the specified ticket.")
        call.caller.must_see(call.store.ticket(article["ticket_id"]))
    file = next((file for file in article["attachments"] if file["id"] == int(call.path[2])), None)
    if file is None:
        raise ApiError(403, "The file does not belong to the specified article.")
    mime = file["preferences"].get("Content-Type", JSON)
    name = f'attachment; filename="{file["filename"]}"'
    return Answer(200, file["_content"], {"Content-Type": mime, "Content-Disposition": name})


def _index(call: Call) -> Answer:
    rows = sorted(call.store.tables.articles.values(), key=lambda row: row["id"])
    return answer([article_with_names(call.store, row) for row in rows[call.window(500, 1000)]])


ROUTES = (
    Route("GET", r"ticket_articles/by_ticket/(\d+)", _by_ticket),
    Route("GET", r"ticket_articles/(\d+)", _show),
    Route("GET", r"ticket_articles", _index, ("admin",)),
    Route("POST", r"ticket_articles", _create),
    Route("PUT", r"ticket_articles/(\d+)", _update),
    Route("DELETE", r"ticket_articles/(\d+)", _delete),
    Route("GET", r"ticket_article_plain/(\d+)", _plain),
    Route("GET", r"ticket_attachment/(\d+)/(\d+)/(\d+)", _attachment),
)
