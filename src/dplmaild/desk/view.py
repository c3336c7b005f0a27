"""What the desk looks at while it decides: the record, or nothing for a mail that is judged alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

from dplmaild.deployment.bookings import Schedule
from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.owed import Letter
from dplmaild.deployment.process.steps import agreed_of, may_be_step
from dplmaild.deployment.reservations import reserved_by_all
from dplmaild.deployment.rules import Done, Ground
from dplmaild.deployment.rules.effective import syn_type
from dplmaild.deployment.terms import PRD, Deployment, Version
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.daybook import Daybook
from dplmaild.store.debts import Debts
from dplmaild.store.inbox import Inbox, Stored
from dplmaild.store.questions import Questions
from dplmaild.store.settlements import Settlements

_DAYS_AHEAD = 400  # of reservations that are held


class View(Protocol):
    """What is on record."""

    @property
    def alone(self) -> bool:
        """Whether nothing is on record because nothing is known of it (`explain` of one mail)."""

    @property
    def daybook(self) -> Daybook | None:
        """The whole day's record, for the digest; None where there is none."""

    def case(self, reference: str) -> Case | None:
        """The case with this reference."""

    def of_thread(self, message_ids: Sequence[str]) -> Case | None:
        """The case whose thread holds one of these Message-IDs."""

    def letter(self, reference: str, message_id: str) -> Letter | None:
        """The letter of ours about a case that has this Message-ID."""

    def of_ticket(self, ticket: int) -> tuple[Case, ...]:
        """The cases that a ticket stands for."""

    def open_of(self, customer: str) -> tuple[Case, ...]:
        """The customer's cases that have not ended."""

    def schedule(self, since: datetime) -> Schedule:
        """All that is held from a moment on."""

    def done(self, customer: str, versions: Collection[Version]) -> tuple[Done, ...]:
        """The customer's successful deployments of these versions."""

    def next_reference(self, year: int) -> str:
        """A fresh reference."""

    @property
    def questions(self) -> Questions | None:
        """Which deployment was asked about whom; None where nothing is ever asked."""

    @property
    def settlements(self) -> Settlements | None:
        """What was put before OPS, and what is settled; None where nothing is."""

    def kept(self, number: int) -> Stored | None:
        """A message by its number."""


class RecordView:
    """The database of a running desk, within one transaction."""

    alone = False

    def __init__(
        self,
        cases: Cases,
        debts: Debts | None = None,
        daybook: Daybook | None = None,
        questions: Questions | None = None,
        inbox: Inbox | None = None,
        settlements: Settlements | None = None,
    ) -> None:
        """Without debts it knows of no letters, which is enough for whoever only needs a ground."""
        self._cases = cases
        self._debts = debts
        self.daybook = daybook
        self.questions = questions
        self.settlements = settlements
        self._inbox = inbox

    def kept(self, number: int) -> Stored | None:
        """See View."""
        return self._inbox.load(number) if self._inbox else None

    def case(self, reference: str) -> Case | None:
        """See View."""
        return self._cases.load(reference)

    def of_thread(self, message_ids: Sequence[str]) -> Case | None:
        """See View."""
        reference = self._cases.of_thread(message_ids)
        return self._cases.load(reference) if reference else None

    def letter(self, reference: str, message_id: str) -> Letter | None:
        """See View."""
        return self._debts.letter(reference, message_id) if self._debts else None

    def of_ticket(self, ticket: int) -> tuple[Case, ...]:
        """See View."""
        return self._cases.of_ticket(ticket)

    def open_of(self, customer: str) -> tuple[Case, ...]:
        """See View."""
        return self._cases.open_of(customer)

    def schedule(self, since: datetime) -> Schedule:
        """See View."""
        return self._cases.schedule(since)

    def done(self, customer: str, versions: Collection[Version]) -> tuple[Done, ...]:
        """See View."""
        found = self._cases.succeeded_of(customer, versions)
        return tuple(done for case in found if (done := _done(case)) is not None)

    def next_reference(self, year: int) -> str:
        """See View."""
        return self._cases.next_reference(year)


class NothingOnRecord:
    """A mail judged alone: no case, no schedule, no history (SEE-11)."""

    alone = True
    daybook: Daybook | None = None
    questions: Questions | None = None
    settlements: Settlements | None = None

    def __init__(self) -> None:
        self._last = 0

    def kept(self, _number: int) -> Stored | None:
        """See View."""
        return None

    def case(self, _reference: str) -> Case | None:
        """See View."""
        return None

    def of_thread(self, _message_ids: Sequence[str]) -> Case | None:
        """See View."""
        return None

    def letter(self, _reference: str, _message_id: str) -> Letter | None:
        """See View."""
        return None

    def of_ticket(self, _ticket: int) -> tuple[Case, ...]:
        """See View."""
        return ()

    def open_of(self, _customer: str) -> tuple[Case, ...]:
        """See View."""
        return ()

    def schedule(self, _since: datetime) -> Schedule:
        """See View."""
        return Schedule()

    def done(self, _customer: str, _versions: Collection[Version]) -> tuple[Done, ...]:
        """See View."""
        return ()

    def next_reference(self, year: int) -> str:
        """See View."""
        self._last += 1
        return f"DPL-{year}-{self._last:04d}"


def _done(case: Case) -> Done | None:
    if case.deployment.target_version is None or case.slot is None:
        return None
    what = case.deployment
    return Done(what.product, what.environment or PRD, case.deployment.target_version, case.slot.start, what.type)


class Grounds:
    """The ground of each customer: calendars are built once, the schedule is looked up for every decision."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._base = lru_cache(maxsize=None)(self._build)
        self._reserved = lru_cache(maxsize=2)(self._held_ahead)  # worked out once a day

    def of(self, customer: Customer, named: Iterable[Deployment], view: View, now: datetime) -> Ground:
        """Everything the rules look at for one customer, as it stands now.

        `named` are the deployments in question: what is on record of their versions is looked up, and
        what is agreed besides where one of them can be a step of a block.
        """
        base, known = self._base(customer.id), tuple(named)
        in_block = any(may_be_step(one, base.under(one)) for one in known)
        agreed = agreed_of(view.open_of(customer.id)) if in_block else ()
        stated = (one.target_version for one in (*known, *(each.deployment for each in agreed)))
        ran = view.done(customer.id, {version for version in stated if version is not None})
        syns = {syn_type(profile) for profile in (base.profile, *base.profiles.values())}
        done = tuple(each for each in ran if each.type is None or each.type not in syns)  # it brings no version
        reserved = self._reserved(base.calendar.day_of(now))
        schedule = view.schedule(now - timedelta(days=2)).over(reserved, customer.id)
        return replace(base, schedule=schedule, done=done, agreed=agreed)

    def _held_ahead(self, today: date) -> Schedule | None:
        """What the reservations of all customers hold from today on."""
        settings = self._settings
        having = [customer for customer in settings.customers if customer.reservations]
        known = ((customer, settings.profile_of(customer)) for customer in having)
        return Schedule(reserved_by_all(known, today, _DAYS_AHEAD)) if having else None

    def _build(self, customer_id: str) -> Ground:
        customer = self._settings.directory.customer(customer_id)
        return self._settings.ground(customer)
