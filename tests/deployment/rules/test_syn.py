"""A synchronisation as a deployment of its own (caas 3.3): where it lands, whose it is, and what it lies before."""

from datetime import timedelta

import pytest

from deployment.rules.build import CAAS, FULL, ICM, asked, at, blocking, broken, customer, ground, wanted
from dplmaild.deployment.bookings import Booking
from dplmaild.deployment.process.steps import with_steps
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Agreed, Ground, Standing, effective, standing, window_of
from dplmaild.deployment.rules.effective import landed, types_of
from dplmaild.deployment.terms import DeploymentType, Environment, Product, Window

SYN = DeploymentType("syn")
HALF = timedelta(hours=4, minutes=30)
IN_PLACE = customer(syn=True)


def with_uat(day: str | None, who: object = IN_PLACE) -> Ground:
    """A ground on which a UAT step is agreed on this day."""
    on = ground(who=IN_PLACE)
    uat = wanted(FULL, None, on="UAT")
    agreed = (Agreed("DPL-2026-0002", uat, Window(at(day), HALF)),) if day else ()
    return on if not agreed else Ground(on.customer, on.profile, on.calendar, on.schedule, on.ops, agreed=agreed)


@pytest.mark.parametrize(
    ("named", "lands"),
    [
        pytest.param(None, "UAT", id="not named"),
        pytest.param("UAT", "UAT", id="onto UAT"),
        pytest.param("PRD", "UAT", id="from PRD"),
        pytest.param("INT", "INT", id="onto INT"),
    ],
)
def test_where_it_lands(named: str | None, lands: str) -> None:
    said = wanted(SYN, "2026-11-30 10:00", on=named)
    assert effective(said, IN_PLACE, CAAS).environment == Environment(lands)
    assert landed(said, IN_PLACE, CAAS).environment == Environment(lands)


def test_other_types_land_where_they_did() -> None:
    said = wanted(FULL, "2026-11-30 10:00")
    assert landed(said, IN_PLACE, CAAS) == said
    assert effective(said, IN_PLACE, CAAS).environment == Environment("PRD")


def test_it_takes_four_hours_and_the_tests() -> None:
    window = window_of(wanted(SYN, "2026-11-30 10:00"), IN_PLACE, CAAS)
    assert window == Window(at("2026-11-30 10:00"), HALF)


def test_where_it_is_not_in_place_there_is_no_such_type() -> None:
    said = wanted(SYN, "2026-11-30 10:00")
    assert effective(said, customer(), CAAS).type is None
    assert window_of(said, customer(), CAAS) is None
    assert [str(each) for each in types_of(customer(), CAAS)] == ["full", "code", "hotfix"]
    assert [str(each) for each in types_of(IN_PLACE, CAAS)] == ["full", "code", "hotfix", "syn"]


@pytest.mark.parametrize(
    ("on", "whose"),
    [
        pytest.param(None, Standing.OURS, id="onto UAT: ours, as the block is"),
        pytest.param("INT", Standing.PARTNER_PERFORMS, id="onto INT: the partner's, as INT is"),
    ],
)
def test_who_performs_it(on: str | None, whose: Standing) -> None:
    where = ground(who=IN_PLACE)
    assert standing(asked(wanted(SYN, "2026-11-30 10:00", on=on), where), where) is whose


@pytest.mark.parametrize(
    ("uat", "syn", "stops"),
    [
        pytest.param("2026-12-01 10:00", "2026-11-30 10:00", [], id="Monday before a UAT on Tuesday"),
        pytest.param("2026-12-01 10:00", "2026-12-01 10:00", ["LEAD-1"], id="on the day of UAT"),
        pytest.param("2026-12-03 10:00", "2026-11-24 10:00", [], id="a week before it"),
        pytest.param(None, "2026-11-24 10:00", [], id="before any UAT is agreed"),
        pytest.param("2026-11-24 10:00", "2026-11-26 10:00", [], id="for the one after a UAT that is over"),
    ],
)
def test_a_working_day_lies_between_it_and_its_uat(uat: str | None, syn: str, stops: list[str]) -> None:
    on = with_uat(uat)
    one = with_steps(asked(wanted(SYN, syn), on), on)
    assert blocking(one, on) == stops


def test_no_week_of_notice_is_wanted() -> None:
    on = ground(who=IN_PLACE)
    assert broken(asked(wanted(SYN, "2026-11-24 10:00"), on), on) == []


def test_its_own_days_and_hours_count() -> None:
    on = ground(who=IN_PLACE)
    assert blocking(asked(wanted(SYN, "2026-11-27 10:00"), on), on) == ["DAY-1", "DAY-2"]  # a Friday
    assert blocking(asked(wanted(SYN, "2026-11-30 15:00"), on), on) == ["HOUR-1"]


def test_int_and_uat_share_their_server_with_it() -> None:
    held = Booking("DPL-2026-0007", IN_PLACE.id, Environment("INT"), Window(at("2026-11-30 10:00"), HALF), ICM, False)
    on = ground(who=IN_PLACE, held=(held,))
    assert blocking(asked(wanted(SYN, "2026-11-30 10:00"), on), on) == ["SCHED-7"]


@pytest.mark.parametrize("product", [Product.PWA, Product.IOM])
def test_of_another_product_it_is_nothing_else_by_that(product: Product) -> None:
    said = effective(wanted(SYN, "2026-11-30 10:00", product=product), IN_PLACE, CAAS)
    assert (said.type, said.environment) == (SYN, Environment("UAT"))


def test_a_block_can_go_on_only_proposing_it() -> None:
    written = CAAS.model_dump()
    written["block"]["syn"] = {"duration": timedelta(hours=3)}
    profile = Profile.model_validate(written)
    assert effective(wanted(SYN, None), customer(), profile).type is SYN  # a type like any other then
