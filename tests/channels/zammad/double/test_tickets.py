"""Creating, changing, merging tickets (lines 7 to 16, 18, 26 to 33, 38)."""

from typing import Any

import pytest

from channels.zammad.double.conftest import Client
from servers.zammad import ZammadDouble
from servers.zammad.store import NOBODY


def ticket(**given: Any) -> dict[str, Any]:
    base = {"title": "Deploy", "group": "Deployments", "customer": "rosa@partner.example.com"}
    return base | {"article": {"body": "please"}} | given


def test_7_without_a_group(call: Client) -> None:
    body = {"title": "Deploy", "customer": "rosa@partner.example.com"}
    reply = call("POST", "tickets", body)
    assert (reply.status, reply.error) == (422, "The required value 'group_id' is missing.")


def test_8_unknown_group_name_and_id(call: Client) -> None:
    assert call("POST", "tickets", ticket(group="nope")).error == "No lookup value found for 'group': \"nope\""
    assert call("POST", "tickets", {"title": "Deploy", "group_id": 4242, "customer_id": 4}).status == 500


def test_9_group_without_the_right_to_create(old: ZammadDouble, call: Client) -> None:
    old.bot.groups[old.group.id] = {"read", "change"}
    assert call("POST", "tickets", ticket()).status == 403


@pytest.mark.parametrize("article", [{"type": "note"}, {"body": " "}, {"body": ""}, "text"])
def test_10_a_bad_article_leaves_no_ticket(old: ZammadDouble, call: Client, article: object) -> None:
    reply = call("POST", "tickets", ticket(article=article))
    assert (reply.status, reply.error) == (422, "Need at least an 'article body' field.")
    assert old.store.tables.tickets == {}


def test_11_no_article_at_all(call: Client) -> None:
    reply = call("POST", "tickets", ticket(article=None))
    assert (reply.status, reply.json["article_ids"]) == (201, [])


@pytest.mark.parametrize("owner", [0, 99999])
def test_12_an_owner_who_does_not_exist(call: Client, owner: int) -> None:
    reply = call("POST", "tickets", ticket(owner_id=owner))
    assert (reply.status, reply.error) == (422, f"Invalid value for param 'owner_id': {owner}")


@pytest.mark.parametrize("owner", ["", None])
def test_12_no_owner_is_nobody(call: Client, owner: str | None) -> None:
    assert call("POST", "tickets", ticket(owner_id=owner)).json["owner_id"] == NOBODY


def test_an_owner_without_full_rights_is_reset(old: ZammadDouble, call: Client) -> None:
    reader = old.add_user("ada@example.com", roles={"Agent"}, groups=(old.group,), rights={"read"})
    assert call("POST", "tickets", ticket(owner_id=reader.id)).json["owner_id"] == NOBODY
    assert call("POST", "tickets", ticket(owner_id=old.bot.id)).json["owner_id"] == old.bot.id


def test_13_guessed_customers(old: ZammadDouble, call: Client) -> None:
    first = call("POST", "tickets", ticket(customer=None, customer_id="guess:new@example.org"))
    second = call("POST", "tickets", ticket(customer=None, customer_id="guess:new@example.org"))
    assert first.json["customer_id"] == second.json["customer_id"] not in {old.bot.id, old.customer.id}
    reply = call("POST", "tickets", ticket(customer=None, customer_id="guess:garbage"))
    assert (reply.status, reply.json) == (422, {"error": "Invalid email 'garbage' of customer"})


def test_14_a_customer_given_as_a_hash_is_created(old: ZammadDouble, call: Client) -> None:
    reply = call("POST", "tickets", ticket(customer={"email": "max@example.org", "firstname": "Max"}))
    assert old.store.tables.users[reply.json["customer_id"]].firstname == "Max"


def test_15_attachments_are_base64(call: Client) -> None:
    def with_file(data: str) -> dict[str, Any]:
        file = {"filename": "a.txt", "data": data, "mime-type": "text/plain"}
        return ticket(article={"body": "please", "attachments": [file]})

    reply = call("POST", "tickets", with_file("%%%"))
    assert (reply.status, reply.error) == (422, "Invalid base64 for attachment with index '0'")
    assert call("POST", "tickets", with_file("dHlwZTog\nY29kZQ==\n")).status == 201
    assert call("POST", "tickets", ticket(article={"body": "x", "attachments": [{"data": "eA=="}]})).status == 422


def test_16_links_on_create_show_the_other_side(old: ZammadDouble, call: Client) -> None:
    known = old.add_ticket()
    reply = call("POST", "tickets", ticket(links={"Ticket": {"parent": [known["id"]]}}))
    (link,) = call("GET", f"links?link_object=Ticket&link_object_value={reply.json['id']}").json["links"]
    assert (link["link_type"], link["link_object_value"]) == ("child", known["id"])


def test_18_customers_see_their_own_and_their_organisations(old: ZammadDouble, call: Client) -> None:
    colleague = old.add_user("max@partner.example.com", organization_id=7)
    old.add_token(old.customer, "rosa", "ticket.customer")
    row = old.add_ticket(customer_id=colleague.id)
    assert call("GET", f"tickets/{row['id']}", Authorization="Token token=rosa").status == 403
    old.customer.organization_id = 7
    assert call("GET", f"tickets/{row['id']}", Authorization="Token token=rosa").status == 200


