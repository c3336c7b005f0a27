"""Search, tags and links (lines 33 to 37)."""

from typing import Any

import pytest

from channels.zammad.double.conftest import Client
from servers.zammad import ZammadDouble
from servers.zammad.answers import stamp


def search(call: Client, **asked: Any) -> list[Any]:
    reply = call("POST", "tickets/search", {"expand": True} | asked)
    assert reply.status == 200
    return [row["title"] for row in reply.json]


def test_34_sorting(old: ZammadDouble, call: Client) -> None:
    for title, priority in (("b", 2), ("a", 2), ("c", 1)):
        old.add_ticket(title, priority_id=priority)
    assert search(call) == ["c", "a", "b"]
    assert search(call, sort_by="title", order_by="asc") == ["a", "b", "c"]
    assert search(call, sort_by=["priority_id", "title"], order_by=["desc", "asc"]) == ["a", "b", "c"]
    assert call("POST", "tickets/search", {"sort_by": "nope"}).status == 500


def test_35_a_query_without_index_finds_substrings_only(old: ZammadDouble, call: Client) -> None:
    old.add_article(old.add_ticket("Deploy 11"), body="please on Tuesday")
    old.add_ticket("Deploy 12, without articles")
    assert search(call, query="tuesday") == search(call, query="Deploy") == ["Deploy 11"]
    assert search(call, query="state.name:new") == []


def test_35_a_condition_is_sql_and_both_ends_are_inclusive(old: ZammadDouble, call: Client) -> None:
    rows = [old.add_ticket(title) for title in ("a", "b", "c")]
    middle = stamp(rows[1]["updated_at"])
    since = {"ticket.updated_at": {"operator": "after (absolute)", "value": middle}}
    until = {"ticket.updated_at": {"operator": "before (absolute)", "value": middle}}
    assert search(call, condition=since, sort_by="id", order_by="asc") == ["b", "c"]
    assert search(call, condition=until, sort_by="id", order_by="asc") == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "operator", "value", "found"),
    [
        pytest.param("ticket.title", "is", ["Deploy 11"], ["Deploy 11"], id="is"),
        pytest.param("ticket.title", "is not", "Deploy 11", ["Other"], id="is not"),
        pytest.param("ticket.title", "contains", "EPLO", ["Deploy 11"], id="contains"),
        pytest.param("ticket.title", "starts with", "oth", ["Other"], id="starts with"),
        pytest.param("ticket.tags", "contains one", "urgent, dull", ["Deploy 11"], id="one tag of two"),
        pytest.param("ticket.tags", "contains all", "urgent, dull", [], id="both tags"),
    ],
)
def test_operators(old: ZammadDouble, call: Client, name: str, operator: str, value: object, found: list[str]) -> None:
    row = old.add_ticket("Deploy 11")
    old.add_ticket("Other")
    call("POST", "tags/add", {"object": "Ticket", "o_id": row["id"], "item": "urgent"})
    assert search(call, condition={name: {"operator": operator, "value": value}}) == found


@pytest.mark.parametrize(
    "condition",
    [{"ticket.title": {"operator": "sounds like", "value": "x"}}, {"ticket.nope": {"operator": "is", "value": "x"}}],
)
def test_unknown_operators_and_columns_are_500(call: Client, old: ZammadDouble, condition: object) -> None:
    old.add_ticket()
    assert call("POST", "tickets/search", {"condition": condition}).status == 500


def test_the_shape_without_expand_changed(old: ZammadDouble, new: ZammadDouble) -> None:
    for double in (old, new):
        double.add_ticket("Deploy 11")
    before, after = (Client(double)("POST", "tickets/search", {"condition": {}}).json for double in (old, new))
    assert set(before) == {"tickets", "tickets_count", "assets"}
    assert [row["title"] for row in after] == ["Deploy 11"]


def test_36_tags(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    tag = {"object": "Ticket", "o_id": row["id"], "item": "urgent"}
    before = row["updated_at"]
    first, second = call("POST", "tags/add", tag), call("POST", "tags/add", tag)
    assert (first.status, first.json, second.status, second.json) == (201, True, 201, True)
    assert call("GET", f"tags?object=Ticket&o_id={row['id']}").json["tags"] == ["urgent"]
    assert old.store.ticket(row["id"])["updated_at"] > before
    assert call("POST", "tags/add", tag | {"o_id": 4242}).status == 404
    old.store.tag_new = False
    assert call("POST", "tags/add", tag | {"item": "brand new"}).status == 403
    assert call("DELETE", "tags/remove", tag).json is True
    assert call("GET", f"tags?object=Ticket&o_id={row['id']}").json["tags"] == []


def link(source: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    ends = {"link_object_source_number": source["number"], "link_object_target_value": target["id"]}
    return {"link_type": "normal", "link_object_source": "Ticket", "link_object_target": "Ticket"} | ends


def test_37_a_link_given_twice(old: ZammadDouble, new: ZammadDouble) -> None:
    for double, status in ((old, 422), (new, 201)):
        body = link(double.add_ticket("a"), double.add_ticket("b"))
        assert Client(double)("POST", "links/add", body).status == 201
        second = Client(double)("POST", "links/add", body)
        assert second.status == status
        assert second.json.get("id") is None
        assert Client(double)("POST", "links/add", body | {"link_object_source_number": "0815"}).status == 404


def test_37_links_to_what_one_may_not_see_are_hidden(old: ZammadDouble, call: Client) -> None:
    row, other = old.add_ticket("a"), old.add_ticket("b")
    call("POST", "links/add", link(row, other))
    path = f"links?link_object=Ticket&link_object_value={row['id']}"
    assert len(call("GET", path).json["links"]) == 1
    old.store.ticket(other["id"])["group_id"] = old.add_group("Management").id
    assert call("GET", path).json["links"] == []


def test_a_link_is_removed_by_ids_only(old: ZammadDouble, call: Client) -> None:
    row, other = old.add_ticket("a"), old.add_ticket("b")
    call("POST", "links/add", link(row, other))
    by_number = call("DELETE", "links/remove", link(row, other))
    assert (by_number.status, by_number.json) == (201, [])
    assert len(old.store.tables.links) == 1
    call("DELETE", "links/remove", link(row, other) | {"link_object_source_value": row["id"]})
    assert old.store.tables.links == []


def test_users_are_unique_by_address(call: Client) -> None:
    assert call("POST", "users", {"email": "max@example.org"}).status == 201
    reply = call("POST", "users", {"email": "max@example.org"})
    assert reply.error == "Email address 'max@example.org' is already used for another user."
    assert [user["email"] for user in call("GET", "users/search?query=max").json] == ["max@example.org"]
