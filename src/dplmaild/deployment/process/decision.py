"""What a decision is."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Owed
from dplmaild.deployment.process.judging import Judgement
from dplmaild.deployment.said import Meaning
from dplmaild.deployment.terms import Deployment, Speaker, Window
from dplmaild.deployment.timers import Timer


class Verdict(StrEnum):
    """What is done with a message; the words of `explain` (issue's `decision`)."""

    CONFIRM = "confirm"
    APPROVAL = "approval"  # passes and is put before the manager
    ASK_BACK = "ask_back"
    OTHER_SLOT = "other_slot"
    PARTNER_PERFORMS = "partner_performs"
    NOT_OURS = "not_ours"
    RECORD = "record"  # instructions, corrections, reports and what needs no procedure
    TOO_LATE = "too_late"
    TRIAGE = "triage"  # unsure or not believed
    NO_ACTION = "no_action"


# For a mail with two deployments, its own decision is the strictest: first in this order.
STRICTEST = (
    Verdict.TRIAGE, Verdict.TOO_LATE, Verdict.OTHER_SLOT, Verdict.ASK_BACK, Verdict.APPROVAL, Verdict.NOT_OURS,
    Verdict.PARTNER_PERFORMS, Verdict.CONFIRM, Verdict.RECORD, Verdict.NO_ACTION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as the process hears it: what was said, by whom, when it arrived, and in which thread."""

    meaning: Meaning
    speaker: Speaker
    arrived: datetime
    now: datetime
    written: datetime | None = None  # the sender's own Date where it can be true: older words overwrite nothing
    named: tuple[Window, ...] = ()  # the slots of the letter that is answered, by their numbers
    subject: str = ""
    message_id: str | None = None
    references: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()  # To and Cc, for the mailing list (INST-9)
    ticket: int | None = None
    own: frozenset[str] = frozenset()
    alone: bool = False  # `explain` of a single mail: what ran before it is not known
    beside: tuple[Deployment, ...] = ()  # the other deployments of the same message: steps of one block (LEAD-1)

    @property
    def said_at(self) -> datetime:
        """When its words were written, as far as is known; never after the arrival."""
        return min(self.written or self.arrived, self.arrived)

    def about(self, number: int) -> Self:
        """The same message as far as it speaks of one of its deployments."""
        all_of_them = self.meaning.deployments
        if len(all_of_them) < 2:
            return self
        questions = tuple(q for q in self.meaning.questions if q.deployment == number)
        one = replace(self.meaning, deployments=(all_of_them[number],), questions=questions)
        return replace(self, meaning=one, beside=(*all_of_them[:number], *all_of_them[number + 1 :]))


@dataclass(frozen=True, slots=True)
class Which:
    """A question that a decision asks: which of these deployments is meant, by one part of the message or by all."""

    fits: tuple[str, ...]  # references, in the order of their numbers
    part: int | None = None
    message: int | None = None  # the earlier message it is about; None: the one that is decided


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done about one case because of one message, command or timer."""

    verdict: Verdict
    why: str  # one line for the log, the live table and the history
    case: Case | None = None
    owed: tuple[Owed, ...] = ()
    timers: tuple[Timer, ...] = ()
    judgement: Judgement | None = None
    which: Which | None = None  # asked of the sender


def strictest(verdicts: tuple[Verdict, ...]) -> Verdict:
    """The one that a mail with several deployments is filed under."""
    return min(verdicts, key=STRICTEST.index, default=Verdict.NO_ACTION)
