"""What letters and the history say of a decision: why, until when, and each thing once."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from deployment.rules.build import HOTFIX
from dplmaild.deployment.owed import LetterKind, TicketComment
from dplmaild.deployment.periods import Freeze
from dplmaild.deployment.process import decide, new_case
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.terms import INT, Deployment, Environment, Severity, Version
from process.build import (
    ACME,
    ANN,
    CAAS,
    HOUR,
    INSTRUCTED,
    MORGAN,
    NOW,
    PROD,
    SLOT,
    Field,
    Intent,
    Question,
    State,
    answer,
    asked,
    at,
    first,
    ground,
    heard,
    kinds,
    letters,
    only,
    the,
)
from writing.build import LETTERS

IN_AN_HOUR = "2026-11-23 10:30"
FIX = replace(asked(IN_AN_HOUR, type=HOTFIX), environment=None)
SHOWN = "Tuesday 15 December 2026, 10:00-12:30 CET (UTC+01:00)"
OWN = asked(environment=INT)
FREE = asked(environment=Environment("DEV"))


def text_of(one: Any) -> str:
    """A letter as it is read."""
    return LETTERS.render(one).text


@pytest.mark.parametrize(
    ("said", "profile", "state", "shown"),
    [
        pytest.param(OWN, CAAS, "YOURS TO DEPLOY", SHOWN, id="the partner's own"),
        pytest.param(FREE, PROD, "NO PROCEDURE NEEDED", "15 December 2026, 10:00", id="no procedure"),
        pytest.param(
            replace(OWN, type=None, product=None),
            CAAS,
            "YOURS TO DEPLOY",
            "Tuesday 15 December 2026, 10:00 CET (UTC+01:00)",
            id="of unknown type: the start alone",
        ),
    ],
)
def test_what_is_not_scheduled_shows_its_date_in_full(
    said: Deployment, profile: Profile, state: str, shown: str
) -> None:
    line = text_of(only(first(said, ground(profile)).owed)).splitlines()[0]
    assert line.startswith(state)
    assert shown in line
    assert "2026-12-15" not in line


@pytest.mark.parametrize(
    ("sends", "mails"),
    [
        pytest.param(False, [ANN.address], id="we write, the ticket gets a note"),
        pytest.param(True, [], id="the ticket system writes"),
    ],
)
@pytest.mark.parametrize(
    ("said", "profile"), [pytest.param(OWN, CAAS, id="partner's"), pytest.param(FREE, PROD, id="no procedure")]
)
def test_what_becomes_no_case_is_a_comment_on_its_ticket(
    said: Deployment, profile: Profile, sends: bool, mails: list[str]
) -> None:
    on = ground(profile)
    on = replace(on, customer=on.customer.model_copy(update={"zammad_sends": sends}))
    message = replace(heard(said), ticket=17)
    decided = decide(new_case(message, said, on, "DPL-2026-0001"), message, said, on)
    comments = [o for o in decided.owed if isinstance(o, TicketComment)]
    assert [(c.ticket, c.as_mail) for c in comments] == [(17, sends)]
    assert [a for letter in letters(decided.owed) for a in letter.to] == mails


@pytest.mark.parametrize(
    ("start", "now", "at_once"),
    [
        pytest.param(IN_AN_HOUR, at("2026-11-23 09:00"), True, id="half an hour until the deadline"),
        pytest.param(IN_AN_HOUR, at("2026-11-23 08:30"), False, id="an hour until the deadline"),
        pytest.param("2026-12-15 10:00", at("2026-11-23 09:00"), False, id="weeks until the deadline"),
    ],
)
@pytest.mark.parametrize("profile", [CAAS, PROD], ids=["caas", "prod"])
def test_instructions_without_time_are_wanted_at_once(
    profile: Profile, start: str, now: datetime, at_once: bool
) -> None:
    said = replace(FIX, when=asked(start).when)
    letter = only(first(said, ground(profile), heard(said, by=MORGAN, arrived=now)).owed)
    assert letter.kind is LetterKind.CONFIRMED
    text = text_of(letter)
    assert ("send the instructions at once" in text) is at_once
    assert ("send the instructions by" in text) is not at_once


@pytest.mark.parametrize("language", ["en", "de", "es", "ca"])
@pytest.mark.parametrize(
    "kind", [LetterKind.CONFIRMED, LetterKind.INSTRUCTIONS_INCOMPLETE, LetterKind.REMINDER, LetterKind.CHANGED]
)
def test_a_deadline_without_time_is_named_in_no_letter(kind: LetterKind, language: str) -> None:
    confirmed = only(first(FIX, message=heard(FIX, by=MORGAN)).owed)
    urgent = replace(confirmed, kind=kind, language=language)
    calm = replace(urgent, facts=replace(urgent.facts, at_once=False))
    assert text_of(urgent).count("09:30") == 0
    assert text_of(calm).count("09:30") == 1


@pytest.mark.parametrize(
    ("current", "target", "rules"),
    [
        pytest.param("11.1.1", "11.0.0", {"TYPE-3", "TYPE-5"}, id="lower, and at the second position"),
        pytest.param("11.0.1", "11.1.0", {"TYPE-3"}, id="at the second position"),
        pytest.param("11.0.1", "11.0.0", {"TYPE-5"}, id="lower"),
    ],
)
def test_a_field_is_asked_about_once_and_every_broken_rule_is_named(current: str, target: str, rules: set[str]) -> None:
    said = asked(type=HOTFIX, current_version=Version(current), target_version=Version(target))
    letter = only(first(said).owed)
    assert [q.field for q in letter.facts.questions] == [Field.TARGET_VERSION]
    assert {f.rule for f in letter.facts.findings} >= rules
    assert text_of(letter).count("Target version: which is meant?") == 1


def test_what_the_reader_doubts_already_is_not_asked_again() -> None:
    said = asked(type=HOTFIX, current_version=Version("11.1.1"), target_version=Version("11.0.0"))
    doubt = Question(Field.TARGET_VERSION, "conflict", ("11.0.0", "11.1.2"))
    asked_back = only(first(said, message=heard(said, questions=(doubt,))).owed)
    assert asked_back.facts.questions == (doubt,)


def test_the_reason_of_an_approval_names_the_rule_that_waits() -> None:
    freeze = Freeze(first=SLOT.start.date(), last=SLOT.start.date(), reason="sale", soft=True)
    frozen = ground(who=ACME.model_copy(update={"freezes": (freeze,)}))
    decided = first(asked(), frozen)
    assert the(decided).state is State.AWAITING_APPROVAL
    assert "DAY-6" in decided.why
    assert "every rule" not in decided.why
    assert "every rule" in first(asked(type=HOTFIX)).why


def test_the_reason_of_an_offer_names_only_what_blocks() -> None:
    holiday = asked("2026-12-25 10:00", type=None, product=None, restarts="all")
    decided = first(holiday, ground(PROD), heard(holiday, instructs=True))
    warned = {f.rule for f in only(decided.owed).facts.findings if f.severity is Severity.WARNS}
    assert {"PRE-4", "PRE-5"} <= warned
    named = set(decided.why.partition(":")[0].split(", "))
    assert "DAY-3" in named
    assert not named & warned


@pytest.mark.parametrize("language", ["en", "de", "es", "ca"])
def test_a_confirmation_says_what_the_instructions_need_and_not_that_it_is_at_fault(language: str) -> None:
    confirmed = replace(only(first(asked()).owed), language=language)
    incomplete = replace(confirmed, kind=LetterKind.INSTRUCTIONS_INCOMPLETE)
    fault = {"en": "Still missing", "de": "Es fehlt", "es": "Falta", "ca": "Encara falta"}[language]
    needs = {"en": "instructions we", "de": "Für die Anweisungen", "es": "Para las instrucciones", "ca": "Per a les"}
    assert fault not in text_of(confirmed)
    assert needs[language] in text_of(confirmed)
    assert fault in text_of(incomplete)


def test_a_binding_confirmation_needs_nothing_more() -> None:
    said = asked().merged(INSTRUCTED)
    letter = only(first(said).owed)
    assert letter.kind is LetterKind.CONFIRMED_AND_BINDING
    assert "we will need" not in text_of(letter)


@pytest.mark.parametrize("words", ["none", "we expect an ICM upgrade", "keine", "a new channel"])
def test_the_special_activities_alone_complete_a_request(words: str) -> None:
    waiting = the(first(asked(special_activities=None)))
    assert waiting.state is State.INCOMPLETE
    said = Deployment(special_activities=words)
    decided = answer(waiting, said, intent=Intent.CORRECTION, arrived=NOW + HOUR)
    assert (the(decided).state, kinds(decided.owed)) == (State.SCHEDULED, [LetterKind.CONFIRMED])
    assert the(decided).arrived == NOW


@pytest.mark.parametrize("words", [None, "", "  "])
def test_an_answer_without_them_asks_again(words: str | None) -> None:
    waiting = the(first(asked(special_activities=None)))
    decided = answer(waiting, Deployment(special_activities=words), intent=Intent.CORRECTION)
    assert only(decided.owed).facts.missing == (Field.SPECIAL_ACTIVITIES,)
