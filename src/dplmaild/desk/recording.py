"""Decisions written down: new state, history, timers and what is owed, in the transaction of their message."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import (
    Alarm,
    CoveredComment,
    Letter,
    OnTicket,
    Owed,
    TicketComment,
    Trigger,
    leaves_in_shadow,
)
from dplmaild.deployment.process import Decision
from dplmaild.deployment.process.decision import Which
from dplmaild.deployment.site import LIBRARY
from dplmaild.deployment.terms import Finding
from dplmaild.deployment.timers import Timer
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases, Entry
from dplmaild.store.daybook import Daybook
from dplmaild.store.debts import Claim, Debt, Debts, NewDebt
from dplmaild.store.inbox import Inbox
from dplmaild.store.questions import Questions
from dplmaild.store.settlements import Settlements
from dplmaild.store.statements import SHADOW
from dplmaild.store.timers import Timers

_FINDINGS = TypeAdapter(tuple[Finding, ...])


def findings_in(why: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings of a line of the history; none where nothing was judged."""
    return _FINDINGS.validate_python(why.get("findings", ()))


@dataclass(frozen=True, slots=True)
class Cause:
    """By whom and by which message or command something happens; `seed` makes its Message-IDs its own."""

    who: str
    what: str  # message 17, command /start, timer instruction deadline
    seed: str
    message: int | None = None
    answers: str | None = None  # under whom letters caused by mail are counted (P12)
    human: bool = False  # somebody who may acted: the count of the thread begins anew (P12)
    triage: bool = False  # what goes to OPS about it is counted as well
    silenced: str = ""  # why letters caused by mail are withheld (P12)

    def aside(self, word: str) -> "Cause":
        """The daemon's own doing because of the same message."""
        return Cause("dplmaild", self.what, f"{self.seed}/{word}", self.message)


class Books:
    """Everything of the store within one transaction, and how a decision is entered there."""

    def __init__(self, connection: Connection, settings: Settings, claim: Claim | None) -> None:
        self.connection = connection
        self.inbox = Inbox(connection)
        self.cases = Cases(connection)
        self.debts = Debts(connection)
        self.timers = Timers(connection)
        self.daybook = Daybook(connection)
        self.questions = Questions(connection)
        self.settlements = Settlements(connection)
        self._settings = settings
        self._claim = claim
        self._letters = 0

    def enter(self, decision: Decision, was: Case | None, cause: Cause, now: datetime) -> tuple[Debt, ...]:
        """Write one decision down; the debts it creates are ours to pay at once."""
        case = _dated(decision.case, was, now) if decision.case else None
        if case is not None:
            self.cases.save(case, now)
            self.cases.remember(case.reference, case.thread)
            self.timers.set(case.reference, _ahead(decision.timers), now, how_it_stands(case))
        self._note(decision, was, cause, now)
        debts = self.owe(decision.owed, case.reference if case else None, cause, now)
        if decision.which is not None and cause.message is not None and debts:
            self._ask(decision.which, decision.which.message or cause.message, debts, now)
        return debts

    def _ask(self, which: Which, message: int, debts: tuple[Debt, ...], now: datetime) -> None:
        """The question is known by its letter and, where it stands on a ticket, by that."""
        letter = next((debt.message_id for debt in debts if debt.message_id), None)
        tickets = (debt.what.ticket for debt in debts if isinstance(debt.what, TicketComment))
        self.questions.ask(message, which.part, which.fits, now, letter=letter, ticket=next(tickets, None))

    def owe(self, owed: Iterable[Owed], reference: str | None, cause: Cause, now: datetime) -> tuple[Debt, ...]:
        """Write down what is owed, each letter with its Message-ID fixed now (P4)."""
        new = tuple(self._new(what, reference, cause) for what in self._marked(tuple(owed), reference, cause))
        ids = [debt.message_id for debt in new if debt.message_id]
        if reference is not None:
            self.cases.remember(reference, ids)
        return self.debts.owe(new, now, self._claim)

    def _marked(self, owed: tuple[Owed, ...], reference: str | None, cause: Cause) -> tuple[Owed, ...]:
        """Comments of one notice share a marker: two numbers that lead to one ticket leave one comment there (P7)."""
        notices = [(each.letter.kind, each.letter.facts) for each in owed if isinstance(each, CoveredComment)]

        def marked(what: Owed) -> Owed:
            said = (what.letter.kind, what.letter.facts) if isinstance(what, OnTicket) else None
            if not isinstance(what, OnTicket) or said not in notices:
                return what
            name = f"{self._settings.desk.instance}/{cause.seed}/{reference}/notice {notices.index(said)}"
            return replace(what, marker=f"{self._settings.desk.instance}-{_digest(name)}")

        return tuple(map(marked, owed)) if notices else owed

    def _new(self, what: Owed, reference: str | None, cause: Cause) -> NewDebt:
        is_mail = isinstance(what, Letter | Alarm)
        bounded = is_bounded(what, triage=cause.triage)
        message_id = self._message_id(cause) if is_mail else None
        shadow = self._settings.desk.shadow and not leaves_in_shadow(what)
        note = SHADOW if shadow else cause.silenced if bounded else ""
        answers = cause.answers if bounded else None
        return NewDebt(what, reference, cause.message, message_id, answers, bool(note), note)

    def _message_id(self, cause: Cause) -> str:
        self._letters += 1
        name = _digest(f"{self._settings.desk.instance}/{cause.seed}/{self._letters}")
        return f"<{name}@{self._settings.desk.address.rpartition('@')[2]}>"

    def _note(self, decision: Decision, was: Case | None, cause: Cause, now: datetime) -> None:
        why: dict[str, Any] = {"verdict": decision.verdict.value, "why": decision.why, "holidays": LIBRARY}
        if decision.judgement is not None:
            why["findings"] = as_recorded(decision.judgement.findings)
        if cause.human:
            why["moved"] = True
        reference = decision.case.reference if decision.case else None
        became = decision.case.state if decision.case else None
        before = was.state if was is not None else None
        self.cases.note(Entry(reference, now, cause.who, cause.what, before, became, why))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def how_it_stands(case: Case) -> str:
    """Why a timer is not needed any more: how the deployment stands now."""
    held = " and on hold" if case.hold is not None else ""
    slot = f", its slot {case.slot.start.isoformat(' ', 'minutes')}" if case.slot else ""
    return f"it is {case.state.value}{held}{slot}"


def _dated(case: Case, was: Case | None, now: datetime) -> Case:
    """The case with the moment since when it stands as it does; a further message about it does not change that."""
    stands = (case.state, case.hold, case.moving_to)
    same = was is not None and stands == (was.state, was.hold, was.moving_to)
    return case if same else replace(case, since=now)


def as_recorded(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Findings as the history keeps them."""
    kept: list[dict[str, Any]] = _FINDINGS.dump_python(findings, mode="json")
    return kept


def is_bounded(what: Owed, *, triage: bool) -> bool:
    """Whether it counts as talk: an answer to a mail. What OPS or a timer causes does not (P12)."""
    if isinstance(what, Alarm):
        return triage
    letter = what.letter if isinstance(what, OnTicket) else what
    return isinstance(letter, Letter) and letter.trigger is Trigger.MAIL


def _ahead(timers: Sequence[Timer]) -> tuple[Timer, ...]:
    """Timers at most once each; what lies in the past fires at once, late rather than never."""
    return tuple(dict.fromkeys(timers))
