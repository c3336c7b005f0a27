"""An answer to "which one?": the earlier mail counts for the deployment that is named, from its own arrival, once."""

import pytest

from desk.build import ANN, BEN, CARL, DAY, HOUR, INSTRUCTIONS, NOW, OLGA, REQUEST, STRANGER, Mail, Running
from desk.edges.talk import FIRST, SECOND, Talk, calls, kinds
from desk.edges.test_matching import WEDNESDAY, states, two
from dplmaild.deployment.terms import State
from dplmaild.desk import Answered
from dplmaild.ports import Outcome

OPEN = [State.SCHEDULED, State.SCHEDULED]


def asked(running: Running) -> tuple[Talk, str]:
    """Instructions that fit Tuesday's and Wednesday's deployment, and the letter that asks which is meant."""
    talk = two(running)
    answered = talk.opens(INSTRUCTIONS, subject="Instructions")
    assert kinds(answered) == ["which"]
    return talk, letter_of(answered)


def letter_of(answered: Answered) -> str:
    """The Message-ID of the letter that a mail was answered with."""
    return next(debt.message_id for debt in answered.debts if debt.message_id)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2", id="its number"),
        pytest.param("the second one, please", id="an ordinal"),
        pytest.param("It is DPL-2026-0002, sorry.", id="its reference"),
        pytest.param("die am Mittwoch", id="its day, in German"),
        pytest.param("Please take them for DPL-2026-0002.", id="a sentence around the reference"),
        pytest.param("La del miércoles", id="its day, in Spanish"),
    ],
)
def test_the_earlier_mail_counts_for_the_one_that_is_named(running: Running, text: str) -> None:
    talk, letter = asked(running)
    answered = talk.says(text, letter=letter)
    assert (answered.reference, kinds(answered)) == (SECOND, ["binding"])
    assert states(running) == [State.SCHEDULED, State.INSTRUCTED]


@pytest.mark.parametrize(
    ("requests", "text", "named"),
    [
        pytest.param(
            (REQUEST + "Target version: 11.0.3\n", WEDNESDAY + "Target version: 11.0.4\n"), "11.0.4", 1, id="a version"
        ),
        pytest.param(
            (REQUEST.replace("code", "full") + "Environment: UAT\n", WEDNESDAY.replace("code", "full")),
            "the UAT one",
            0,
            id="an environment",
        ),
    ],
)
def test_a_word_that_fits_one_of_them_alone_is_enough(
    running: Running, requests: tuple[str, str], text: str, named: int
) -> None:
    talk = two(running, *requests)
    unclear = INSTRUCTIONS.replace("Type: code\n", "").replace("Target version: 11.0.2", "Target version: 11.0.5")
    letter = letter_of(talk.opens(unclear, subject="Instructions"))
    answered = talk.says(text, letter=letter)
    assert answered.reference == (FIRST, SECOND)[named]
    assert "which" not in kinds(answered)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("both", id="both"),
        pytest.param("not the one on Wednesday", id="only which not"),
        pytest.param("3", id="a number that is none"),
        pytest.param("DPL-2026-0001 and DPL-2026-0002", id="two references"),
        pytest.param("DPL-2026-0007", id="another reference"),
        pytest.param("the code one", id="a word that fits both"),
        pytest.param("2, but please move it to Friday", id="a number and more"),
        pytest.param("If the customer agrees, 2.", id="a supposition"),
        pytest.param("2?", id="a question"),
        pytest.param("Thursday", id="a day of none"),
    ],
)
def test_what_is_not_surely_an_answer_is_asked_once_more_and_then_put_before_ops(running: Running, text: str) -> None:
    talk, letter = asked(running)
    again = talk.says(text, letter=letter)
    assert (kinds(again), states(running)) == (["which"], OPEN)
    third = talk.says(f"{text} ", letter=letter_of(again))
    assert (third.outcome, kinds(third), states(running)) == (Outcome.TRIAGE, [], OPEN)


def test_asked_once_more_the_answer_counts(running: Running) -> None:
    talk, letter = asked(running)
    again = letter_of(talk.says("both", letter=letter))
    assert kinds(talk.says("1", letter=again)) == ["binding"]
    assert states(running) == [State.INSTRUCTED, State.SCHEDULED]


@pytest.mark.parametrize("second", ["2", "1", "DPL-2026-0001"])
def test_a_second_answer_is_told_that_it_is_settled(running: Running, second: str) -> None:
    talk, letter = asked(running)
    talk.says("2", letter=letter)
    before = running.case(SECOND)
    answered = talk.says(f"{second}.", letter=letter)
    assert (answered.reference, kinds(answered)) == (SECOND, ["named_already"])
    assert states(running) == [State.SCHEDULED, State.INSTRUCTED]
    assert running.case(SECOND).instructed_at == before.instructed_at


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        pytest.param(BEN, ["noted"], id="an attendant"),
        pytest.param(CARL, ["noted"], id="a contact"),
        pytest.param(OLGA, [], id="another customer's release manager"),
        pytest.param(STRANGER, [], id="a stranger"),
    ],
)
def test_who_may_not_give_the_order_names_nothing(running: Running, sender: str, told: list[str]) -> None:
    talk, letter = asked(running)
    answered = talk.says("2", sender, letter=letter)
    assert (kinds(answered), states(running)) == (told, OPEN)
    assert kinds(talk.says("2", letter=letter)) == ["binding"]


