"""Bounded talk (P12): machines that answer our answers, people who write the same again, floods."""

from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from attacks.desk import DEV, NORA, NOW, OPS, PIA, Desk, mail, open_desk, request, stamp, text_of
from dplmaild.ports import Outcome

HOUR = timedelta(hours=1)
NEVER_MORE_THAN = 60  # turns of a loop that is not bounded


def asks_again(number: int, reference: str, sender: str = NORA) -> bytes:
    """A mail that a machine could write: in the thread, and leading nowhere; the words are never quite the same."""
    return mail(
        f"We have received your mail, R{number}. Tests ok.\n",
        sender,
        f"Re: Deployment [{reference}]",
        name=f"m{number}@x",
    )


def answers(desk: Desk, to: str = NORA) -> int:
    """How many letters this address got."""
    return len(desk.letters(to))


def withheld(desk: Desk) -> int:
    """How many letters were withheld."""
    return desk.tally().get("withheld", 0)


def alarms(desk: Desk) -> list[str]:
    """What OPS was told about withheld letters."""
    return [text for letter in desk.letters(OPS) if "withheld" in (text := text_of(letter))]


def opened(desk: Desk) -> str:
    """A deployment that Nora asked for, confirmed by one letter."""
    reference = desk.receive(mail(request())).reference
    assert reference is not None
    return reference


