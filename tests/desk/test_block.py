"""LEAD-1 over several mails and within one: PRD is judged against its UAT, UAT against a PRD that is agreed."""

import pytest

from desk.build import HOUR, NOW, Mail, Running, considered
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.terms import State
from dplmaild.desk import Answered, Desk

DAYS = {
    1: "Tuesday, 1", 2: "Wednesday, 2", 3: "Thursday, 3", 4: "Friday, 4", 7: "Monday, 7", 8: "Tuesday, 8",
    9: "Wednesday, 9", 10: "Thursday, 10", 14: "Monday, 14", 15: "Tuesday, 15", 16: "Wednesday, 16",
    17: "Thursday, 17",
}  # fmt: skip


def full(day: int, environment: str = "", *, product: str = "ICM", target: str = "", kind: str = "full") -> str:
    """A request for a day of December 2026, 10:00."""
    where = f"Environment: {environment}\n" if environment else ""
    version = f"Current version: 11.0.1\nTarget version: {target}\n" if target else ""
    return (
        f"Please deploy the next release.\n\nType: {kind}\nProduct: {product}\n{where}{version}"
        f"Desired date and time: {DAYS[day]} December 2026, 10:00 CET\nExpected special activities: none\n\n"
    )


def received(running: Running, *texts: str) -> Answered:
    """These mails, one an hour; what became of the last."""
    answers = [
        running.receive(Mail(text, number=n, subject=f"Release {n}"), NOW + n * HOUR) for n, text in enumerate(texts)
    ]
    return answers[-1]


def december(running: Running, reference: str) -> list[int]:
    """The days of the slots that a case was offered."""
    return [offer.slot.start.day for offer in running.case(reference).offers]


@pytest.mark.parametrize(
    ("mails", "offered"),
    [
        pytest.param((full(9, "UAT"), full(10, "PRD")), [14, 15, 16], id="PRD the day after its UAT"),
        pytest.param((full(9, "UAT"), full(10)), [14, 15, 16], id="no environment named, the day after UAT"),
        pytest.param((full(10, "UAT"), full(9, "PRD")), [14, 15, 16], id="PRD before its UAT"),
        pytest.param((full(10, "PRD"), full(9, "UAT")), [], id="UAT the day before its PRD, and no day is left"),
        pytest.param(
            (full(1, "UAT"), full(3, "PRD"), full(9, "UAT"), full(10, "PRD")),
            [14, 15, 16],
            id="the UAT of an earlier block, whose PRD is refused itself, does not stand in for it",
        ),
        pytest.param(
            (full(9, "UAT", target="11.0.2"), full(10, "PRD", target="11.0.2")), [14, 15, 16], id="of one release"
        ),
    ],
)
def test_too_close_to_the_other_step_is_refused_and_other_slots_are_offered(
    running: Running, mails: tuple[str, ...], offered: list[int]
) -> None:
    answered = received(running, *mails)
    assert answered.reference is not None
    assert running.case(answered.reference).slot is None
    assert "LEAD-1" in answered.why
    assert december(running, answered.reference) == offered


@pytest.mark.parametrize(
    "mails",
    [
        pytest.param((full(8, "UAT"), full(10, "PRD")), id="UAT Tuesday, PRD Thursday"),
        pytest.param((full(10, "PRD"), full(8, "UAT")), id="the other way round"),
        pytest.param((full(10, "PRD"), full(16, "UAT")), id="a UAT after PRD belongs to the next block"),
        pytest.param((full(9, "UAT"), full(10, "PRD", kind="code")), id="code has no block"),
        pytest.param((full(9, "UAT"), full(10, "PRD", product="IOM")), id="order management has no block"),
        pytest.param((full(9, "UAT", target="11.0.2"), full(10, "PRD", target="11.0.3")), id="UAT of another release"),
        pytest.param(
            (full(1, "UAT"), full(7, "PRD"), full(8, "UAT"), full(10, "PRD")), id="two blocks after each other"
        ),
    ],
)
def test_far_enough_from_the_other_step_or_no_step_at_all_is_confirmed(
    running: Running, mails: tuple[str, ...]
) -> None:
    answered = received(running, *mails)
    assert answered.reference is not None
    assert running.case(answered.reference).state in {State.SCHEDULED, State.INSTRUCTED}


def test_what_was_cancelled_is_no_step_any_more(running: Running) -> None:
    received(running, full(9, "UAT"))
    tag = "Re: Release 0 [DPL-2026-0001]"
    running.receive(Mail("We withdraw the deployment.", subject=tag, number=9), NOW + HOUR)
    assert running.case().state is State.CANCELLED
    running.receive(Mail(full(10, "PRD"), number=10), NOW + 2 * HOUR)
    assert running.case("DPL-2026-0002").state is State.SCHEDULED


@pytest.mark.parametrize(
    ("uat", "proposed"),
    [
        pytest.param((), True, id="nothing on record: UAT is proposed"),
        pytest.param((full(8, "UAT"),), False, id="UAT is agreed: no second one"),
    ],
)
def test_a_second_uat_step_is_not_proposed(running: Running, uat: tuple[str, ...], proposed: bool) -> None:
    received(running, *uat, full(10))
    letter = running.letters(f"DPL-2026-000{len(uat) + 1}")[-1]
    assert letter.kind is LetterKind.CONFIRMED
    assert (letter.facts.uat_step is not None) is proposed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((9, "UAT"), (10, "PRD"), id="UAT first"),
        pytest.param((10, "PRD"), (9, "UAT"), id="PRD first"),
    ],
)
def test_of_two_steps_in_one_mail_prd_alone_is_refused(
    desk: Desk, first: tuple[int, str], second: tuple[int, str]
) -> None:
    answer = considered(desk, Mail(full(*first) + full(*second)))
    verdicts = {
        d.case.deployment.environment.name: (d.verdict, [s.start.day for s in d.judgement.slots])
        for d in answer.decisions
        if d.case and d.case.deployment.environment and d.judgement
    }
    assert verdicts == {"UAT": (Verdict.CONFIRM, []), "PRD": (Verdict.OTHER_SLOT, [14, 15, 16])}