def test_an_unverified_answer_changes_nothing(running: Running) -> None:
    talk, letter = asked(running)
    mail = Mail("2", ANN, "Re: Instructions", stamped="fail", headers={"In-Reply-To": letter}, number=900)
    answered = running.receive(mail, talk.now + HOUR)
    assert (answered.outcome, kinds(answered), states(running)) == (Outcome.TRIAGE, [], OPEN)


def test_it_counts_from_the_arrival_of_the_earlier_mail(running: Running) -> None:
    talk, letter = asked(running)
    deadline = running.case(SECOND).deadline
    assert deadline is not None
    answered = talk.at(deadline + HOUR).says("2", letter=letter)  # nobody let a timer fire: mail is read first (P6)
    assert kinds(answered) == ["binding"]


def test_what_is_binding_is_not_corrected_by_an_answer_after_the_deadline(running: Running) -> None:
    talk = two(running)
    talk.says(INSTRUCTIONS, about=SECOND)
    letter = letter_of(talk.opens(INSTRUCTIONS.replace("11.0.2", "11.0.3"), subject="Instructions"))
    deadline = running.case(SECOND).deadline
    assert deadline is not None
    answered = talk.at(deadline + HOUR).says("2", letter=letter)
    version = running.case(SECOND).deployment.target_version
    assert version is not None
    assert (kinds(answered), version.text, len(calls(answered))) == (["passed_on"], "11.0.2", 1)


def test_a_prepared_reply_has_no_thread_but_the_subject(running: Running) -> None:
    talk, _ = asked(running)
    answered = talk.opens("2", subject="Re: Instructions")
    assert (answered.reference, kinds(answered)) == (SECOND, ["binding"])


def test_a_number_under_another_subject_answers_nothing(running: Running) -> None:
    talk, _ = asked(running)
    answered = talk.opens("2", subject="Re: Lunch")
    assert (kinds(answered), states(running)) == ([], OPEN)


def test_whole_instructions_as_an_answer_are_taken_by_themselves(running: Running) -> None:
    talk, letter = asked(running)
    whole = INSTRUCTIONS.replace("for the deployment", "for the deployment on 16 December").replace("11.0.2", "11.0.9")
    answered = talk.says(whole, letter=letter)
    assert (answered.reference, kinds(answered)) == (SECOND, ["binding"])
    version = running.case(SECOND).deployment.target_version
    assert version is not None
    assert version.text == "11.0.9"


def test_a_subject_that_contradicts_its_thread_is_settled_as_well(running: Running) -> None:
    talk = two(running)
    ours = running.our_letter(FIRST)
    headers = {"In-Reply-To": ours, "References": ours}
    withdrawn = talk.opens("We withdraw this deployment.", ANN, f"Re: Another release [{SECOND}]", **headers)
    letter = letter_of(withdrawn)
    answered = talk.says(FIRST, letter=letter)
    assert answered.reference == FIRST
    assert states(running) == [State.CANCELLED, State.SCHEDULED]


def test_by_ticket_the_next_comment_answers(running: Running) -> None:
    two(running)
    asks = running.ticket(Mail(INSTRUCTIONS, ANN, "Instructions", number=902), 77, arrived=NOW + 3 * HOUR)
    assert asks is not None
    assert asks.outcome is Outcome.ASKED
    answer = running.ticket(Mail("the one on Wednesday", ANN, "Instructions", number=903), 77, arrived=NOW + 4 * HOUR)
    assert answer is not None
    assert (answer.reference, states(running)) == (SECOND, [State.SCHEDULED, State.INSTRUCTED])
    again = running.ticket(Mail("No, 1!", ANN, "Instructions", number=904), 77, arrived=NOW + 5 * HOUR)
    assert again is not None
    assert states(running) == [State.SCHEDULED, State.INSTRUCTED]


@pytest.mark.parametrize(
    "text", ["Tests on UAT were successful.", "UAT is done", "UAT is fine", "I am back on Tuesday."]
)
def test_what_is_said_later_on_the_ticket_is_no_answer(running: Running, text: str) -> None:
    two(running, REQUEST.replace("code", "full") + "Environment: UAT\n", WEDNESDAY.replace("code", "full"))
    before = states(running)
    unclear = INSTRUCTIONS.replace("Type: code\n", "")
    asks = running.ticket(Mail(unclear, ANN, "Instructions", number=902), 77, arrived=NOW + 3 * HOUR)
    assert asks is not None
    assert asks.outcome is Outcome.ASKED
    running.ticket(Mail(text, ANN, "Instructions", number=903), 77, arrived=NOW + 10 * DAY)
    assert states(running) == before


def test_the_same_answer_as_the_same_bytes_acts_once(running: Running) -> None:
    talk, letter = asked(running)
    mail = Mail("2", ANN, "Re: Instructions", headers={"In-Reply-To": letter}, number=905).bytes
    first = running.receive(mail, talk.now + HOUR)
    copy = running.receive(mail, talk.now + DAY)
    assert (kinds(first), copy.outcome, kinds(copy)) == (["binding"], Outcome.DUPLICATE, [])


def test_what_was_asked_and_meant_stands_in_the_history(running: Running) -> None:
    talk, letter = asked(running)
    answered = talk.says("2", letter=letter)
    assert answered.why.startswith("message 3, as its sender meant it: ")
    assert calls(answered) == []
