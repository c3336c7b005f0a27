"""A ticket by its number: the very one, whose it is, and nothing that we may not see (RUN-6)."""

import pytest

from channels.zammad.conftest import Opened
from dplmaild.channels.zammad import ZammadTickets
from dplmaild.ports import PermanentError, TemporaryError, Ticket
from servers.zammad import Kind, ZammadDouble


def test_the_number_leads_to_the_ticket_and_to_whose_it_is(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    acme = desk.add_organization("Acme")
    ben = desk.add_user("Ben@Acme.Example.com", organization_id=acme)
    row = desk.add_ticket(number="10042", customer_id=ben.id)
    assert tickets.named("10042") == Ticket(row["id"], "ben@acme.example.com", "Acme", closed=False)


def test_a_login_that_is_no_address_is_not_taken_for_one(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    ben = desk.add_user("ben@acme.example.com")
    ben.login = "ben42"
    desk.add_ticket(number="10042", customer_id=ben.id)
    found = tickets.named("10042")
    assert found is not None
    assert found.customer == "ben@acme.example.com"


@pytest.mark.parametrize("number", ["1004", "100421", "010042", "10042 ", "1004%", "*", ""])
def test_only_the_exact_number_counts(desk: ZammadDouble, tickets: ZammadTickets, number: str) -> None:
    desk.add_ticket(number="10042")
    assert tickets.named(number) is None


def test_an_id_is_no_number(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    row = desk.add_ticket()
    assert tickets.named(str(row["id"])) is None
    found = tickets.named(row["number"])
    assert found is not None
    assert found.ticket_id == row["id"]


def test_a_ticket_of_a_group_that_we_do_not_poll_is_found(desk: ZammadDouble, opened: Opened) -> None:
    support = desk.add_group("Support")
    desk.bot.groups[support.id] = {"full"}
    row = desk.add_ticket(number="10042", group_id=support.id)
    found = opened(groups=("Deployments",)).named("10042")
    assert found is not None
    assert found.ticket_id == row["id"]


def test_a_ticket_that_we_may_not_see_is_as_one_that_is_not_there(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    desk.add_ticket(number="10042", group_id=desk.add_group("Board").id)
    assert tickets.named("10042") is None
    assert tickets.named("10043") is None


def test_a_merged_number_leads_to_where_its_articles_are(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    ben = desk.add_user("ben@acme.example.com")
    source, target = desk.add_ticket(number="10042"), desk.add_ticket(number="10043", customer_id=ben.id)
    desk.merge(source, target)
    assert tickets.named("10042") == tickets.named("10043") == Ticket(target["id"], "ben@acme.example.com")


def test_one_merged_into_a_ticket_out_of_sight_is_not_there(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    source, target = desk.add_ticket(number="10042"), desk.add_ticket(number="10043")
    desk.merge(source, target)
    desk.store.ticket(target["id"])["group_id"] = desk.add_group("Board").id
    assert tickets.named("10042") is None


def test_a_closed_ticket_says_so(desk: ZammadDouble, tickets: ZammadTickets) -> None:
    desk.add_ticket(number="10042", state_id=4)
    found = tickets.named("10042")
    assert found is not None
    assert found.closed


@pytest.mark.parametrize("kind", [Kind.ERROR_BEFORE, Kind.UNAVAILABLE, Kind.RESET_BEFORE, Kind.PAGE_BEFORE])
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_server_in_trouble_is_no_missing_ticket(
    desk: ZammadDouble, tickets: ZammadTickets, kind: Kind, method: str
) -> None:
    desk.add_ticket(number="10042")
    desk.fault(kind, method=method)
    with pytest.raises(TemporaryError):
        tickets.named("10042")


def test_a_wrong_token_is_no_missing_ticket(desk: ZammadDouble, opened: Opened) -> None:
    desk.add_ticket(number="10042")
    with pytest.raises(PermanentError, match="token"):
        opened(token="nobodys").named("10042")
