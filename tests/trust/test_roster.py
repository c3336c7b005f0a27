"""The directory turned round: what an address stands for."""

import pytest

from deployment.rules.build import THURINGIA, customer, ops
from dplmaild.deployment.customer import Contact, Directory, Engineer
from dplmaild.deployment.terms import Role, Side, Trust
from dplmaild.trust import Roster

ANN = Contact(address="ann@partner.example.com", name="Ann", role=Role.RELEASE_MANAGER, side=Side.PARTNER)
ANN_ELSEWHERE = Contact(address="ann@partner.example.com", name="Ann", role=Role.CONTACT, side=Side.PARTNER)
EVE = Engineer(address="eve@example.org", name="Eve", role=Role.DEPLOYMENT_MANAGER)
ACME = customer(id="acme", contacts=(ANN,), domains=("acme.example.com",))
OTHER = customer(id="other", contacts=(ANN_ELSEWHERE,), domains=())
TEAM = ops(address="ops@example.org", people=(EVE,), calendar=THURINGIA)
ONE = Roster(Directory(ops=TEAM, customers=(ACME,)))
BOTH = Roster(Directory(ops=TEAM, customers=(ACME, OTHER)))


def test_a_contact_of_one_customer_speaks_for_it() -> None:
    speaker = ONE.speaker("ann@partner.example.com", Trust.OK)
    assert (speaker.customer, speaker.role, speaker.side) == ("acme", Role.RELEASE_MANAGER, Side.PARTNER)


def test_a_contact_of_two_customers_speaks_for_neither_until_it_is_named() -> None:
    speaker = BOTH.speaker("ann@partner.example.com", Trust.OK)
    assert (speaker.customer, speaker.customers) == (None, ("acme", "other"))


def test_ops_speak_for_every_customer() -> None:
    speaker = BOTH.speaker("eve@example.org", Trust.OK)
    assert (speaker.side, speaker.role, speaker.customers) == (Side.OPS, Role.DEPLOYMENT_MANAGER, ("acme", "other"))


@pytest.mark.parametrize(
    ("address", "given", "believed"),
    [
        pytest.param("bob@partner.example.com", Trust.OK, Trust.UNKNOWN, id="a colleague who is not listed"),
        pytest.param("bob@acme.example.com", Trust.OK, Trust.UNKNOWN, id="the customer's domain is no authority"),
        pytest.param("", Trust.OK, Trust.UNKNOWN, id="no address"),
        pytest.param("bob@partner.example.com", Trust.SPOOFED, Trust.SPOOFED, id="a stranger who is spoofed as well"),
        pytest.param("ann@partner.example.com", Trust.UNVERIFIED, Trust.UNVERIFIED, id="nobody vouches for Ann"),
        pytest.param("eve@example.org", Trust.SPOOFED, Trust.SPOOFED, id="somebody claims to be OPS"),
    ],
)
def test_believed_as_far_as_the_weaker_of_both(address: str, given: Trust, believed: Trust) -> None:
    assert ONE.speaker(address, given).trust is believed
