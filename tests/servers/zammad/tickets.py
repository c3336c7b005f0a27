"""Tickets: list, show, create, update, delete, merge (zammad.md section 3)."""

import re

from servers.zammad.answers import Answer, ApiError, answer
from servers.zammad.articles import create_article, new_row
from servers.zammad.attributes import apply_edit, cleaned, keep_owner, must_be_allowed, must_exist, pending_from
from servers.zammad.calls import Call, Route
from servers.zammad.shapes import columns, shaped
from servers.zammad.store import NOBODY, STATES, Link, Row, Store, User

MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,60}")


def ticket_row(store: Store, user_id: int, given: Row) -> Row:
    """A ticket with every column, put into the table."""
    now, ticket_id = store.now(), store.next_id()
    row: Row = {
        "id": ticket_id,
        "number": str(96_000 + ticket_id),
        "title": "",
        "group_id": None,
        "state_id": 1,
        "priority_id": 2,
        "owner_id": NOBODY,
        "customer_id": None,
        "organization_id": None,
        "note": None,
        "preferences": {},
        "pending_time": None,
        "article_count": 0,
        "created_by_id": user_id,
        "updated_by_id": user_id,
        "created_at": now,
        "updated_at": now,
    }
    stamps = ("first_response_at", "close_at", "last_close_at", "last_contact_at")
    row |= dict.fromkeys((*stamps, "last_contact_agent_at", "last_contact_customer_at", *store.custom_fields))
    row |= given
    row["organization_id"] = store.tables.users[row["customer_id"]].organization_id
    keep_owner(store, row)
    store.tables.tickets[ticket_id] = row
    return row


def new_user(store: Store, email: str, firstname: str = "", lastname: str = "") -> User:
    """A customer who did not exist before."""
    user = User(store.next_id(), email.lower(), email.lower(), firstname, lastname)
    store.tables.users[user.id] = user
    return user


def _index(call: Call) -> Answer:
    rows = [row for _, row in sorted(call.store.tables.tickets.items()) if call.caller.sees(row)]
    return answer([shaped(call.store, row, call.params, written=False) for row in rows[call.window(100, 100)]])


def _show(call: Call) -> Answer:
    call.caller.must_see(call.ticket)
    return answer(shaped(call.store, call.ticket, call.params, written=False))


def _create(call: Call) -> Answer:
    store, params = call.store, call.params
    hashed = params.pop("customer") if isinstance(params.get("customer"), dict) else None
    clean = cleaned(store, call.caller, params)
    _set_customer(call, clean, hashed)
    must_exist(store, clean)
    if not clean.get("group_id"):
        raise ApiError(422, "The required value 'group_id' is missing.")
    _must_create_in(call, clean["group_id"])
    if not clean.get("title") or not clean.get("customer_id"):
        raise ApiError(422, "Missing required value!", masked=True)
    clean["pending_time"] = pending_from(clean.get("pending_time"))
    must_be_allowed(clean.get("state_id", 1), clean["pending_time"])
    ticket = ticket_row(store, call.caller.user.id, clean)
    store.tables.events.append((ticket["id"], None))
    _add_rest(call, ticket)
    return answer(shaped(store, ticket, params, written=True), 201)


def _add_rest(call: Call, ticket: Row) -> None:
    tags = call.params.get("tags") or ""
    if not isinstance(tags, str):
        raise ApiError(500, "undefined method `split' for Array", masked=True)
    call.store.tables.tags[ticket["id"]] = [tag.strip() for tag in tags.split(",") if tag.strip()]
    if call.params.get("article"):
        create_article(call.store, call.caller, ticket, call.params["article"])
    for kind, ids in (call.params.get("links") or {}).get("Ticket", {}).items():
        for other in ids:
            call.store.tables.links.append(Link(call.store.next_id(), kind, ticket["id"], int(other)))


