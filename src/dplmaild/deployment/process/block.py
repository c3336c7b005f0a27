"""What becomes of PRD and SYN when their UAT does not take place as agreed: nothing by itself, but all are told."""

from collections.abc import Callable
from dataclasses import replace

from dplmaild.deployment.case import AGREED, RUNNING, Case
from dplmaild.deployment.owed import Affected, Facts, Letter, LetterKind, OnTicket, Owed
from dplmaild.deployment.process.letters import alarm
from dplmaild.deployment.process.steps import prd_without_step, syn_without_step
from dplmaild.deployment.rules import Agreed, Ground
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
    syn = syn_without_step(was.deployment, was.slot, here, ground)
    if prd is not None:
        words = f"{prd.reference} stands on PRD without its UAT; it cannot start before one (PRE-3)"
        left = _left(prd, ground)
        owed = (*_telling(owed, lambda facts: replace(facts, affected=(left,))), alarm(now, ground, words))
    if syn is not None:
        words = f"{syn.reference} synchronises UAT for a deployment that is not there any more (LEAD-1)"
        before = _left(syn, ground)
        owed = (*_telling(owed, lambda facts: replace(facts, syn_left=(before,))), alarm(now, ground, words))
    return owed


def _left(other: Agreed, ground: Ground) -> Affected:
    return Affected(other.reference, ground.customer.name, other.deployment, other.slot, ground.profile.zone, ())


def _telling(owed: tuple[Owed, ...], said: Callable[[Facts], Facts]) -> tuple[Owed, ...]:
    """What is owed, with a word about it in every letter that tells a change."""

    def written(letter: Letter) -> Letter:
        return replace(letter, facts=said(letter.facts)) if letter.kind in _TELLING else letter

    def telling(what: Owed) -> Owed:
        if isinstance(what, OnTicket):
            return replace(what, letter=written(what.letter))
        return written(what) if isinstance(what, Letter) else what

    return tuple(map(telling, owed))