def test_26_pending_needs_its_time_and_loses_it(old: ZammadDouble, call: Client) -> None:
    path = f"tickets/{old.add_ticket()['id']}?expand=true"
    assert call("PUT", path, {"state": "pending reminder"}).status == 422
    reply = call("PUT", path, {"state": "pending reminder", "pending_time": "2026-12-01T10:00:42Z"})
    assert reply.json["pending_time"] == "2026-12-01T10:00:00.000Z"
    assert call("PUT", path, {"state": "open"}).json["pending_time"] is None


@pytest.mark.parametrize("state", ["new", "merged"])
def test_27_states_nobody_may_set(old: ZammadDouble, call: Client, state: str) -> None:
    row = old.add_ticket(state_id=2)
    assert call("PUT", f"tickets/{row['id']}", {"state": state}).status == 422
    assert old.store.ticket(row["id"])["state_id"] == 2


def test_closing_is_stamped(old: ZammadDouble, call: Client) -> None:
    reply = call("PUT", f"tickets/{old.add_ticket()['id']}?expand=true", {"state": "closed"})
    assert reply.json["state"] == "closed"
    assert reply.json["close_at"] == reply.json["last_close_at"] is not None


def test_28_the_number_stays(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    assert call("PUT", f"tickets/{row['id']}", {"number": "1"}).json["number"] == row["number"]


def test_29_preferences_are_merged(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket(preferences={"a": 1, "b": {"c": 2}})
    reply = call("PUT", f"tickets/{row['id']}", {"preferences": {"b": {"d": 3}}})
    assert reply.json["preferences"] == {"a": 1, "b": {"d": 3}}


def test_30_attributes_and_article_are_one_transaction(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    before = dict(row)
    assert call("PUT", f"tickets/{row['id']}", {"state": "open", "article": {"body": " "}}).status == 422
    assert old.store.ticket(row["id"]) == before
    assert (
        call("PUT", f"tickets/{row['id']}", {"state": "open", "dpl_key": "k-1", "article": {"body": "x"}}).status == 200
    )
    changed = old.store.ticket(row["id"])
    assert (changed["state_id"], changed["dpl_key"], changed["article_count"]) == (2, "k-1", 1)


def test_31_only_what_changes_something_touches(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    before = row["updated_at"]
    call("PUT", f"tickets/{row['id']}", {"title": row["title"]})
    assert old.store.ticket(row["id"])["updated_at"] == before
    call("POST", "ticket_articles", {"ticket_id": row["id"], "body": "a note"})
    assert old.store.ticket(row["id"])["updated_at"] > before


def test_32_tickets_are_deleted_by_admins_only(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    reply = call("DELETE", f"tickets/{row['id']}")
    assert (reply.status, reply.error) == (403, "Not authorized (admin permission required)!")


def test_33_caps_apply_silently(old: ZammadDouble, call: Client) -> None:
    for n in range(210):
        old.add_ticket(f"Deploy {n}")
    ids = [row["id"] for row in call("GET", "tickets?per_page=500").json]
    assert len(ids) == 100
    assert ids == sorted(ids)
    assert len(call("POST", "tickets/search", {"condition": {}, "per_page": 1000, "expand": True}).json) == 200
    assert len(call("GET", "tickets/search?limit=3&per_page=5&expand=true").json) == 5
    assert call("GET", "tickets?page=0").status == 422


def test_38_merging(old: ZammadDouble, call: Client) -> None:
    source, target = old.add_ticket("source"), old.add_ticket("target")
    article = old.add_article(source)
    assert call("PUT", f"ticket_merge/{source['id']}/0815").json["result"] == "failed"
    hidden = old.add_ticket(group_id=old.add_group("Management").id)
    assert call("PUT", f"ticket_merge/{source['id']}/{hidden['number']}").status == 403
    assert call("PUT", f"ticket_merge/{source['id']}/{source['number']}").status == 422
    assert call("PUT", f"ticket_merge/{source['id']}/{target['number']}").json["result"] == "success"
    assert [row["id"] for row in call("GET", f"ticket_articles/by_ticket/{target['id']}").json] == [article["id"]]
    assert call("GET", f"tickets/{source['id']}?expand=true").json["state"] == "merged"
    (link,) = call("GET", f"links?link_object=Ticket&link_object_value={source['id']}").json["links"]
    assert (link["link_type"], link["link_object_value"]) == ("parent", target["id"])


def test_38_a_follow_up_by_mail_lands_in_the_target(old: ZammadDouble) -> None:
    source, target = old.add_ticket("source"), old.add_ticket("target")
    old.merge(source, target)
    mail = f"From: rosa@partner.example.com\nSubject: Re: [Ticket#{source['number']}]\n\nmore".encode()
    assert old.receive_mail(mail)["ticket_id"] == target["id"]


def test_formats(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    path = f"tickets/{row['id']}"
    assert "article_ids" not in call("GET", path).json
    assert "article_ids" in call("PUT", path, {}).json
    expanded = call("GET", f"{path}?expand=true").json
    assert (expanded["group"], expanded["state"], expanded["owner"]) == ("Deployments", "new", "-")
    assert expanded["customer"] == "rosa@partner.example.com"
    assert set(call("GET", f"{path}?full=true").json) == {"id", "assets"}
    assert expanded["updated_at"][-5:-4] == "." and expanded["updated_at"].endswith("Z")  # noqa: PT018


def test_unknown_attributes_are_dropped_and_long_ones_refused(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    assert "dpl_kee" not in call("PUT", f"tickets/{row['id']}", {"dpl_kee": "typo"}).json
    reply = call("PUT", f"tickets/{row['id']}", {"dpl_key": "k" * 121})
    assert (reply.status, reply.error) == (422, "Dpl key is longer than the allowed length 120")
    assert call("POST", "tickets", ticket(tags=["a", "b"])).status == 500
