"""The same words within a day get the same answer once: who sends them again has it already."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from dplmaild.deployment.owed import Letter, OnTicket, Owed
from dplmaild.deployment.process import Decision
from dplmaild.deployment.said import Kind
from dplmaild.desk.consider import Considered
from dplmaild.desk.recording import Books, is_bounded
from dplmaild.desk.talk import moved
from dplmaild.desk.view import View
from dplmaild.store.inbox import Stored

DAY = timedelta(days=1)


def said_once(considered: Considered, stored: Stored, books: Books, view: View) -> Considered:
    """Without a letter that says once more what the same sender was told about the same words in this case.

    What OPS is told stays: a problem that is reported twice may be two problems. A deployment that moves is answered.
    """
    hearing = considered.hearing
    if (
        hearing.meaning.kind is Kind.COMMAND
        or hearing.case is None
        or not any(_answers(d) for d in considered.decisions)
    ):
        return considered
    if any(moved(view.case(d.case.reference), d.case) for d in considered.decisions if d.case):
        return considered
    same = books.inbox.all_same(hearing.content_key, stored.arrived - DAY, stored.id)
    before = [each.id for each in same if each.reference == considered.reference]
    told = tuple(_letters(debt.what for number in before for debt in books.debts.answering(number)))
    decisions = tuple(_without(decision, told) for decision in considered.decisions)
    if decisions == considered.decisions:
        return considered
    why = f"{considered.why}; answered already, as message {before[-1]}"
    return replace(considered, decisions=decisions, why=why)


def _answers(decision: Decision) -> tuple[Owed, ...]:
    return tuple(each for each in decision.owed if is_bounded(each, triage=False))


def _without(decision: Decision, told: tuple[Letter, ...]) -> Decision:
    again = [each for each in _answers(decision) if any(_alike(one, two) for one in _letters([each]) for two in told)]
    return replace(decision, owed=tuple(each for each in decision.owed if each not in again)) if again else decision


def _letters(owed: Iterable[Owed]) -> Iterable[Letter]:
    for each in owed:
        if isinstance(each, OnTicket):
            yield each.letter
        elif isinstance(each, Letter):
            yield each


def _alike(one: Letter, other: Letter) -> bool:
    """Whether two letters say the same to the same people; the moments of arrival in them aside."""
    first, second = one.facts, other.facts
    return (one.kind, one.to, first.state, first.slot, first.slots, first.missing, first.questions) == (
        other.kind,
        other.to,
        second.state,
        second.slot,
        second.slots,
        second.missing,
        second.questions,
    )
