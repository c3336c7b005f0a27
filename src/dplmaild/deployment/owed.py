"""What can be owed to the world after a decision. The process says it, `delivery` pays it, once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dplmaild.deployment.said import Question
from dplmaild.deployment.status import Digest, Precondition, Status
from dplmaild.deployment.terms import Deployment, Field, Finding, State, Window


class LetterKind(StrEnum):
    """Which letter it is; each has its template in every language."""

    ASKED = "asked"  # what is missing or unclear, as one form (SCHED-1)
    ADOPT = "adopt"  # a contact's draft or a bare forward: "shall we take these as yours?" (MSG-10, section 7)
    OFFERED = "offered"  # other slots, and why not the one asked for (SCHED-2)
    AWAITING_APPROVAL = "awaiting_approval"  # passes, and is put before the manager (SCHED-4)
    CONFIRMED = "confirmed"
    CONFIRMED_AND_BINDING = "confirmed_and_binding"  # request and complete instructions in one (SEE-14)
    BINDING = "binding"  # instructions complete (INST-6)
    INSTRUCTIONS_INCOMPLETE = "instructions_incomplete"  # what the instructions still lack, until when
    CHANGED = "changed"  # a correction as a diff (INST-7), or a slot that moved
    KEPT = "kept"  # another date is no longer wanted: the agreed one stays (SCHED-6)
    STANDS = "stands"  # how it stands, to somebody who asked nothing else
    EMPTY = "empty"  # a reply that holds no answer: an empty one, our form as it was
    WHICH = "which"  # more than one deployment fits: asked which is meant
    NAMED_ALREADY = "named_already"  # which of them was meant is settled: nothing is done twice
    KNOWN = "known"  # the same request is on record already (MSG-8)
    OVERTAKEN = "overtaken"  # written before newer words, arrived after them: nothing changed
    PASSED_ON = "passed_on"  # a correction after the deadline: nothing has changed yet
    TOO_LATE = "too_late"  # instructions after the deadline
    REMINDER = "reminder"  # instructions are still missing (INST-4)
    CANCELLED = "cancelled"
    DECLINED = "declined"
    PARTNER_PERFORMS = "partner_performs"  # WHO-1, WHO-2
    NO_PROCEDURE = "no_procedure"  # WHO-4
    REFUSED = "refused"  # not possible now, and what is (STATE-1)
    UNREADABLE = "unreadable"  # encrypted or sealed: please send it again in the clear
    NOTED = "noted"  # a report was received and passed on
    STARTED = "started"
    POSTPONED = "postponed"
    DELAYED = "delayed"
    ISSUE = "issue"
    UPDATE = "update"
    COMPLETED = "completed"  # the tests begin (RUN-3)
    TEST_REMINDER = "test_reminder"
    SUCCEEDED = "succeeded"
    ROLLING_BACK = "rolling_back"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"
    ABORTED = "aborted"
    TRANSCRIPT = "transcript"  # to OPS: each command line and what became of it
    TRIAGE = "triage"  # to OPS: a mail that wants a human look, with the reading so far
    ALARM = "alarm"  # to OPS: something waits for you or went wrong
    READY = "ready"  # to OPS: a start comes near, with what it has and what it lacks
    DIGEST = "digest"  # to OPS: the day as it begins, and what waits for whom
    LOOKED_AGAIN = "looked_again"  # to OPS: what is booked and breaks a rule since calendars or profiles changed


class Trigger(StrEnum):
    """Who caused a letter; decides about Auto-Submitted and the limits of talk (P12)."""

    MAIL = "mail"
    OPS = "ops"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a correction: was, now (INST-7)."""

    field: Field
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class RefusedDay:
    """Why there is no slot on a day: the broken rules."""

    day: datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """A booked deployment that breaks a rule since something has changed; `zone` is OPS's for it."""

    reference: str
    customer: str
    deployment: Deployment
    slot: Window | None
    zone: str
    findings: tuple[Finding, ...]


