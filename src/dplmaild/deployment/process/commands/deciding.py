"""What the deployment manager decides: approve, propose, decline, hold, override (SCHED-4)."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, PENDING, Case
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.agreeing import agree, own_duty, resumed
from dplmaild.deployment.process.commands.order import Carried, Order, no, who
from dplmaild.deployment.process.commands.words import moments, reason_and_until, rule_and_rest
from dplmaild.deployment.process.endings import cancelled_case, released
from dplmaild.deployment.process.judging import Circumstances, broken, judge_request, still_missing
from dplmaild.deployment.process.letters import entry, facts_of, letter, row, told, with_offers
from dplmaild.deployment.process.request import offers_of
from dplmaild.deployment.recipients import everyone
from dplmaild.deployment.rules import Ground, length_of
from dplmaild.deployment.status import Override
from dplmaild.deployment.terms import Severity, State, Window


def approve(case: Case, order: Order, ground: Ground) -> Carried:
    """SCHED-4: the deployment manager says yes, also to a date whose broken rules were overridden."""
    slot = case.moving_to or (case.slot if case.state is State.AWAITING_APPROVAL else None)
    if slot is None and case.state in PENDING:
        return _approve_anyway(case, order, ground)
    if slot is None:
        return no(case, f"{case.reference} is {case.state.value}: /approve is not possible now; no other date waits.")
    if slot.start <= order.now:
        return no(case, "That start has passed; offer another with /propose 2026-12-01 10:00.")
    return _agreed(case, slot, order, ground)


def _approve_anyway(case: Case, order: Order, ground: Ground) -> Carried:
    """What was asked for, although it was not confirmed: only with every blocking finding overridden."""
    around = Circumstances(case.arrived or order.now, order.now, instructs=case.instructed, case=case)
    judged = judge_request(case.deployment, ground, around)
    wanted = judged.asked.window
    if wanted is None or judged.missing or wanted.start <= order.now:
        return no(case, "There is no date that could be approved; offer one with /propose 2026-12-01 10:00.")
    against = [f.rule for f in broken(judged.findings, Severity.BLOCKS) if f.rule not in case.overridden]
    if against:
        return no(case, f"Not settled: {', '.join(against)}; /override {against[0]} REASON sets a rule aside.")
    return _agreed(case, wanted, order, ground)


def _agreed(case: Case, slot: Window, order: Order, ground: Ground) -> Carried:
    moved = case.state in AGREED
    now = agree(case, slot, ground, order.now)
    binding = now.state is State.INSTRUCTED
    firm = LetterKind.CONFIRMED_AND_BINDING if binding else LetterKind.CONFIRMED
    facts = facts_of(now, ground, by=who(order), text=order.command.rest, missing=still_missing(now, ground))
    facts = replace(facts, was_slot=case.slot if moved else None)
    kind, to = LetterKind.CHANGED if moved else firm, everyone(now, ground.customer)
    said = letter(kind, now, to, facts, Trigger.OPS, invitation=True)
    duty = own_duty(now, ground) if binding else ()
    return Carried(True, "approved", now, (*told(now, ground, said), *entry(now, ground), row(now), *duty))


def propose(case: Case, order: Order, ground: Ground) -> Carried:
    """OPS offers slots of its own choice; OPS may offer what no rule would."""
    starts = moments(order.command.rest, ground)
    if not starts or len(starts) > ground.profile.slots.offered:
        most = ground.profile.slots.offered
        example = "/propose 2026-12-01 10:00, 2026-12-02 14:00"
        return no(case, f"Please name one to {most} moments that exist once: {example}.")
    if any(start <= order.now for start in starts):
        return no(case, "A proposed start has to lie ahead; please name a later one.")
    length = case.slot.length if case.slot else length_of(case.deployment, ground.customer, ground.profile)
    if length is None:
        return no(case, "The type is not known yet, so neither is the length; please ask for it first.")
    return _offered(case, tuple(Window(start, length) for start in starts), order, ground)


def _offered(case: Case, slots: tuple[Window, ...], order: Order, ground: Ground) -> Carried:
    offers = offers_of(slots, order.now, ground)
    state = case.state if case.state in AGREED else State.PROPOSED
    free, entries = released(case, ground)
    offered = replace(free, state=state, offers=offers, offered_by_ops=True, moving_to=None, drafted=False)
    facts = with_offers(facts_of(offered, ground, by=who(order)), offers)
    said = letter(LetterKind.OFFERED, offered, (case.requested_by,), facts, Trigger.OPS)
    return Carried(True, f"offered {len(slots)} slots", offered, (*told(offered, ground, said), *entries))


def decline(case: Case, order: Order, ground: Ground) -> Carried:
    """The deployment manager says no: to the deployment, or to the other date that waits for approval (SCHED-6)."""
    if not order.command.rest:
        return no(case, "Please say why: /decline REASON.")
    if case.moving_to is not None:
        return _decline_the_move(case, order, ground)
    ended = cancelled_case(case, order.command.rest, State.DECLINED)
    facts = facts_of(ended, ground, text=order.command.rest, by=who(order))
    agreed = case.state in AGREED
    to = everyone(ended, ground.customer) if agreed else (case.requested_by,)
    said = letter(LetterKind.DECLINED, ended, to, facts, Trigger.OPS, invitation=agreed)
    rows = (row(ended),) if agreed else ()
    return Carried(True, "declined", ended, (*told(ended, ground, said), *entry(ended, ground, cancelled=True), *rows))


def _decline_the_move(case: Case, order: Order, ground: Ground) -> Carried:
    stays = replace(case, moving_to=None)
    facts = facts_of(stays, ground, text=order.command.rest, by=who(order))
    said = letter(LetterKind.REFUSED, stays, (case.requested_by,), facts, Trigger.OPS)
    return Carried(True, "the other date is declined; the agreed one stays", stays, told(stays, ground, said))


def hold(case: Case, order: Order, ground: Ground) -> Carried:
    """INST-4: stop the deadline, with a reason, perhaps until a moment."""
    reason, until, readable = reason_and_until(order.command.rest, ground)
    if not readable or (until is not None and until <= order.now):
        return no(case, "A hold ends at a moment that lies ahead: /hold REASON until 2026-12-01 10:00.")
    if not reason:
        return no(case, "A hold needs a reason: /hold REASON [until 2026-12-01 10:00].")
    return Carried(True, "on hold; the deadline stands still", replace(case, hold=reason, hold_until=until))


def resume(case: Case, order: Order, ground: Ground) -> Carried:
    """The deadline runs again."""
    if case.hold is None:
        return no(
            case,
            f"{case.reference} is not on hold, so there is nothing to resume; /hold REASON would stop its deadline.",
        )
    return Carried(True, "resumed", resumed(case, ground, order.now))


def override(case: Case, order: Order, ground: Ground) -> Carried:
    """SCHED-4: a blocking finding is set aside, with a reason that stays on record."""
    rule, reason = rule_and_rest(order.command.rest)
    choice = ground.profile.choice(rule)
    if choice is None:
        return no(case, "Please name the rule, one of this process: /override PRE-2 REASON.")
    if not choice.override:
        return no(case, f"{rule} cannot be set aside: the profile {ground.profile.id} lets nobody do that.")
    if not reason:
        return no(case, f"An override needs a reason: /override {rule} REASON.")
    kept = tuple(each for each in case.overrides if each.rule != rule)
    noted = (*kept, Override(rule, reason, who(order), order.now))
    settled = replace(case, overridden=tuple(dict.fromkeys((*case.overridden, rule))), overrides=noted)
    then = "; /approve takes the date that was asked for" if case.state in PENDING else ""
    return Carried(True, f"{rule} overridden{then}", settled)
