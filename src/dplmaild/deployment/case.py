"""A case: one deployment on its way from the first mail to its end (domain.md section 5)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

from dplmaild.deployment.bookings import Booking
from dplmaild.deployment.status import Override
from dplmaild.deployment.terms import PRD, Deployment, State, Window

KEPT_MESSAGES = 20  # a thread's References never grow past this


@dataclass(frozen=True, slots=True)
class Offer:
    """One offered slot; its number stays while others lapse, and it is held until a moment of its own (SCHED-8)."""

    number: int
    slot: Window
    until: datetime
    held: bool = True  # a released one is only remembered: taking it is judged anew
    offered_at: datetime | None = None  # a number that was written before means another slot


@dataclass(frozen=True, slots=True)
class Case:
    """All that is true of one deployment. The database holds one row per case, replaced by every transition."""

    reference: str  # DPL-2026-0042
    customer: str  # the customer's id
    state: State
    deployment: Deployment
    requested_by: str  # who is answered
    language: str
    subject: str  # the thread's subject as its author wrote it
    arrived: datetime | None = None  # the arrival that counts for lead time (SCHED-11)
    slot: Window | None = None  # agreed, or put before the manager
    offers: tuple[Offer, ...] = ()
    confirmed_at: datetime | None = None
    instructed_at: datetime | None = None
    deadline: datetime | None = None  # of the instructions (INST-3)
    hold: str | None = None  # the reason of /hold
    hold_until: datetime | None = None
    tests_until: datetime | None = None
    overridden: tuple[str, ...] = ()  # rule IDs settled by /override or a statement
    mailing_list: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()  # Message-IDs, oldest first
    ticket: int | None = None
    sequence: int = 0  # of the calendar event (iTIP)
    step_of: str | None = None  # the PRD case whose UAT step this is
    result: str = ""  # how it ended, in words
    asked_back: bool = field(default=False)  # a form is out and waits to be filled in
    reckoned_at: datetime | None = None  # when the deadline was reckoned: at the confirmation, or as a hold ended
    offered_by_ops: bool = False  # OPS itself proposed the offers: taking one needs neither rule nor approval
    changing_date: bool = False  # the agreed date is being talked about (SCHED-6)
    moving_to: Window | None = None  # another date that waits for approval while the agreed one stays (SCHED-6)
    drafted: bool = False  # kept for somebody who may give it and is asked to adopt it (MSG-10, section 7)
    last_word: datetime | None = None  # when the newest message that changed the case was written
    tests_since: datetime | None = None  # when the tests that are going on began
    problem_by: str = ""  # who reported a problem in the tests that are going on: nobody else calls them a success
    draft: Deployment | None = None  # instructions that wait to be adopted
    overrides: tuple[Override, ...] = ()  # who set a rule aside, when and why (SCHED-4)
    delayed: timedelta = timedelta(0)  # told while it ran, by a program that did not move the end of the slot yet
    since: datetime | None = None  # since when it stands as it does: its state, its hold, its other date

    def moved_to(self, state: State, **changed: Any) -> Self:
        """The same case in another state."""
        return replace(self, state=state, **changed)

    def heard(self, *message_ids: str | None) -> Self:
        """The same case with messages added to its thread; the first ones and the newest stay."""
        known = dict.fromkeys((*self.thread, *(m for m in message_ids if m)))
        thread = tuple(known)
        kept = thread if len(thread) <= KEPT_MESSAGES else (thread[0], *thread[-(KEPT_MESSAGES - 1) :])
        return replace(self, thread=kept)

    @property
    def instructed(self) -> bool:
        """Whether complete instructions have been received."""
        return self.instructed_at is not None

    @property
    def is_new(self) -> bool:
        """Whether nothing was decided about it yet."""
        return self.state is State.REQUESTED and self.arrived is None and not self.asked_back

    @property
    def held_offers(self) -> tuple[Offer, ...]:
        """The offered slots that nobody else gets (SCHED-8)."""
        return tuple(offer for offer in self.offers if offer.held)

    @property
    def standing_offers(self) -> tuple[Offer, ...]:
        """All slots of an offer of which one at least is held: those that lapsed keep the others' numbers right."""
        return self.offers if self.held_offers else ()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED


PENDING = frozenset({State.REQUESTED, State.INCOMPLETE, State.PROPOSED, State.AWAITING_APPROVAL, State.EXPIRED})
AGREED = frozenset({State.SCHEDULED, State.INSTRUCTED})
RUNNING = frozenset({State.IN_PROGRESS, State.TESTING, State.ROLLING_BACK, State.TESTING_ROLLBACK})
ENDED = frozenset(
    {State.SUCCEEDED, State.ROLLED_BACK, State.FAILED, State.ABORTED, State.CANCELLED, State.DECLINED},
)

HOLDING = frozenset({State.PROPOSED, State.AWAITING_APPROVAL}) | AGREED | RUNNING


def held_by(case: Case) -> tuple[Booking, ...]:
    """The slots a case keeps others out of: its agreed one, and those it was offered (SCHED-6, SCHED-8)."""
    if case.state not in HOLDING:
        return ()
    environment, product = case.deployment.environment or PRD, case.deployment.product
    firm = (case.slot,) if case.slot and case.state is not State.PROPOSED else ()
    tentative = [offer.slot for offer in case.held_offers] + ([case.moving_to] if case.moving_to else [])
    waits = case.state is State.AWAITING_APPROVAL
    return (
        *(Booking(case.reference, case.customer, environment, slot, product, waits) for slot in firm),
        *(Booking(case.reference, case.customer, environment, slot, product, True) for slot in tentative),
    )


# STATE-1: what may follow what. A transition that is not here is refused with what is possible now.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset(
        {State.INCOMPLETE, State.PROPOSED, State.AWAITING_APPROVAL, State.SCHEDULED, State.CANCELLED, State.DECLINED},
    ),
    State.INCOMPLETE: frozenset({State.REQUESTED, State.CANCELLED, State.DECLINED}),
    # Another date named instead is judged like a new request (SCHED-6): back to requested.
    State.PROPOSED: frozenset(
        {State.REQUESTED, State.SCHEDULED, State.AWAITING_APPROVAL, State.EXPIRED, State.CANCELLED, State.DECLINED},
    ),
    State.AWAITING_APPROVAL: frozenset(
        {State.REQUESTED, State.SCHEDULED, State.PROPOSED, State.CANCELLED, State.DECLINED}
    ),
    State.EXPIRED: frozenset({State.REQUESTED, State.CANCELLED, State.DECLINED}),
    State.SCHEDULED: frozenset({State.INSTRUCTED, State.CANCELLED, State.DECLINED}),
    State.INSTRUCTED: frozenset({State.IN_PROGRESS, State.CANCELLED, State.DECLINED}),
    State.IN_PROGRESS: frozenset({State.TESTING, State.ROLLING_BACK, State.FAILED, State.ABORTED}),
    State.TESTING: frozenset({State.SUCCEEDED, State.ROLLING_BACK, State.FAILED}),
    State.ROLLING_BACK: frozenset({State.TESTING_ROLLBACK}),
    State.TESTING_ROLLBACK: frozenset({State.ROLLED_BACK}),
    **{state: frozenset() for state in ENDED},
}


# Stations that one decision may pass through: an answer is judged again as a request, and what is confirmed
# with complete instructions is scheduled and instructed at once (SEE-14).
_PASSED_THROUGH = (State.REQUESTED, State.SCHEDULED)


def may_follow(now: State, then: State) -> bool:
    """Whether the table allows a transition, directly or through the stations of one decision."""
    reached = {now}
    for station in _PASSED_THROUGH:
        if any(station in TRANSITIONS[state] for state in reached):
            reached.add(station)
    return any(then in TRANSITIONS[state] for state in reached)