def _set_customer(call: Call, clean: Row, hashed: Row | None) -> None:
    if not call.caller.agent:
        clean["customer_id"] = call.caller.user.id
    wanted = clean.get("customer_id")
    if isinstance(wanted, str) and wanted.startswith("guess:"):
        address = wanted.removeprefix("guess:")
        if not MAIL.fullmatch(address):
            raise ApiError(422, f"Invalid email '{address}' of customer", human=False)
        clean["customer_id"] = (call.store.user_by(address) or new_user(call.store, address)).id
    elif hashed and not wanted:
        known = call.store.user_by(str(hashed.get("email") or hashed.get("login")))
        names = str(hashed.get("firstname", "")), str(hashed.get("lastname", ""))
        clean["customer_id"] = (known or new_user(call.store, str(hashed["email"]), *names)).id


def _must_create_in(call: Call, group_id: int) -> None:
    if group_id not in call.store.tables.groups:
        raise ApiError(500, "Group does not exist", masked=True)
    if call.caller.agent and not call.caller.right(group_id, "create"):
        raise ApiError(403, "Not authorized")


def _update(call: Call) -> Answer:
    store, ticket = call.store, call.ticket
    call.caller.must_change(ticket)
    clean = cleaned(store, call.caller, call.params)
    must_exist(store, clean)
    if apply_edit(store, ticket, clean):
        ticket["updated_by_id"] = call.caller.user.id
        if not call.params.get("article"):
            store.tables.events.append((ticket["id"], None))
    if call.params.get("article"):
        create_article(store, call.caller, ticket, call.params["article"])
    return answer(shaped(store, ticket, call.params, written=True))


def _delete(call: Call) -> Answer:
    ticket = call.ticket
    if not call.caller.may("admin"):
        raise ApiError(403, "Not authorized (admin permission required)!")
    for article in call.store.articles_of(ticket["id"]):
        del call.store.tables.articles[article["id"]]
    del call.store.tables.tickets[ticket["id"]]
    return Answer(200, b"", {})


def _merge(call: Call) -> Answer:
    store, number = call.store, call.path[1]
    target = next((row for row in store.tables.tickets.values() if row["number"] == number), None)
    if target is None:
        return answer({"result": "failed", "message": "The target ticket number could not be found."})
    call.caller.must_change(target)
    source = store.tables.tickets.get(int(call.path[0]))
    if source is None:
        return answer({"result": "failed", "message": "The source ticket could not be found."})
    call.caller.must_change(source)
    if STATES[target["state_id"]] == "merged" or source is target:
        raise ApiError(422, "It is not possible to merge into an already merged ticket.")
    merge(store, source, target, call.caller.user.id)
    return answer({"result": "success", "target_ticket": columns(target), "source_ticket": columns(source)})


def merge(store: Store, source: Row, target: Row, user_id: int) -> None:
    """Move the articles, then the links, then say so: the target becomes the parent of the source."""
    for article in store.articles_of(source["id"]):
        article["ticket_id"] = target["id"]
        target["article_count"] += 1
    note = new_row(store, source, user_id) | {"body": "merged", "from": store.tables.users[user_id].name}
    store.tables.articles[note["id"]] = note
    source |= {"state_id": 5, "owner_id": NOBODY, "article_count": 1}
    for link in store.tables.links:
        link.source = target["id"] if link.source == source["id"] else link.source
        link.target = target["id"] if link.target == source["id"] else link.target
    store.tables.links.append(Link(store.next_id(), "parent", target["id"], source["id"]))
    for row in (source, target):
        store.touch(row["id"], user_id)
        store.tables.events.append((row["id"], None))


ROUTES = (
    Route("GET", r"tickets", _index),
    Route("GET", r"tickets/(\d+)", _show),
    Route("POST", r"tickets", _create),
    Route("PUT", r"tickets/(\d+)", _update),
    Route("DELETE", r"tickets/(\d+)", _delete),
    Route("PUT", r"ticket_merge/(\d+)/(\w+)", _merge, ("ticket.agent",)),
)
