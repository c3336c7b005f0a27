"""What becomes of PRD when its UAT does not take place as agreed (PRE-3): nothing by itself, but everybody knows it."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, RUNNING, Case
from dplmaild.deployment.owed import Affected, Letter, LetterKind, OnTicket, Owed
from dplmaild.deployment.process.letters import alarm
from dplmaild.deployment.process.steps import prd_without_step
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import State

_TELLING = frozenset({
    LetterKind.CANCELLED, LetterKind.DECLINED, LetterKind.CHANGED, LetterKind.FAILED, LetterKind.ROLLED_BACK,
    LetterKind.ABORTED,
})  # fmt: skip


def with_prd_told(was: Case, now: Case, owed: tuple[Owed, ...], ground: Ground) -> tuple[Owed, ...]:
    """What is owed, with a word about the PRD that stands without its UAT since: to the partner, and to OPS."""
    gone = now.state not in AGREED | RUNNING or now.slot != was.slot
    if was.state not in AGREED | RUNNING or was.slot is None or now.state is State.SUCCEEDED or not gone:
        return owed
    here = now.slot if now.state in AGREED | RUNNING else None
    prd = prd_without_step(was.reference, was.deployment, was.slot, here, ground)
    if prd is None:
        return owed
    left = Affected(prd.reference, ground.customer.name, prd.deployment, prd.slot, ground.profile.zone, ())
    words = f"{prd.reference} stands on PRD without its UAT; it cannot start before one (PRE-3)"
    return (*(_telling(each, left) for each in owed), alarm(now, ground, words))


def _telling(owed: Owed, left: Affected) -> Owed:
    if isinstance(owed, OnTicket):
        return replace(owed, letter=_written(owed.letter, left))
    return _written(owed, left) if isinstance(owed, Letter) else owed


def _written(letter: Letter, left: Affected) -> Letter:
    return replace(letter, facts=replace(letter.facts, affected=(left,))) if letter.kind in _TELLING else letter
