"""All that the record holds of one deployment: the same for `show` and for the board."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from sqlalchemy import Connection

from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.process.agreeing import cancels
from dplmaild.deployment.terms import Finding
from dplmaild.deployment.timers import Timer
from dplmaild.desk.recording import findings_in
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases, Entry
from dplmaild.store.debts import Debt, Debts
from dplmaild.store.timers import Timers
from dplmaild.writing.letters import Letters
from dplmaild.writing.status import timer_in_words
from dplmaild.writing.wording import Wording


@dataclass(frozen=True)
class Dossier:
    """One deployment with its history, its timers (with when and how they ended), and all that was owed for it."""

    case: Case
    history: tuple[Entry, ...]
    timers: tuple[tuple[Timer, datetime | None, str], ...]
    owed: tuple[tuple[Debt, datetime | None], ...]

    @classmethod
    def load(cls, connection: Connection, reference: str) -> Self | None:
        """What is on record; None where there is no such deployment."""
        case = Cases(connection).load(reference)
        if case is None:
            return None
        history = Cases(connection).history_of(reference)
        return cls(case, history, Timers(connection).of(reference), Debts(connection).of(reference))

    @cached_property
    def judged(self) -> tuple[Entry, tuple[Finding, ...]] | None:
        """The last line of the history in which rules were asked, and what they found; None where none ever was."""
        lines = ((entry, findings_in(entry.why)) for entry in reversed(self.history))
        return next(((entry, found) for entry, found in lines if found), None)


@dataclass(frozen=True, slots=True)
class TimerWords:
    """How timers are said: on OPS's clock of the deployment's own profile, and what missing the deadline brings."""

    wording: Wording
    cancels: bool

    @classmethod
    def of(cls, case: Case, customer: Customer | None, settings: Settings, letters: Letters, language: str) -> Self:
        """In UTC where the customer is not known any more."""
        ground = settings.ground(customer).under(case.deployment) if customer else None
        zone = ground.profile.zone if ground else "UTC"
        wording = letters.wording(language, zone, zone)
        return cls(wording, ground is not None and cancels(case, ground))

    def does(self, timer: Timer) -> str:
        """What it does when it falls due."""
        return timer_in_words(timer, self.wording, cancels=self.cancels)


def customer_of(case: Case, settings: Settings) -> Customer | None:
    """Whose it is; None where that customer is not configured any more."""
    return next((customer for customer in settings.customers if customer.id == case.customer), None)
