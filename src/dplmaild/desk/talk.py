"""Bounded talk (P12): no machine that answers our answers keeps us talking. Counted on record, so a restart knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Alarm, Facts, Letter, LetterKind, Trigger
from dplmaild.deployment.said import Automatic, Kind
from dplmaild.desk.consider import Considered
from dplmaild.desk.recording import Books, Cause, is_bounded
from dplmaild.desk.speaking import speaks_anew
from dplmaild.desk.view import View
from dplmaild.ports import Outcome
from dplmaild.settings import Settings
from dplmaild.store.inbox import Stored

DAY = timedelta(days=1)
BUSY = 10  # who gets things done is no loop, but so many times the limit in a day is more than a person does


class Sort(StrEnum):
    """What a mail brought about, in front of its sender's address where its letters are counted."""

    IDLE = ""  # nothing changed: asked again, refused, passed on
    MOVING = "moved "  # a deployment moved: a human's doing
    TRIAGE = "triage "  # put before OPS


@dataclass(frozen=True, slots=True)
class Talk:
    """With whom we talk, about what, and whether it leads anywhere."""

    sender: str
    sort: Sort
    reference: str | None

    @property
    def key(self) -> str:
        """Under which its letters are counted."""
        return f"{self.sort.value}{self.sender}"[:320]


@dataclass(frozen=True, slots=True)
class Overrun:
    """Why letters are withheld, and whether OPS knows already."""

    why: str
    told: bool


class Bounds:
    """What may still be said, by what was said before."""

    def __init__(self, books: Books, settings: Settings) -> None:
        self._books = books
        self._settings = settings
        self._limits = settings.desk
        self._ops = settings.ops.address

    def cause_of(
        self, stored: Stored, considered: Considered, view: View, now: datetime
    ) -> tuple[Cause, Overrun | None]:
        """The message as a cause of letters, and why these are withheld where they are one too many."""
        # What OPS is told of a bounce is counted as well: it may come back itself, and would be told of for ever.
        triage = considered.outcome is Outcome.TRIAGE or considered.hearing.automatic is Automatic.BOUNCE
        acted = not triage and _acted(considered, view)
        sort = Sort.TRIAGE if triage else Sort.MOVING if acted else Sort.IDLE
        talk = Talk(considered.hearing.message.sender.address, sort, considered.reference)
        letters = _letters(considered, triage=triage)
        inbox, hearing = self._books.inbox, considered.hearing
        speaks = sort is Sort.IDLE and speaks_anew(hearing, talk.reference, stored, inbox, self._settings)
        found = (self._overrun(talk, now, anew=speaks) or self._over_the_cap(letters, now)) if letters else None
        cause = Cause(
            considered.hearing.speaker.address,
            f"message {stored.id}",
            stored.hash,
            stored.id,
            talk.key,
            human=acted or speaks,
            triage=triage,
            silenced=found.why if found else "",
        )
        return cause, found

    def alarm(self, considered: Considered, cause: Cause) -> Alarm:
        """OPS is told, once, that something is withheld."""
        subject = considered.hearing.message.subject
        text = f"letters are withheld: {cause.silenced}; the last mail is {cause.what}: {subject}"
        facts = Facts(reference=considered.reference, text=text)
        return Alarm(Letter(LetterKind.ALARM, (self._ops,), "en", "", facts, Trigger.TIMER))

    def _overrun(self, talk: Talk, now: datetime, *, anew: bool) -> Overrun | None:
        """`anew`: a human has just spoken, so the thread's count begins with this answer."""
        debts, yesterday = self._books.debts, now - DAY
        said = debts.answers_since(talk.key, yesterday)
        most = self._limits.answers_per_sender * (BUSY if talk.sort is Sort.MOVING else 1)
        if said >= most:
            why = f"{most} answers to {talk.sender} in 24 hours are the limit (P12)"
            return Overrun(why, debts.withheld_since(talk.key, yesterday))
        if not said or anew or talk.sort is not Sort.IDLE or talk.reference is None:
            return None
        return self._too_much_in(talk, talk.reference, now)

    def _too_much_in(self, talk: Talk, reference: str, now: datetime) -> Overrun | None:
        """The thread's own count, which begins anew when somebody who may acts."""
        debts, yesterday, most = self._books.debts, now - DAY, self._limits.answers_per_thread
        since = max(yesterday, self._books.cases.last_moved(reference) or yesterday)
        if debts.answers_since(talk.key, since, reference) < most:
            return None
        why = f"{most} answers in this thread without anybody's action are the limit (P12)"
        return Overrun(why, debts.withheld_since(talk.key, since, reference))

    def _over_the_cap(self, letters: int, now: datetime) -> Overrun | None:
        """The last bound of all: what mail may cause in one day, whoever sends it."""
        cap = self._limits.letters_per_day
        total = self._books.debts.count_caused(now.date(), letters)
        if total <= cap:
            return None
        return Overrun(f"{cap} letters that mail caused today are the limit (P12)", told=total - letters > cap)


def moved(was: Case | None, now: Case | None) -> bool:
    """Whether a message changed what is agreed or known, and not only the conversation about it."""
    return now is not None and (was is None or _substance(was) != _substance(now))


def _substance(case: Case) -> tuple[object, ...]:
    agreed = (case.state, case.slot, case.moving_to, case.hold, case.overridden, case.instructed_at, case.tests_until)
    return (*agreed, case.deployment, case.draft)


def _acted(considered: Considered, view: View) -> bool:
    if considered.hearing.meaning.kind is Kind.COMMAND:
        return True
    return any(moved(view.case(d.case.reference), d.case) for d in considered.decisions if d.case)


def _letters(considered: Considered, *, triage: bool) -> int:
    owed = (*considered.owed, *(each for decision in considered.decisions for each in decision.owed))
    return sum(is_bounded(each, triage=triage) for each in owed)
