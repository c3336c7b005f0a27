"""Cases: kept whole, found by thread, ticket and customer, counted by year, with a history nobody rewrites."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dplmaild.deployment.case import Case, Offer
from dplmaild.deployment.terms import (
    PRD,
    UAT,
    Component,
    Deployment,
    DeploymentType,
    MomentStatus,
    Options,
    Product,
    State,
    Version,
    Window,
    WrittenMoment,
)
from dplmaild.store.cases import Cases, Entry
from dplmaild.store.database import Database
from store.build import HOUR, NOW, SLOT, case

MOMENT = WrittenMoment(
    "1 December, 10:00",
    MomentStatus.EXACT,
    datetime(2026, 12, 1, 10),  # noqa: DTZ001  # a wall clock
    "CET",
    "Europe/Berlin",
    SLOT.start,
)
EVERYTHING = Deployment(
    product=Product.ICM,
    environment=PRD,
    type=DeploymentType.HOTFIX,
    when=MOMENT,
    duration=timedelta(minutes=90),
    test_window=timedelta(minutes=45),
    current_version=Version("11.0.1"),
    target_version=Version("v11.0.2-hotfix1"),
    options=Options(True, False, None, True, ("bc_one", "bc_two")),
    release_notes="see \u201cNotes\u201d; =HYPERLINK(1)",
    special_activities="none",
    components=(Component("addon-x", "3.2.11"), Component("addon-y")),
    tickets=("INC-1",),
    attendants=("ben@example.com",),
    mailing_list=("list@example.com",),
    tested_on=(UAT,),
)


def saved(database: Database, *cases: Case) -> None:
    """Written down in one transaction."""
    with database.writing() as connection:
        for each in cases:
            Cases(connection).save(each, NOW)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="a plain one"),
        pytest.param({"deployment": EVERYTHING}, id="every field of a deployment"),
        pytest.param({"deployment": Deployment(), "slot": None, "state": State.REQUESTED}, id="one that says nothing"),
        pytest.param({"offers": (Offer(2, SLOT, NOW + HOUR),), "state": State.PROPOSED}, id="with a lasting offer"),
        pytest.param({"hold": "a freeze", "hold_until": NOW + HOUR, "deadline": NOW}, id="on hold"),
        pytest.param({"overridden": ("PRE-1",), "thread": ("<a@x>", "<b@x>"), "ticket": 17, "sequence": 3}, id="more"),
    ],
)
def test_a_case_comes_back_as_it_was(database: Database, said: dict[str, Any]) -> None:
    one = case(**said)
    saved(database, one)
    with database.reading() as connection:
        assert Cases(connection).load(one.reference) == one


def test_saving_again_replaces_case_and_bookings(database: Database) -> None:
    other = Window(SLOT.start + 24 * HOUR, SLOT.length)
    saved(database, case(), case(slot=other))
    with database.reading() as connection:
        held = [b.window for b in Cases(connection).schedule(NOW).bookings]
    assert held == [other]


@pytest.mark.parametrize(
    ("state", "held"),
    [
        pytest.param(State.SCHEDULED, True, id="scheduled"),
        pytest.param(State.AWAITING_APPROVAL, True, id="waiting for approval"),
        pytest.param(State.TESTING, True, id="running"),
        pytest.param(State.CANCELLED, False, id="cancelled"),
        pytest.param(State.SUCCEEDED, False, id="ended well"),
        pytest.param(State.REQUESTED, False, id="only requested"),
    ],
)
def test_who_holds_a_slot(database: Database, state: State, held: bool) -> None:
    saved(database, case(state=state))
    with database.reading() as connection:
        assert bool(Cases(connection).schedule(NOW).bookings) is held


def test_what_has_ended_before_is_not_on_the_schedule(database: Database) -> None:
    saved(database, case())
    with database.reading() as connection:
        assert len(Cases(connection).schedule(SLOT.end).bookings) == 1
        assert Cases(connection).schedule(SLOT.end + HOUR).bookings == ()


def test_references_count_per_year(database: Database) -> None:
    with database.writing() as connection:
        cases = Cases(connection)
        assert [cases.next_reference(2026) for _ in range(3)] == ["DPL-2026-0001", "DPL-2026-0002", "DPL-2026-0003"]
        assert cases.next_reference(2027) == "DPL-2027-0001"


def test_a_reference_of_a_transaction_that_failed_is_given_again(database: Database) -> None:
    def fails() -> None:
        with database.writing() as connection:
            Cases(connection).next_reference(2026)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with database.writing() as connection:
        assert Cases(connection).next_reference(2026) == "DPL-2026-0001"


def test_the_first_owner_of_a_message_id_keeps_it(database: Database) -> None:
    saved(database, case("DPL-2026-0001"), case("DPL-2026-0002"))
    with database.writing() as connection:
        cases = Cases(connection)
        cases.remember("DPL-2026-0001", ["<a@x>", "<a@x>", "<b@x>"])
        cases.remember("DPL-2026-0002", ["<b@x>", "<c@x>"])
        cases.remember("DPL-2026-0002", [])
        found = [cases.of_thread(ids) for ids in (["<a@x>"], ["<b@x>"], ["<a@x>", "<c@x>"], ["<no@x>"], [])]
    assert found == ["DPL-2026-0001", "DPL-2026-0001", "DPL-2026-0002", None, None]


def test_lookups_by_customer_ticket_and_end(database: Database) -> None:
    saved(
        database,
        case("DPL-2026-0001"),
        case("DPL-2026-0002", State.SUCCEEDED, ticket=5),
        case("DPL-2026-0003", State.PROPOSED, ticket=5),
        case("DPL-2026-0004", customer="other"),
    )
    with database.reading() as connection:
        cases = Cases(connection)
        assert [c.reference for c in cases.open_of("acme")] == ["DPL-2026-0001", "DPL-2026-0003"]
        assert [c.reference for c in cases.succeeded_of("acme", [Version("11.0.2")])] == ["DPL-2026-0002"]
        assert [c.reference for c in cases.of_ticket(5)] == ["DPL-2026-0002", "DPL-2026-0003"]
        assert [c.reference for c in cases.all(customer="other")] == ["DPL-2026-0004"]
        assert [c.reference for c in cases.all(limit=2)] == ["DPL-2026-0004", "DPL-2026-0003"]
        assert cases.load("DPL-2026-9999") is None


def test_history_keeps_every_line_in_order(database: Database) -> None:
    first = Entry("DPL-2026-0001", NOW, "ann@example.com", "message 1", None, State.REQUESTED, {"why": "came"})
    second = Entry("DPL-2026-0001", NOW, "dplmaild", "timer", State.REQUESTED, State.CANCELLED, {"why": "\u00fc\x00"})
    with database.writing() as connection:
        cases = Cases(connection)
        cases.note(first)
        cases.note(second)
        cases.note(Entry("DPL-2026-0002", NOW, "x" * 400, "y" * 400, None, None, {}))
        assert cases.history_of("DPL-2026-0001")[0] == first
        assert [e.became for e in cases.history_of("DPL-2026-0001")] == [State.REQUESTED, State.CANCELLED]


def test_days_and_spans_in_a_case_keep_their_types(database: Database) -> None:
    saved(database, case(deployment=EVERYTHING))
    with database.reading() as connection:
        found = Cases(connection).load("DPL-2026-0001")
    assert found is not None
    assert found.deployment.duration == timedelta(minutes=90)
    assert found.slot is not None
    assert found.slot.start.astimezone(UTC) == SLOT.start
