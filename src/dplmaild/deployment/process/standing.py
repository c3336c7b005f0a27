"""How a case stands: what is missing, who is waited for, what falls due next. A function of the case and its ground."""

from datetime import datetime

from dplmaild.deployment.case import AGREED, PENDING, Case
from dplmaild.deployment.process.drafts import adoptable
from dplmaild.deployment.process.judging import own_lines, still_missing
from dplmaild.deployment.process.letters import facts_of
from dplmaild.deployment.process.readiness import preconditions
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.recipients import attendants, managers
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.status import Awaited, Party, Status, Waiting
from dplmaild.deployment.terms import Role, State


def status_of(case: Case, ground: Ground, now: datetime) -> Status:
    """Everything that OPS wants to know of one deployment at this moment."""
    ground = ground.under(case.deployment)
    facts, agreed = facts_of(case, ground), case.state in AGREED
    runs = case.state is State.SCHEDULED and case.deadline is not None and case.deadline > now
    return Status(
        reference=case.reference,
        customer=ground.customer.name,
        state=case.state,
        deployment=facts.deployment,
        zone=ground.profile.zone,
        slot=case.slot,
        moving_to=case.moving_to,
        since=case.since,
        deadline=facts.deadline if runs else None,
        cancels=facts.cancels,
        missing=still_missing(case, ground) if agreed else (),
        own_missing=own_lines(case, ground) if agreed else (),
        hold=case.hold if agreed else None,
        hold_until=case.hold_until if agreed else None,
        waits=tuple(_waits(case, ground)),
        ahead=tuple(sorted((t for t in timers_of(case, ground) if t.due > now), key=lambda t: t.due)),
        overrides=case.overrides,
        ready=preconditions(case, ground, now) if agreed else (),
    )


def _waits(case: Case, ground: Ground) -> list[Waiting]:
    """Who has to act so that it goes on; empty for what has ended."""
    if case.state in PENDING:
        return [_pending(case, ground)]
    if case.state in AGREED:
        return _agreed(case, ground)
    match case.state:
        case State.IN_PROGRESS:
            return [Waiting(Party.OPS, Awaited.COMPLETION, until=case.slot.end if case.slot else None)]
        case State.ROLLING_BACK:
            return [Waiting(Party.OPS, Awaited.ROLLBACK)]
        case State.TESTING | State.TESTING_ROLLBACK:
            who = attendants(case, ground.customer)
            return [Waiting(Party.ATTENDANT, Awaited.VERDICT, who, case.tests_until)]
        case _:
            return []


def _pending(case: Case, ground: Ground) -> Waiting:
    if case.state is State.AWAITING_APPROVAL:
        return Waiting(Party.MANAGER, Awaited.APPROVAL, _deciders(ground))
    if adoptable(case):
        return Waiting(Party.PARTNER, Awaited.ADOPTION, ground.customer.addresses(Role.RELEASE_MANAGER))
    held = [offer.until for offer in case.held_offers]
    asked = (case.requested_by,)
    if held:
        return Waiting(Party.PARTNER, Awaited.CHOICE, asked, max(held))
    return Waiting(Party.PARTNER, Awaited.DETAILS if case.asked_back else Awaited.NEW_DATE, asked)


def _agreed(case: Case, ground: Ground) -> list[Waiting]:
    """An agreed deployment can wait for several people at once."""
    start = case.slot.start if case.slot else None
    found = []
    if case.moving_to is not None:
        found.append(Waiting(Party.MANAGER, Awaited.APPROVAL, _deciders(ground)))
    if case.hold is not None:
        found.append(Waiting(Party.OPS, Awaited.RESUMPTION, until=case.hold_until or start))
    elif case.state is State.INSTRUCTED:
        found.append(Waiting(Party.OPS, Awaited.START, until=start))
    if own_lines(case, ground):
        found.append(Waiting(Party.OPS, Awaited.OWN_LINES, until=start))
    if case.draft is not None:
        who = ground.customer.addresses(Role.RELEASE_MANAGER)
        found.append(Waiting(Party.PARTNER, Awaited.ADOPTION, who, case.deadline))
    if case.state is State.SCHEDULED and case.hold is None and still_missing(case, ground):
        found.append(Waiting(Party.PARTNER, Awaited.INSTRUCTIONS, managers(case, ground.customer), case.deadline))
    return found


def _deciders(ground: Ground) -> tuple[str, ...]:
    return tuple(person.address for person in ground.ops.people if person.role is Role.DEPLOYMENT_MANAGER)