def test_the_third_answer_that_moved_nothing_is_withheld_and_told_once(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        before = answers(desk)
        for number in range(6):
            desk.receive(asks_again(number, reference), NOW + number * HOUR)
        assert (answers(desk) - before, withheld(desk), len(alarms(desk))) == (2, 4, 1)


def test_the_very_same_words_are_answered_once(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        before = answers(desk)
        for number in range(6):
            desk.receive(mail("Tests ok.\n", NORA, f"Re: Deployment [{reference}]", name=f"m{number}@x"), NOW + HOUR)
        assert (answers(desk) - before, alarms(desk)) == (1, [])


def test_a_restart_does_not_forget(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        before = answers(desk)
        for number in range(6):
            desk.restart()
            desk.receive(asks_again(number, reference), NOW + number * HOUR)
        assert (answers(desk) - before, len(alarms(desk))) == (2, 1)


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        pytest.param(
            NORA, "Please move it to Tuesday, 2026-12-15 10:00\n", id="the release manager takes another date"
        ),
        pytest.param("engineer@example.org", "/status\n", id="an engineer gives a command"),
    ],
)
def test_a_humans_action_begins_the_count_anew(tmp_path: Path, sender: str, words: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        for number in range(3):
            desk.receive(asks_again(number, reference))
        desk.receive(mail(words, sender, f"Re: Deployment [{reference}]"), NOW + HOUR)
        before = answers(desk)
        for number in range(3, 6):
            desk.receive(asks_again(number, reference), NOW + 2 * HOUR)
        assert answers(desk) - before == 2


WISHES = (
    "Please move it to Saturday, 2026-12-12 10:00\n",
    "Then please take Sunday, 2026-12-13 10:00\n",
    "Could you do 2026-12-19 at 10:00 instead?\n",
    "We need another date, please: 2026-12-20 10:00\n",
    "The customer would like it on 2026-12-26 10:00, please move it.\n",
)


def test_a_human_who_says_something_new_is_answered_each_time(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        before = answers(desk)
        for number, words in enumerate(WISHES):
            desk.receive(mail(words, NORA, f"Re: Deployment [{reference}]", name=f"w{number}@x"), NOW + number * HOUR)
        assert (answers(desk) - before, withheld(desk)) == (len(WISHES), 0)


@pytest.mark.parametrize(
    ("sender", "words", "forged", "machine"),
    [
        pytest.param(
            NORA, "We have received your mail, R99. Tests ok.\n", False, False, id="the machine's own words again"
        ),
        pytest.param(NORA, "Thanks.\n", False, False, id="only thanks"),
        pytest.param(NORA, "Hm, what was that about?\n", False, False, id="nothing that is understood"),
        pytest.param(NORA, "Tests ok!\n", True, False, id="not vouched for"),
        pytest.param(NORA, "All is well.\n", False, True, id="marked as automatic"),
        pytest.param(DEV, "Please move it to Monday, 2026-12-14 10:00\n", False, False, id="somebody without a right"),
        pytest.param(PIA, "Please move it to Monday, 2026-12-14 10:00\n", False, False, id="another customer's"),
    ],
)
def test_what_is_no_humans_authorised_word_does_not_begin_the_count_anew(
    tmp_path: Path, sender: str, words: str, forged: bool, machine: bool
) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        for number in range(3):
            desk.receive(asks_again(number, reference))
        more = b"Auto-Submitted: auto-replied\r\n" if machine else b""
        top = stamp(sender, "fail" if forged else "pass")
        desk.receive(mail(words, sender, f"Re: Deployment [{reference}]", name="o@x", top=top, more=more), NOW + HOUR)
        before = answers(desk)
        for number in range(3, 6):
            desk.receive(asks_again(number, reference), NOW + 2 * HOUR)
        assert answers(desk) - before == 0


def test_a_humans_words_do_not_lift_the_bound_of_the_day(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        before = answers(desk)
        names = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou", "Mo", "Ned")
        for number, name in enumerate(names):
            words = f"{name} says the tests are ok.\n"
            desk.receive(mail(words, NORA, f"Re: Deployment [{reference}]", name=f"n{number}@x"), NOW)
        assert answers(desk) - before == 10


def test_after_a_day_there_is_an_answer_again(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        before = answers(desk)
        for number in range(3):
            desk.receive(asks_again(number, reference), NOW + number * HOUR)
        desk.receive(asks_again(9, reference), NOW + 26 * HOUR)
        assert answers(desk) - before == 3


def test_one_sender_gets_ten_answers_a_day_that_lead_nowhere(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        references = [
            desk.receive(mail(request(f"{10 + n}.01.2027 10:00"), subject=f"No {n}")).reference or "" for n in range(9)
        ]
        before = answers(desk)
        for number in range(18):
            desk.receive(asks_again(number, references[number % 9]))
        assert answers(desk) - before == 10


def test_opening_one_deployment_after_the_other_ends_too(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", "answers_per_sender = 1") as desk:
        for number in range(14):
            desk.receive(mail(request("soon"), subject=f"Release number {number}"))
        assert (answers(desk), len(alarms(desk))) == (10, 1)


def test_a_flood_of_forged_mail_reaches_ops_only_so_often(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        outcomes = {desk.receive(mail(f"{request()}\n{n}\n", top=stamp(NORA, "fail"))).outcome for n in range(30)}
        assert (outcomes, answers(desk, OPS)) == ({Outcome.TRIAGE}, 11)
        desk.receive(mail(request()))
        assert answers(desk) == 1, "and the one whose name was used is answered as ever"


def test_the_cap_of_a_day_is_the_last_bound(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", "letters_per_day = 5") as desk:
        for number in range(12):
            desk.receive(mail(request(), f"stranger{number}@evil.example.com"))
        assert answers(desk, OPS) == 6, "five, and one that says so"


def unmarked(letter: EmailMessage, sender: str) -> bytes:
    """A letter of ours as a gateway would pass it on that strips every mark of a machine."""
    for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Dplmaild-Loop", "From", "To", "Cc", "Reply-To"):
        del letter[name]
    letter["From"], letter["To"] = sender, "servicedesk@example.org"
    return stamp(sender) + letter.as_bytes()


def exchanged(one: Desk, other: Desk, turns: Iterable[int]) -> int:
    """Let each desk have what the other wrote to Nora, as mail of Nora's; how many letters that took."""
    seen = [0, 0]
    for turn in turns:
        at, here, there = NOW + turn * timedelta(minutes=1), turn % 2, 1 - turn % 2
        giver, taker = (one, other)[here], (one, other)[there]
        new = giver.letters(NORA)[seen[here] :]
        seen[here] += len(new)
        for letter in new:
            taker.receive(unmarked(letter, NORA), at)
    return sum(seen)


@pytest.mark.parametrize("begins", [request(), "Please deploy 11.0.3 to PRD\n", request("Friday, 2026-12-11 10:00")])
def test_two_desks_that_write_to_each_other_fall_silent(tmp_path: Path, begins: str) -> None:
    with open_desk(tmp_path / "one") as one, open_desk(tmp_path / "other") as other:
        one.receive(mail(begins))
        exchanged(one, other, range(NEVER_MORE_THAN))
        quiet = exchanged(one, other, range(NEVER_MORE_THAN, NEVER_MORE_THAN + 2))
        assert quiet == answers(one) + answers(other), "nothing new after so many turns"
        assert answers(one) + answers(other) <= 20


@pytest.mark.parametrize("sender", ["servicedesk@example.org", "support@example.org", "SERVICEDESK@Example.org"])
def test_mail_from_our_own_addresses_is_left_alone(tmp_path: Path, sender: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        assert desk.receive(mail(request(), sender)).outcome is Outcome.LEFT_ALONE
        assert desk.letters() == []


def test_our_own_letter_come_back_is_left_alone(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        opened(desk)
        (letter,) = desk.letters(NORA)
        assert desk.receive(stamp("servicedesk@example.org") + letter.as_bytes()).outcome is Outcome.LEFT_ALONE
