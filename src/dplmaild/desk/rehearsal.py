"""A record that lives only while a folder of mails is judged (`simulate --stateful`)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from dplmaild.deployment.bookings import Schedule
from dplmaild.deployment.case import Case, held_by
from dplmaild.deployment.owed import Letter
from dplmaild.deployment.rules import Done
from dplmaild.deployment.terms import PRD, State, Version
from dplmaild.desk.consider import Considered
from dplmaild.store.daybook import Daybook
from dplmaild.store.inbox import Stored
from dplmaild.store.questions import Questions
from dplmaild.store.settlements import Settlements


class Rehearsal:
    """Cases in memory; answers what View asks."""

    alone = False
    daybook: Daybook | None = None
    questions: Questions | None = None
    settlements: Settlements | None = None

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}
        self._threads: dict[str, str] = {}

    def remember(self, considered: Considered) -> None:
        """What a mail brought about, for those that follow."""
        for decision in considered.decisions:
            if decision.case is not None:
                self._cases[decision.case.reference] = decision.case
                for message_id in decision.case.thread:
                    self._threads.setdefault(message_id, decision.case.reference)

    def kept(self, _number: int) -> Stored | None:
        """See View."""
        return None

    def case(self, reference: str) -> Case | None:
        """See View."""
        return self._cases.get(reference)

    def of_thread(self, message_ids: Sequence[str]) -> Case | None:
        """See View."""
        found = (self._threads.get(m) for m in reversed(message_ids))
        return next((self._cases[r] for r in found if r), None)

    def letter(self, _reference: str, _message_id: str) -> Letter | None:
        """See View; nothing is sent in a rehearsal, so no letter can be answered."""
        return None

    def of_ticket(self, ticket: int) -> tuple[Case, ...]:
        """See View."""
        return tuple(c for c in self._cases.values() if c.ticket == ticket)

    def open_of(self, customer: str) -> tuple[Case, ...]:
        """See View."""
        return tuple(c for c in self._cases.values() if c.customer == customer and not c.has_ended)

    def schedule(self, since: datetime) -> Schedule:
        """See View."""
        held = (booking for case in self._cases.values() for booking in held_by(case))
        return Schedule(tuple(b for b in held if b.window.end >= since))

    def done(self, customer: str, _versions: Collection[Version]) -> tuple[Done, ...]:
        """See View."""
        ended = (c for c in self._cases.values() if c.customer == customer and c.state is State.SUCCEEDED)
        return tuple(
            Done(
                c.deployment.product,
                c.deployment.environment or PRD,
                c.deployment.target_version,
                c.slot.start,
                c.deployment.type,
            )
            for c in ended
            if c.deployment.target_version and c.slot
        )

    def next_reference(self, year: int) -> str:
        """See View."""
        return f"DPL-{year}-{len(self._cases) + 1:04d}"
