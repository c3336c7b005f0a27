"""A command on its way: given, carried out or refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CommandResult, LetterKind, Owed, Trigger
from dplmaild.deployment.process.letters import facts_of, letter, told
from dplmaild.deployment.profile import Act
from dplmaild.deployment.recipients import MOST_RECIPIENTS, attendants, the_list
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Command
from dplmaild.deployment.status import Precondition, Status
from dplmaild.deployment.terms import Speaker, State
from dplmaild.deployment.timers import Timer


@dataclass(frozen=True, slots=True)
class Order:
    """One command line, by somebody whose right to give it is still to be checked."""

    command: Command
    speaker: Speaker
    now: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """What a command brought about: a new case and what is owed, or why it was refused."""

    done: bool
    answer: str
    case: Case
    owed: tuple[Owed, ...] = ()
    timers: tuple[Timer, ...] = ()
    status: Status | None = None  # the answer to /status
    unmet: tuple[Precondition, ...] = ()  # what a /start is refused for

    def told(self, line: str) -> CommandResult:
        """As it is told to who gave it."""
        return CommandResult(line, self.done, self.answer, self.status, self.unmet)


Verb = Callable[[Case, Order, Ground], Carried]


@dataclass(frozen=True, slots=True)
class Known:
    """A verb: whose right it is, in which states it can be given, and what it does."""

    act: Act
    states: frozenset[State]
    does: Verb


def no(case: Case, answer: str) -> Carried:
    """Refused, in a whole sentence that says what to do instead."""
    return Carried(False, answer, case)


def who(order: Order) -> str:
    """The name under which people see who gave it."""
    return order.speaker.name or order.speaker.address


def notice(kind: LetterKind, case: Case, order: Order, ground: Ground, **more: object) -> tuple[Owed, ...]:
    """A notice of the day to the mailing list (RUN); to the attendants too where it opens their tests (RUN-3)."""
    facts = facts_of(case, ground, **{"text": order.command.rest, "by": who(order), **more})
    testers = attendants(case, ground.customer) if kind is LetterKind.COMPLETED else ()
    to = tuple(dict.fromkeys((*testers, *the_list(case))))[:MOST_RECIPIENTS]
    invites = kind is LetterKind.DELAYED  # its entry has another end
    return told(case, ground, letter(kind, case, to, facts, Trigger.OPS, invitation=invites))
