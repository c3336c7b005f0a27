"""Who may call (lines 1 to 6), and what others see of errors."""

import base64

import pytest
import requests

from channels.zammad.double.conftest import Client
from servers.zammad import ZammadDouble


def basic(login: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


def test_1_without_credentials(call: Client) -> None:
    reply = call("GET", "tickets", Authorization="")
    assert (reply.status, reply.error, reply.headers["X-Failure"]) == (403, *["Authentication required"] * 2)


def test_2_unknown_token(call: Client) -> None:
    reply = call("GET", "tickets", Authorization="Token token=nope")
    assert (reply.status, reply.error) == (401, "Can't find User for Token")


def test_3_expired_token(old: ZammadDouble, call: Client) -> None:
    old.add_token(old.bot, "aged", "ticket.agent", expired=True)
    reply = call("GET", "tickets", Authorization="Token token=aged")
    assert (reply.status, reply.error) == (401, "Not authorized (token expired)!")


def test_4_token_without_the_permission(old: ZammadDouble, new: ZammadDouble) -> None:
    for double, text in ((old, "Not authorized (token)!"), (new, "Token authorization failed.")):
        double.add_token(double.bot, "weak")
        reply = Client(double)("POST", "tickets", {}, Authorization="Token token=weak")
        assert (reply.status, reply.error) == (403, text)


def test_4_token_gives_no_more_than_the_user_has(old: ZammadDouble, call: Client) -> None:
    old.add_token(old.customer, "proud", "admin", "ticket.customer")
    assert call("GET", "groups", Authorization="Token token=proud").status == 403


@pytest.mark.parametrize("form", ["Token token={}", 'Token token="{}"', "Token {}", "Bearer {}"])
def test_every_form_of_the_token_is_taken(old: ZammadDouble, call: Client, form: str) -> None:
    assert call("GET", "users/me", Authorization=form.format(old.token)).json["id"] == old.bot.id


def test_5_passwords(old: ZammadDouble, call: Client) -> None:
    old.bot.password = "right"
    assert call("GET", "users/me", Authorization=basic("bot@example.com", "right")).status == 200
    reply = call("GET", "users/me", Authorization=basic("bot@example.com", "wrong"))
    assert (reply.status, reply.error) == (401, "Invalid BasicAuth credentials")
    old.store.password_access = False
    assert call("GET", "users/me", Authorization=basic("bot@example.com", "right")).status == 401


def test_6_on_behalf_needs_an_admin(old: ZammadDouble, call: Client) -> None:
    body = {"title": "Deploy", "group": "Deployments", "article": {"body": "please", "type": "web"}}
    assert call("POST", "tickets", body, From="rosa@partner.example.com").status == 403
    admin = old.add_user("root@example.com", roles={"Admin", "Agent"})
    old.add_token(admin, "admin", "admin")
    reply = call("POST", "tickets", body, Authorization="Token token=admin", From="rosa@partner.example.com")
    assert (reply.status, reply.json["created_by_id"]) == (201, old.customer.id)
    unknown = call("POST", "tickets", body, Authorization="Token token=admin", From="nobody@example.com")
    assert (unknown.status, unknown.error) == (403, "No such user 'nobody@example.com'")


def test_groups_and_all_articles_are_for_admins(call: Client) -> None:
    assert call("GET", "groups").status == call("GET", "ticket_articles").status == 403


def test_maintenance_lets_only_admins_in(old: ZammadDouble, call: Client) -> None:
    old.store.maintenance = True
    reply = call("GET", "tickets")
    assert (reply.status, reply.error) == (403, "Maintenance mode enabled!")
    old.add_token(old.add_user("root@example.com", roles={"Admin"}), "admin", "admin")
    assert call("GET", "users/me", Authorization="Token token=admin").status == 200


def test_errors_are_masked_for_all_but_admins(old: ZammadDouble, call: Client) -> None:
    row = old.add_ticket()
    reply = call("PUT", f"tickets/{row['id']}", {"state": "pending reminder"})
    assert reply.status == 422
    assert reply.error.startswith("Error ID ")
    assert "error_human" not in reply.json
    admin = old.add_user("root@example.com", roles={"Admin", "Agent"}, groups=(old.group,))
    old.add_token(admin, "admin", "admin", "ticket.agent")
    reply = call("PUT", f"tickets/{row['id']}", {"state": "pending reminder"}, Authorization="Token token=admin")
    assert (reply.status, reply.error) == (422, "Missing required value for field 'pending_time'!")


def test_unknown_routes_and_objects_are_404(call: Client) -> None:
    assert call("GET", "nowhere").error == "No route matches [GET] /api/v1/nowhere"
    reply = call("GET", "tickets/4242")
    assert (reply.status, reply.error) == (404, "Couldn't find Ticket with 'id'=4242")


def test_a_body_that_is_no_json_is_a_500(old: ZammadDouble) -> None:
    headers = {"Authorization": f"Token token={old.token}", "Content-Type": "application/json"}
    reply = requests.post(old.url + "/api/v1/tickets", data=b"{", headers=headers, timeout=10)
    assert reply.status_code == 500
