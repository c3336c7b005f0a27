"""The mailing list from the customer's contacts: those who are marked, and nobody else against their will (INST-9)."""

from dataclasses import replace

import pytest

from dplmaild.deployment.customer import Contact, Customer
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process import new_case
from dplmaild.deployment.recipients import lacking_on
from dplmaild.deployment.terms import State
from process.build import (
    ACME,
    ANN,
    BEN,
    INSTRUCTED,
    PROD,
    RIERA,
    answer,
    asked,
    case,
    first,
    ground,
    heard,
    only,
    order,
    the,
)

HELP = Contact(address="helpdesk@acme.example.com", name="Helpdesk", always_informed=True)
LIST = "list@acme.example.com"


def with_helpdesk(customer: Customer = ACME, *more: Contact) -> Customer:
    return customer.model_copy(update={"contacts": (*customer.contacts, HELP, *more)})


ON = ground(who=with_helpdesk())


def test_a_contact_who_is_not_marked_is_on_no_list_by_itself() -> None:
    decided = first(asked())
    assert the(decided).mailing_list == ()
    assert BEN.address not in only(decided.owed).to


def test_a_marked_contact_hears_of_the_agreed_date_though_nobody_named_it() -> None:
    said = only(first(asked(), on=ON).owed)
    assert said.kind is LetterKind.CONFIRMED
    assert said.to == (ANN.address, HELP.address)
    assert said.facts.also_informed == (HELP.address,)


def test_a_question_goes_to_who_asked_alone() -> None:
    decided = first(asked(type=None), on=ON)
    assert only(decided.owed).kind is LetterKind.ASKED
    assert only(decided.owed).to == (ANN.address,)


def test_it_gets_the_notices_of_the_day_beside_those_who_are_named() -> None:
    bound = answer(case(), INSTRUCTED, on=ON, instructs=True)
    assert only(bound.owed).to == (ANN.address, HELP.address, LIST)
    assert only(bound.owed).facts.also_informed == (HELP.address,)
    running = replace(the(bound), state=State.IN_PROGRESS)
    assert only(order(running, "/update x", on=ON).owed).to == (ANN.address, HELP.address, LIST)


def test_named_as_well_it_stands_there_once_and_needs_no_reason() -> None:
    both = replace(INSTRUCTED, mailing_list=(LIST, "HELPDESK@acme.example.com"))
    said = only(answer(case(), both, on=ON, instructs=True).owed)
    assert sorted(said.to) == sorted((ANN.address, HELP.address, LIST))
    assert said.facts.also_informed == ()


def test_it_is_a_mailing_list_where_the_instructions_name_none() -> None:
    nobody = replace(INSTRUCTED, mailing_list=())
    assert only(answer(case(), nobody, instructs=True).owed).kind is LetterKind.INSTRUCTIONS_INCOMPLETE
    assert only(answer(case(), nobody, on=ON, instructs=True).owed).kind is LetterKind.BINDING


def test_a_marked_attendant_is_not_missed_on_the_list() -> None:
    always = BEN.model_copy(update={"always_informed": True})
    on = ground(who=ACME.model_copy(update={"contacts": (ANN, always)}))
    bound = the(answer(case(), INSTRUCTED, on=on, instructs=True))
    assert lacking_on(bound, on.customer) == ()
    assert lacking_on(the(answer(case(), INSTRUCTED, instructs=True)), ACME) == ("attendant",)


def test_under_prod_too_where_no_list_is_asked_for() -> None:
    on = ground(PROD, with_helpdesk(RIERA))
    said = only(order(replace(case(State.IN_PROGRESS, on), mailing_list=(HELP.address,)), "/update x", on=on).owed)
    assert HELP.address in said.to
    assert the(first(asked(), on=on)).mailing_list == (HELP.address,)


def test_a_long_copy_takes_no_place_from_it_and_25_stay_the_most() -> None:
    crowd = tuple(f"p{n}@acme.example.com" for n in range(40))
    one = new_case(heard(asked(), copied=crowd), asked(), ON, "DPL-2026-0001")
    assert one.mailing_list[0] == HELP.address
    assert len(one.mailing_list) == 25
    said = only(answer(case(), replace(INSTRUCTED, mailing_list=crowd), on=ON, instructs=True).owed)
    assert HELP.address in said.to
    assert len(said.to) == 25


@pytest.mark.parametrize("address", ["no-reply@acme.example.com", "desk@example.net", "postmaster@acme.example.com"])
def test_a_mark_makes_nobody_writable(address: str) -> None:
    on = ground(who=with_helpdesk(ACME, Contact(address=address, always_informed=True)))
    assert address not in new_case(heard(asked()), asked(), on, "DPL-2026-0001").mailing_list
