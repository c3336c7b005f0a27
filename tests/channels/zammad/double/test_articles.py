"""Articles and mails (lines 17, 19 to 25, 32)."""

import pytest

from channels.zammad.double.conftest import Client
from servers.zammad import ZammadDouble


def test_17_what_a_customer_posts_is_a_public_note(old: ZammadDouble, call: Client) -> None:
    old.add_token(old.customer, "rosa", "ticket.customer")
    body = {"ticket_id": old.add_ticket()["id"], "body": "x", "type": "email", "internal": True, "sender": "Agent"}
    reply = call("POST", "ticket_articles", body, Authorization="Token token=rosa")
    assert reply.status == 201
    assert (reply.json["type"], reply.json["internal"], reply.json["sender"]) == ("note", False, "Customer")


def test_19_internal_articles_are_hidden_from_customers(old: ZammadDouble, call: Client) -> None:
    old.add_token(old.customer, "rosa", "ticket.customer")
    row = old.add_ticket()
    shown = old.add_article(row, old.bot)
    hidden = old.add_article(row, old.bot, internal=True)
    rosa = "Token token=rosa"
    listed = call("GET", f"ticket_articles/by_ticket/{row['id']}", Authorization=rosa).json
    assert [article["id"] for article in listed] == [shown["id"]]
    assert call("GET", f"ticket_articles/{hidden['id']}", Authorization=rosa).status == 403


def test_20_an_agents_note_carries_the_name_and_changes_no_state(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    reply = call("POST", "ticket_articles", {"ticket_id": row["id"], "body": "x"})
    assert (reply.json["from"], reply.json["type"], reply.json["content_type"]) == ("Dpl Bot", "note", "text/plain")
    assert old.store.ticket(row["id"])["state_id"] == 1


def test_21_preferences_are_kept_and_later_only_flags_change(old: ZammadDouble, call: Client) -> None:
    body = {"ticket_id": old.add_ticket()["id"], "body": "x", "preferences": {"some_key": {"deep": 1}}}
    article = call("POST", "ticket_articles", body).json
    assert article["preferences"] == {"some_key": {"deep": 1}}
    change = {"body": "y", "internal": True, "preferences": {"some_key": 2, "highlight": "yes"}}
    changed = call("PUT", f"ticket_articles/{article['id']}", change).json
    assert (changed["body"], changed["internal"]) == ("x", True)
    assert changed["preferences"] == {"some_key": {"deep": 1}, "highlight": "yes"}


def test_22_a_mail_gets_sender_id_and_subject_from_the_server(old: ZammadDouble, call: Client) -> None:
    body = {"ticket_id": old.add_ticket("Deploy 11")["id"], "body": "x", "type": "email", "to": "a@example.com"}
    reply = call("POST", "ticket_articles", body | {"from": "eve@example.com", "message_id": "<mine@example.com>"})
    assert reply.json["from"] == '"Dpl Bot via Deployments" <deploy@desk.example.com>'
    assert (reply.json["subject"], reply.json["message_id"] == "<mine@example.com>") == ("Deploy 11", False)


def test_a_note_keeps_its_message_id_and_nothing_is_unique(old: ZammadDouble, call: Client) -> None:
    body = {"ticket_id": old.add_ticket()["id"], "body": "x", "message_id": "<mine@example.com>"}
    ids = {call("POST", "ticket_articles", body).json["id"] for _ in range(3)}
    assert len(ids) == 3


def test_23_a_group_without_address_cannot_mail(old: ZammadDouble, call: Client) -> None:
    old.group.address = None
    body = {"ticket_id": old.add_ticket()["id"], "body": "x", "type": "email", "to": "a@example.com"}
    reply = call("POST", "ticket_articles", body)
    assert (reply.status, reply.error[:9]) == (500, "Error ID ")


def test_24_a_mail_without_recipient(old: ZammadDouble, new: ZammadDouble) -> None:
    for double, status in ((old, 201), (new, 422)):
        body = {"ticket_id": double.add_ticket()["id"], "body": "x", "type": "email"}
        assert Client(double)("POST", "ticket_articles", body).status == status


@pytest.mark.parametrize(("internal", "state"), [(False, "open"), (True, "new")])
def test_25_a_public_agent_mail_opens_the_ticket(old: ZammadDouble, call: Client, internal: bool, state: str) -> None:
    row = old.add_ticket()
    body = {"ticket_id": row["id"], "body": "x", "type": "email", "to": "a@example.com", "internal": internal}
    call("POST", "ticket_articles", body)
    shown = call("GET", f"tickets/{row['id']}?expand=true").json
    assert (shown["state"], shown["first_response_at"] is None) == (state, internal)


def test_32_what_was_said_in_public_stays(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    mail = old.add_article(row, old.bot, type="email", to="a@example.com")
    note = old.add_article(row, old.bot, type="note")
    reply = call("DELETE", f"ticket_articles/{mail['id']}")
    assert (reply.status, reply.error) == (403, "communication articles cannot be deleted")
    assert call("DELETE", f"ticket_articles/{note['id']}").status == 200
    foreign = old.add_article(row, type="note")
    assert call("DELETE", f"ticket_articles/{foreign['id']}").status == 403


def test_delivery_touches_the_ticket_again_and_failure_is_noted(old: ZammadDouble) -> None:
    row = old.add_ticket()
    mail = old.add_article(row, old.bot, type="email", to="a@example.com")
    before = old.store.ticket(row["id"])["updated_at"]
    old.deliver_mails(fails=True)
    assert old.store.ticket(row["id"])["updated_at"] > before
    assert old.store.article(mail["id"])["preferences"]["delivery_status"] == "fail"
    report = old.articles(row)[-1]
    assert (report["sender_id"], report["internal"], report["preferences"]["delivery_message"]) == (3, True, True)
    assert old.store.ticket(row["id"])["article_count"] == 1


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        "List-Unsubscribe: <x>",
        "X-Loop: yes",
    ],
)
def test_automatic_mail_is_marked(old: ZammadDouble, header: str) -> None:
    mail = f"From: rosa@partner.example.com\nSubject: away\n{header}\n\nI am away".encode()
    assert old.receive_mail(mail)["preferences"] == {"is-auto-response": True, "send-auto-response": False}
    assert old.receive_mail(mail.replace(header.encode(), b"X-Other: 1"))["preferences"] == {}


def test_a_follow_up_reopens(old: ZammadDouble) -> None:
    row = old.add_ticket(state_id=4)
    old.receive_mail(f"From: rosa@partner.example.com\nSubject: Re: Ticket#{row['number']}\n\nmore".encode())
    assert old.store.ticket(row["id"])["state_id"] == 2
