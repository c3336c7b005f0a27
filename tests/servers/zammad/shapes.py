"""How rows are written as JSON: plain, expanded, full; alike in both versions unless said."""

from typing import Any

from servers.zammad.store import PRIORITIES, SENDERS, STATES, TYPES, Row, Store, User


def columns(row: Row) -> Row:
    """The columns of a row; keys that begin with `_` are the double's own."""
    return {key: value for key, value in row.items() if not key.startswith("_")}


def ticket_plain(store: Store, ticket: Row) -> Row:
    """What GET answers without parameters."""
    del store
    return columns(ticket)


def ticket_with_ids(store: Store, ticket: Row) -> Row:
    """What POST and PUT answer without parameters."""
    ids = [row["id"] for row in store.articles_of(ticket["id"])]
    return columns(ticket) | {"article_ids": ids, "ticket_time_accounting_ids": []}


def ticket_expanded(store: Store, ticket: Row) -> Row:
    """With names beside the ids."""
    articles = store.articles_of(ticket["id"])
    return ticket_with_ids(store, ticket) | {
        "group": store.tables.groups[ticket["group_id"]].name,
        "state": STATES[ticket["state_id"]],
        "priority": PRIORITIES[ticket["priority_id"]],
        "owner": login(store, ticket["owner_id"]),
        "customer": login(store, ticket["customer_id"]),
        "created_by": login(store, ticket["created_by_id"]),
        "updated_by": login(store, ticket["updated_by_id"]),
        "organization": store.tables.organizations.get(ticket["organization_id"]),
        "create_article_type": TYPES[articles[0]["type_id"]] if articles else None,
        "create_article_sender": SENDERS[articles[0]["sender_id"]] if articles else None,
    }


def ticket_full(store: Store, ticket: Row) -> Row:
    """The id and the assets."""
    return {"id": ticket["id"], "assets": assets(store, [ticket])}


def assets(store: Store, tickets: list[Row]) -> Row:
    """Objects by kind and id."""
    return {"Ticket": {str(ticket["id"]): ticket_with_ids(store, ticket) for ticket in tickets}}


def article_with_names(store: Store, article: Row) -> Row:
    """Articles always carry names and the list of their files, without content."""
    files = [columns(file) for file in article["attachments"]]
    return columns(article) | {
        "attachments": files,
        "type": TYPES[article["type_id"]],
        "sender": SENDERS[article["sender_id"]],
        "created_by": login(store, article["created_by_id"]),
        "updated_by": login(store, article["updated_by_id"]),
        "origin_by": login(store, article["origin_by_id"]) if article["origin_by_id"] else None,
    }


def user_row(user: User) -> Row:
    """A user as the API shows it."""
    return {
        "id": user.id,
        "login": user.login,
        "email": user.email,
        "firstname": user.firstname,
        "lastname": user.lastname,
        "active": user.active,
        "organization_id": user.organization_id,
        "roles": sorted(user.roles),
        "group_ids": {str(group_id): sorted(rights) for group_id, rights in user.groups.items()},
    }


def shaped(store: Store, ticket: Row, params: dict[str, Any], *, written: bool) -> Row:
    """The format a request asked for."""
    if _asked(params, "expand"):
        return ticket_expanded(store, ticket)
    if _asked(params, "full"):
        return ticket_full(store, ticket)
    return ticket_with_ids(store, ticket) if written else ticket_plain(store, ticket)


def login(store: Store, user_id: int) -> str:
    """The name under which a user is expanded."""
    return store.tables.users[user_id].login


def _asked(params: dict[str, Any], name: str) -> bool:
    return str(params.get(name, "")).lower() in {"true", "1"}
