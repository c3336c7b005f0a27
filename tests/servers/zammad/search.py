"""Search: a condition is answered from SQL; a query only by substring, for there is no index (zammad.md 5)."""

import operator
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from servers.zammad.answers import Answer, ApiError, answer
from servers.zammad.calls import Call, Route
from servers.zammad.shapes import assets, ticket_expanded, ticket_plain, user_row
from servers.zammad.store import Row, Store, Version

Test = Callable[[Any, Any], bool]

OPERATORS: dict[str, Test] = {
    "is": lambda have, want: have in _as_list(want),
    "is not": lambda have, want: have not in _as_list(want),
    "contains": lambda have, want: str(want).lower() in str(have or "").lower(),
    "starts with": lambda have, want: str(have or "").lower().startswith(str(want).lower()),
    "contains one": lambda have, want: bool(set(have) & set(_names(want))),
    "contains all": lambda have, want: set(have) >= set(_names(want)),
    "after (absolute)": lambda have, want: have is not None and operator.ge(have, _moment(want)),
    "before (absolute)": lambda have, want: have is not None and operator.le(have, _moment(want)),
}


def _search(call: Call) -> Answer:
    rows = [row for row in call.store.tables.tickets.values() if call.caller.sees(row)]
    if call.params.get("query"):
        rows = [row for row in rows if _mentions(call.store, row, str(call.params["query"]))]
    for name, test in (call.params.get("condition") or {}).items():
        rows = [row for row in rows if _holds(call.store, row, name, test)]
    rows = _sorted(rows, call.params)[call.window(50, 200)]
    return _listed(call, rows)


def _listed(call: Call, rows: list[Row]) -> Answer:
    if str(call.params.get("expand", "")).lower() == "true":
        return answer([ticket_expanded(call.store, row) for row in rows])
    if call.store.version is Version.NEW:
        return answer([ticket_plain(call.store, row) for row in rows])
    ids = [row["id"] for row in rows]
    return answer({"tickets": ids, "tickets_count": len(ids), "assets": assets(call.store, rows)})


def _holds(store: Store, row: Row, name: str, test: Row) -> bool:
    if test.get("operator") not in OPERATORS:
        raise ApiError(500, f"Invalid operator '{test.get('operator')}'", masked=True)
    column = name.removeprefix("ticket.")
    if column != "tags" and column not in row:
        raise ApiError(500, f"Unknown attribute '{name}'", masked=True)
    have = store.tables.tags.get(row["id"], []) if column == "tags" else row[column]
    return OPERATORS[test["operator"]](have, test.get("value"))


def _mentions(store: Store, row: Row, query: str) -> bool:
    """Title, number, or text of an article; a ticket without articles is never found."""
    articles = store.articles_of(row["id"])
    texts = [row["title"], row["number"]]
    texts += [str(article[key] or "") for article in articles for key in ("body", "from", "to", "subject")]
    return bool(articles) and any(query.lower() in text.lower() for text in texts)


def _sorted(rows: list[Row], params: Row) -> list[Row]:
    """By the columns asked for, the first one leading; by default the latest change first."""
    columns, orders = _as_list(params.get("sort_by") or "updated_at"), _as_list(params.get("order_by") or "desc")
    orders += [orders[-1]] * (len(columns) - len(orders))
    for column, order in reversed(list(zip(columns, orders, strict=False))):
        if rows and column not in rows[0]:
            raise ApiError(500, f"Found invalid column '{column}' for sorting.", masked=True)
        rows = sorted(rows, key=lambda row: (row[column] is not None, row[column]), reverse=order == "desc")
    return rows


def _users(call: Call) -> Answer:
    query = str(call.params.get("query") or "").lower()
    users: Iterable[Any] = call.store.tables.users.values()
    found = [user_row(user) for user in users if query in f"{user.login} {user.email} {user.name}".lower()]
    return answer(found[call.window(50, 200)])


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return list(value)
    return [value]


def _names(value: Any) -> list[str]:
    return [name.strip() for name in value.split(",")] if isinstance(value, str) else list(value)


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(str(value))


ROUTES = (
    Route("GET", r"tickets/search", _search),
    Route("POST", r"tickets/search", _search),
    Route("GET", r"users/search", _users, ("ticket.agent",)),
)
