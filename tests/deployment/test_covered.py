"""Which tickets are named as covered, and whose a ticket is (RUN-6)."""

import pytest

from deployment.rules.build import CUSTOMER
from dplmaild.deployment.covered import is_theirs, numbers_of
from dplmaild.deployment.customer import Contact, Customer
from dplmaild.deployment.terms import Side

HOOK = "Ticket#"


@pytest.mark.parametrize(
    ("entries", "numbers"),
    [
        pytest.param(["10042"], ["10042"], id="the bare number"),
        pytest.param(["#10042", "10043"], ["10042", "10043"], id="with and without a mark"),
        pytest.param(["Ticket#10042 Search is slow"], ["10042"], id="as the ticket system writes it"),
        pytest.param(["[Ticket#10042] Search"], ["10042"], id="in brackets"),
        pytest.param(["ticket 10042", "Tiquet 10043", "Ticket Nr. 10044"], ["10042", "10043", "10044"], id="in words"),
        pytest.param(["10042 Search is slow"], ["10042"], id="before its title"),
        pytest.param(["Search is slow (#10042)"], ["10042"], id="behind its title"),
        pytest.param(["Search is slow Ticket#7"], ["7"], id="the hook marks it anywhere, however short"),
        pytest.param(["#10042 and #10043", "10044 y 10045"], ["10042", "10043", "10044", "10045"], id="two in one"),
        pytest.param(["10042 i 10043", "10044 und 10045"], ["10042", "10043", "10044", "10045"], id="in ca and de"),
        pytest.param(["#10042", "10042", "Ticket#10042"], ["10042"], id="the same three times"),
        pytest.param(["202611300001"], ["202611300001"], id="numbers made of dates"),
        pytest.param(["mail from Ann of 3 Nov 2026"], [], id="a mail"),
        pytest.param(["Mail von Ann, 20.11.2026"], [], id="a mail with its date"),
        pytest.param(["2026-11-20 mail from Ann"], [], id="a date first"),
        pytest.param(["2 fixes for the search"], [], id="a count is no number"),
        pytest.param(["ES-7412280 Ajustar el alta"], [], id="another system's key"),
        pytest.param(["INC-10042", "JIRA#10042"], [], id="another system's number"),
        pytest.param(["Search in 10042 articles"], [], id="a number in a title"),
        pytest.param(["see pull request #10042"], [], id="a mark in the middle of a sentence"),
        pytest.param(["10042 3000 articles"], ["10042"], id="what follows a number is its title"),
        pytest.param(["#", "Ticket#", "#12a", "", "  "], [], id="marks without a number"),
        pytest.param(["1" * 21], [], id="longer than any number"),
        pytest.param(["\u0661\u0662\u0663\u0664\u0665"], [], id="digits of another script"),
    ],
)
def test_numbers_that_are_named(entries: list[str], numbers: list[str]) -> None:
    assert list(numbers_of(entries, HOOK)) == numbers


def test_a_desk_has_its_own_hook() -> None:
    entries = ["ES-7412280 Ajustar el alta", "es-7412104", "Ticket#10042"]
    assert numbers_of(entries, "ES-") == ("7412280", "7412104")


def test_without_a_hook_only_marks_and_places_count() -> None:
    assert numbers_of(["10042", "Search Ticket#7", "#10043"], "") == ("10042", "10043")


def test_an_endless_entry_is_looked_at_only_at_its_beginning() -> None:
    assert numbers_of(["10042, " * 10_000 + "10043"], HOOK) == ("10042",)


ANN, BEN = Contact(address="ann@agency.example.net", side=Side.PARTNER), Contact(address="ben@acme.example.com")
DORA, EVE = Contact(address="dora@agency.example.net", side=Side.PARTNER), Contact(address="eve@beta.example.com")


def who(name: str, *contacts: Contact, domains: tuple[str, ...]) -> Customer:
    return CUSTOMER.model_copy(update={"id": name.lower(), "name": name, "contacts": contacts, "domains": domains})


ACME = who("Acme", ANN, BEN, domains=("acme.example.com", "agency.example.net"))
BETA = who("Beta", ANN, DORA, EVE, domains=("beta.example.com", "agency.example.net"))


@pytest.mark.parametrize(
    ("address", "organization", "theirs"),
    [
        pytest.param("ben@acme.example.com", "", True, id="a contact"),
        pytest.param("BEN@ACME.EXAMPLE.COM", "", True, id="however it is spelt"),
        pytest.param("zoe@acme.example.com", "", True, id="somebody of the customer's domain"),
        pytest.param("ann@agency.example.net", "", True, id="a partner who works for two customers"),
        pytest.param("ann@agency.example.net", "ACME", True, id="that partner, for this customer"),
        pytest.param("ann@agency.example.net", "Beta", False, id="that partner, for the other customer"),
        pytest.param("dora@agency.example.net", "", False, id="the partner's colleague for the other customer"),
        pytest.param("zoe@agency.example.net", "", False, id="somebody of a partner that two customers share"),
        pytest.param("eve@beta.example.com", "", False, id="the other customer"),
        pytest.param("eve@beta.example.com", "Acme", False, id="the other customer, put into this organisation"),
        pytest.param("ben@acme.example.com", "Beta", False, id="a contact, put into the other organisation"),
        pytest.param("zoe@home.example.org", "Acme", True, id="a stranger of this organisation"),
        pytest.param("zoe@home.example.org", "Agency", False, id="a stranger of an organisation nobody knows"),
        pytest.param("zoe@sub.acme.example.com", "", False, id="a subdomain"),
        pytest.param("", "", False, id="nobody"),
        pytest.param("zoe", "", False, id="no address"),
    ],
)
def test_whose_ticket_it_is(address: str, organization: str, theirs: bool) -> None:
    assert is_theirs(ACME, (ACME, BETA), address, organization) is theirs