class Changed(StrEnum):
    """What booked deployments are looked at again for."""

    HOLIDAYS = "holidays"  # the library that knows them
    OPS = "ops"
    PROFILE = "profile"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Since:
    """One change: of whose calendars or rules, and what stood there before where that says something."""

    what: Changed
    name: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """One line of an OPS transcript."""

    line: str
    done: bool
    answer: str
    status: Status | None = None  # of /status
    unmet: tuple[Precondition, ...] = ()  # what a /start was refused for
    digest: Digest | None = None  # of a /status that names no deployment


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a letter may say. Moments are aware; letters show them in OPS's zone and the customer's."""

    reference: str | None = None
    customer: str = ""  # the customer's name
    state: State | None = None
    deployment: Deployment = field(default_factory=Deployment)  # with effective type and environment
    requested_type: str | None = None  # as it was asked, where TYPE-1 corrected it
    wanted: Window | None = None  # what was asked for
    slot: Window | None = None  # what is agreed, or put before the manager
    was_slot: Window | None = None  # before a change of date
    uat_step: Window | None = None  # the UAT step proposed with a full ICM deployment (SCHED-9)
    syn_step: Window | None = None  # the synchronisation proposed before it
    ops_zone: str = "Europe/Berlin"
    zone: str = "Europe/Berlin"  # the customer's
    downtime: bool = False
    arrived: datetime | None = None  # since when the request counts as received
    findings: tuple[Finding, ...] = ()  # those worth a line: broken ones, warnings
    slots: tuple[Window, ...] = ()
    slots_until: datetime | None = None  # the last of the offers is held until then
    slot_ends: tuple[datetime, ...] = ()  # until when each of them is held
    earliest: Window | None = None  # the earliest legal slot, named when the date is asked for (SCHED-10)
    refused_days: tuple[RefusedDay, ...] = ()
    subject_to_approval: bool = False
    missing: tuple[Field, ...] = ()
    questions: tuple[Question, ...] = ()
    deadline: datetime | None = None  # of the instructions
    cancels: bool = True  # whether that deadline cancels by itself, or only reminds (INST-5)
    at_once: bool = False  # that deadline leaves no time: they are wanted now (INST-3)
    changes: tuple[Change, ...] = ()
    not_added: tuple[str, ...] = ()  # addresses that are not ours to write to (INST-9)
    also_informed: tuple[str, ...] = ()  # on the list because the directory says so (INST-9)
    lacks_on_list: tuple[str, ...] = ()  # roles that are not on the mailing list (INST-1)
    conditions: tuple[str, ...] = ()  # rule IDs that only the instructions can show (SCHED-3)
    taken_from: str | None = None  # whose forwarded message it was taken from (MSG-10)
    something_hidden: bool = False
    answer_yes: bool = False  # a plain yes takes over what a late mail says
    only_told: bool = False  # OPS is told, and nothing waits for it
    text: str = ""  # free words: an engineer's, a reason, what is possible now
    minutes: timedelta | None = None  # of a delay
    tests_until: datetime | None = None
    portal: str = ""
    phone: str = ""
    by: str = ""  # who did it
    transcript: tuple[CommandResult, ...] = ()
    triage: tuple[tuple[str, str], ...] = ()  # what is known of a mail for OPS: (label, text)
    affected: tuple[Affected, ...] = ()  # what is booked and breaks a rule now
    syn_left: tuple[Affected, ...] = ()  # the SYN whose UAT is not there any more
    more_affected: int = 0  # those that are too many for one letter
    since: tuple[Since, ...] = ()  # what has changed
    digest: Digest | None = None
    ready: tuple[Precondition, ...] = ()  # for the start


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is owed. `title` is the thread's subject without our tag; `to` and `cc` are directory addresses."""

    kind: LetterKind
    to: tuple[str, ...]
    language: str
    title: str
    facts: Facts
    trigger: Trigger
    cc: tuple[str, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    invitation: bool = False  # carries the calendar entry as iTIP (CAL)
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class TicketComment:
    """A comment on a ticket; its words are those of the letter (RUN-6, MSG-9)."""

    ticket: int
    letter: Letter
    internal: bool = False
    as_mail: bool = False  # Zammad sends it
    marker: str = ""  # shared with the same notice's comments elsewhere; empty: one of its own


@dataclass(frozen=True, slots=True)
class CoveredComment:
    """The same words on a ticket that the deployment covers (RUN-6), by the number that somebody wrote.

    Whose ticket it is is looked up when it is paid: on another customer's nothing is written.
    """

    number: str
    customer: str  # the id of the customer whose deployment it is
    letter: Letter
    as_mail: bool = False  # Zammad mails it to the ticket's customer
    reached: tuple[str, ...] = ()  # who has these words by mail already: nobody is mailed twice (MSG-9)
    marker: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """The state of a deployment's event; a rising sequence."""

    reference: str
    sequence: int
    tentative: bool
    cancelled: bool
    slot: Window
    facts: Facts
    attendees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the customer's deployment log is to be brought up to date (LOG-1)."""

    reference: str
    customer: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """OPS has to look: a letter to OPS that no partner sees."""

    letter: Letter


OnTicket = TicketComment | CoveredComment
Owed = Letter | OnTicket | CalendarEntry | LogRow | Alarm


def letter_in(what: Owed) -> Letter | None:
    """The words of it: what is mailed, stands on a ticket or is put before OPS; None of what has no words."""
    return what.letter if isinstance(what, Alarm | OnTicket) else what if isinstance(what, Letter) else None


def readers_of(what: Owed) -> tuple[str, ...]:
    """Whom its words are for: the addresses in To and Cc; of a ticket covered, that ticket."""
    if isinstance(what, CoveredComment):
        return (f"ticket {what.number}",)
    letter = letter_in(what)
    return (*letter.to, *letter.cc) if letter else ()


def leaves_in_shadow(what: Owed) -> bool:
    """SEE-12: nothing but the digest to OPS."""
    return isinstance(what, Alarm) and what.letter.kind is LetterKind.DIGEST
