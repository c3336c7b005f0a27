"""Tags, links, users and groups (zammad.md section 6)."""

from servers.zammad.answers import Answer, ApiError, answer
from servers.zammad.calls import Call, Route
from servers.zammad.shapes import user_row
from servers.zammad.store import Link, Row, Version
from servers.zammad.tickets import MAIL, new_user

TURNED = {"parent": "child", "child": "parent"}


def _tags(call: Call) -> Answer:
    ticket = call.store.ticket(int(call.params.get("o_id") or 0))
    call.caller.must_see(ticket)
    return answer({"tags": call.store.tables.tags.get(ticket["id"], [])})


def _tag_add(call: Call) -> Answer:
    tags, item, ticket_id = _tagged(call)
    known = {tag for tags in call.store.tables.tags.values() for tag in tags}
    if not call.store.tag_new and item not in known:
        raise ApiError(403, "Tag creation is not allowed.")
    if item not in tags:
        call.store.tables.tags[ticket_id] = [*tags, item]
        call.store.touch(ticket_id)
    return answer(True, 201)


def _tag_remove(call: Call) -> Answer:
    tags, item, ticket_id = _tagged(call)
    if item in tags:
        call.store.tables.tags[ticket_id] = [tag for tag in tags if tag != item]
        call.store.touch(ticket_id)
    return answer(True)


def _tagged(call: Call) -> tuple[list[str], str, int]:
    ticket = call.store.ticket(int(call.params.get("o_id") or 0))
    call.caller.must_change(ticket)
    return call.store.tables.tags.get(ticket["id"], []), str(call.params.get("item")), ticket["id"]


def _links(call: Call) -> Answer:
    ticket = call.store.ticket(int(call.params.get("link_object_value") or 0))
    call.caller.must_see(ticket)
    found = [
        _role(link, ticket["id"]) for link in call.store.tables.links if ticket["id"] in {link.source, link.target}
    ]
    seen = [row for row in found if call.caller.sees(call.store.ticket(row["link_object_value"]))]
    return answer({"links": seen, "assets": {}})


def _role(link: Link, ticket_id: int) -> Row:
    """What the other ticket is to this one."""
    if link.target == ticket_id:
        return {"link_type": link.kind, "link_object": "Ticket", "link_object_value": link.source}
    turned = TURNED.get(link.kind, link.kind)
    return {"link_type": turned, "link_object": "Ticket", "link_object_value": link.target}


def _link_add(call: Call) -> Answer:
    number = str(call.params.get("link_object_source_number"))
    source = next((row for row in call.store.tables.tickets.values() if row["number"] == number), None)
    if source is None:
        raise ApiError(404, "Couldn't find Ticket")
    target = call.store.ticket(int(call.params.get("link_object_target_value") or 0))
    call.caller.must_change(source)
    call.caller.must_change(target)
    kind = str(call.params.get("link_type"))
    link = Link(call.store.next_id(), kind, source["id"], target["id"])
    if any((old.kind, old.source, old.target) == (kind, link.source, link.target) for old in call.store.tables.links):
        if call.store.version is Version.OLD:
            raise ApiError(422, "This object already exists.")
        return answer({"id": None}, 201)
    call.store.tables.links.append(link)
    for row in (source, target):
        call.store.touch(row["id"])
    return answer({"id": link.id}, 201)


def _link_remove(call: Call) -> Answer:
    source, target = call.params.get("link_object_source_value"), call.params.get("link_object_target_value")
    ends = (int(source or 0), int(target or 0))
    gone = [link for link in call.store.tables.links if (link.source, link.target) == ends]
    call.store.tables.links = [link for link in call.store.tables.links if link not in gone]
    return answer([link.id for link in gone], 201)


def _me(call: Call) -> Answer:
    return answer(user_row(call.caller.user))


def _groups(call: Call) -> Answer:
    groups = call.store.tables.groups.values()
    return answer([{"id": group.id, "name": group.name, "active": True} for group in groups])


def _user(call: Call) -> Answer:
    """Anybody's for agents, one's own for customers."""
    wanted = int(call.path[0])
    if not call.caller.agent and wanted != call.caller.user.id:
        raise ApiError(403, "Not authorized")
    if wanted not in call.store.tables.users:
        raise ApiError(404, f"Couldn't find User with 'id'={wanted}")
    return answer(user_row(call.store.tables.users[wanted]))


def _user_create(call: Call) -> Answer:
    email = str(call.params.get("email") or "")
    if not MAIL.fullmatch(email):
        raise ApiError(422, f"Invalid email '{email}'")
    if call.store.user_by(email):
        raise ApiError(422, f"Email address '{email}' is already used for another user.")
    names = str(call.params.get("firstname", "")), str(call.params.get("lastname", ""))
    return answer(user_row(new_user(call.store, email, *names)), 201)


ROUTES = (
    Route("GET", r"tags", _tags),
    Route("POST", r"tags/add", _tag_add, ("ticket.agent",)),
    Route("DELETE", r"tags/remove", _tag_remove, ("ticket.agent",)),
    Route("GET", r"links", _links),
    Route("POST", r"links/add", _link_add, ("ticket.agent",)),
    Route("DELETE", r"links/remove", _link_remove, ("ticket.agent",)),
    Route("GET", r"users/me", _me, ("ticket.agent", "ticket.customer", "admin")),
    Route("GET", r"groups", _groups, ("admin.group",)),
    Route("GET", r"users/(\d+)", _user),
    Route("POST", r"users", _user_create, ("ticket.agent", "admin.user")),
)
