"""A command is the same call by mail, by a ticket's note and on the command line: same answer, state and history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from desk.build import ENGINEER, HOUR, MANAGER, NOW, Mail, Running, settings_in
from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CommandResult, Letter, LetterKind, TicketComment
from dplmaild.deployment.process import VERBS
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import Product, Role, Side, Speaker, State, Trust, Window
from dplmaild.settings import Settings, load
from dplmaild.store.cases import Cases
from dplmaild.store.debts import Debts
from dplmaild.store.timers import Timers
from process.build import SLOT, case

REFERENCE = "DPL-2026-0001"
READY: dict[str, Any] = {"overridden": ("PRE-2",)}
GIVEN: dict[str, tuple[Case, str]] = {
    "approve": (case(State.AWAITING_APPROVAL), ""),
    "propose": (case(State.SCHEDULED), "2026-12-16 10:00"),
    "decline": (case(State.SCHEDULED), "a campaign"),
    "hold": (case(State.SCHEDULED), "waiting until 2026-12-01 10:00"),
    "resume": (case(State.SCHEDULED, hold="waiting"), ""),
    "override": (case(State.INSTRUCTED), "PRE-2 seen it"),
    "confirm": (case(State.TESTING), "by Ben on the phone"),
    "abort": (case(State.IN_PROGRESS), "broken"),
    "start": (case(State.INSTRUCTED, **READY, slot=Window(NOW + timedelta(minutes=50), SLOT.length)), ""),
    "postpone": (case(State.INSTRUCTED), "30m the backup runs"),
    "delay": (case(State.IN_PROGRESS), "20m slow"),
    "issue": (case(State.IN_PROGRESS), "disk full"),
    "update": (case(State.SCHEDULED), "half way"),
    "complete": (case(State.IN_PROGRESS), ""),
    "rollback": (case(State.TESTING), "broken"),
    "rolledback": (case(State.ROLLING_BACK), ""),
    "fail": (case(State.TESTING), "broken"),
    "cancel": (case(State.SCHEDULED), "not needed"),
    "note": (case(State.SUCCEEDED), "called Ann"),
    "status": (case(State.TESTING), ""),
}
REFUSED: dict[str, tuple[Case, str]] = {
    "a state in which it is not possible": (case(State.SUCCEEDED), "start"),
    "a start long before its slot": (case(State.INSTRUCTED, **READY), "start"),
    "a start that lacks its proof": (case(State.INSTRUCTED), "start"),
    "words that are missing": (case(State.SCHEDULED), "cancel"),
    "a right that an engineer does not have": (case(State.AWAITING_APPROVAL), "approve"),
    "a verb that there is not": (case(State.INSTRUCTED, **READY), "strat"),
}


class Way(StrEnum):
    """How a command is given."""

    MAIL = "mail"
    NOTE = "note"
    COMMAND_LINE = "command line"


@dataclass(frozen=True)
class After:
    """What a command has left behind."""

    result: CommandResult
    case: Case
    timers: frozenset[tuple[str, Any]]
    history: tuple[Any, ...]
    owed: tuple[Any, ...]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[dict[Way, Running]]:
    """The same desk three times."""
    made: dict[Way, Running] = {}
    for way in Way:
        folder = tmp_path / way.value.replace(" ", "-")
        folder.mkdir()
        made[way] = Running(settings_in(folder), folder)
    yield made
    for one in made.values():
        one.database.close()


def given(running: Running, way: Way, one: Case, command: Command, by: str) -> After:
    """The command, given in this way about this case, and everything that it left."""
    with running.database.writing() as connection:
        Cases(connection).save(replace(one, ticket=17), NOW)
    line, later = f"/{command.verb} {command.rest}".strip(), NOW + HOUR
    if way is Way.COMMAND_LINE:
        role = Role.DEPLOYMENT_MANAGER if by == MANAGER else Role.OPS_ENGINEER
        name = "Morgan" if by == MANAGER else "Robin"
        speaker = Speaker(by, Trust.OK, name, None, role, Side.OPS, ("acme", "other"))
        return _after(running, running.reception.order(REFERENCE, command, speaker, later))
    mail = Mail(line, sender=by, subject=f"Re: Next release [{REFERENCE}]")
    if way is Way.MAIL:
        answered = running.receive(mail, later)
    else:
        article = running.ticket(replace(mail, stamped=None), 17, source="ticket", arrived=later)
        assert article is not None
        answered = article
    last = answered.debts[-1].what
    letter = last.letter if isinstance(last, TicketComment) else last
    assert isinstance(letter, Letter)
    (result,) = letter.facts.transcript
    return _after(running, result)


def _after(running: Running, result: CommandResult) -> After:
    with running.database.reading() as connection:
        cases = Cases(connection)
        case_ = cases.load(REFERENCE)
        history = tuple((e.at, e.who, e.was, e.became, e.why["why"]) for e in cases.history_of(REFERENCE))
        owed = tuple(debt.what for debt, _ in Debts(connection).of(REFERENCE) if not _is_transcript(debt.what))
        timers = frozenset((t.kind.value, t.due) for t, ended, _ in Timers(connection).of(REFERENCE) if not ended)
    assert case_ is not None
    return After(result, replace(case_, thread=()), timers, history, tuple(map(_without_thread, owed)))


def _is_transcript(what: Any) -> bool:
    letter = what.letter if isinstance(what, TicketComment) else what
    return isinstance(letter, Letter) and letter.kind is LetterKind.TRANSCRIPT


def _without_thread(what: Any) -> Any:
    """A letter of a thread answers its last message, which a command line is not."""
    if isinstance(what, TicketComment):
        return replace(what, letter=_without_thread(what.letter))
    return replace(what, in_reply_to=None, references=()) if isinstance(what, Letter) else what


def test_the_table_names_every_verb() -> None:
    assert set(GIVEN) == set(VERBS)


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_is_the_same_by_all_three_ways(desks: dict[Way, Running], verb: str) -> None:
    one, rest = GIVEN[verb]
    after = {way: given(running, way, one, Command(verb, rest), MANAGER) for way, running in desks.items()}
    assert after[Way.MAIL].result.done, after[Way.MAIL].result.answer
    assert after[Way.MAIL] == after[Way.NOTE] == after[Way.COMMAND_LINE]


@pytest.mark.parametrize("why", list(REFUSED))
def test_every_refusal_is_the_same_by_all_three_ways(desks: dict[Way, Running], why: str) -> None:
    one, verb = REFUSED[why]
    after = {way: given(running, way, one, Command(verb, ""), ENGINEER) for way, running in desks.items()}
    mail = after[Way.MAIL]
    assert mail == after[Way.NOTE] == after[Way.COMMAND_LINE]
    assert (mail.result.done, mail.owed, mail.case.state) == (False, (), one.state)
    assert mail.result.answer.endswith((".", "?"))
    assert mail.history[-1][-1] == f"/{verb}: {mail.result.answer}"


def test_a_part_under_another_process_keeps_its_timers_by_all_three_ways(tmp_path: Path) -> None:
    """PWA of this customer is under a process that tells of no start beforehand; the rest tells half an hour ahead."""
    found = {}
    for way in Way:
        folder = tmp_path / way.value.replace(" ", "-")
        folder.mkdir()
        running = Running(_with_a_part(folder), folder)
        pwa = case(State.INSTRUCTED)
        pwa = replace(pwa, deployment=replace(pwa.deployment, product=Product.PWA))
        found[way] = given(running, way, pwa, Command("note", "seen"), MANAGER).timers
        running.database.close()
    assert {kind for kind, _ in found[Way.MAIL]} == {"start passed by"}
    assert found[Way.MAIL] == found[Way.NOTE] == found[Way.COMMAND_LINE]


def _with_a_part(folder: Path) -> Settings:
    settings_in(folder)
    (folder / "profiles").mkdir()
    own = 'id = "storefront"\ntitle = "Storefront"\nextends = "caas"\n[watch]\nready_before = "0m"\n'
    (folder / "profiles" / "storefront.toml").write_text(own, "utf-8")
    customer, main = folder / "customers" / "acme.toml", folder / "dplmaild.toml"
    part = 'profile = "caas"\nprofiles = [{ profile = "storefront", products = ["PWA"] }]\n'
    customer.write_text(customer.read_text("utf-8").replace('profile = "caas"\n', part, 1), "utf-8")
    main.write_text('profiles_folder = "profiles"\n' + main.read_text("utf-8"), "utf-8")
    return load(main)
