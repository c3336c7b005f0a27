"""How things stand, as OPS is shown it by `/status` and by the digest (domain.md sections 7 and 8)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dplmaild.deployment.terms import Deployment, Field, Finding, State, Window
from dplmaild.deployment.timers import Timer


class Party(StrEnum):
    """Whose turn it is; in the order in which OPS wants to read it."""

    MANAGER = "manager"  # of OPS: decides
    OPS = "ops"  # whoever is on duty
    ATTENDANT = "attendant"
    PARTNER = "partner"  # or the customer: whoever asked


class Awaited(StrEnum):
    """What is waited for."""

    APPROVAL = "approval"  # or another word of the deployment manager
    RESUMPTION = "resumption"  # of what is on hold
    OWN_LINES = "own_lines"  # of the instructions that our own side owes (INST-2)
    START = "start"
    COMPLETION = "completion"
    ROLLBACK = "rollback"
    VERDICT = "verdict"  # on the tests
    ADOPTION = "adoption"  # of a draft (MSG-10)
    DETAILS = "details"  # what the form asks for
    CHOICE = "choice"  # of an offered slot
    NEW_DATE = "new_date"  # nothing is offered any more
    INSTRUCTIONS = "instructions"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who is waited for, for what, and until when where something happens then."""

    party: Party
    awaited: Awaited
    who: tuple[str, ...] = ()  # addresses
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A rule that OPS has set aside for one deployment (SCHED-4)."""

    rule: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Precondition:
    """One thing that has to be true before the start, and what shows that it is or is not.

    `name` is a rule's ID, `instructions` or `hold`. `blocks`: `/start` is refused without it.
    """

    name: str
    met: bool
    blocks: bool
    finding: Finding | None = None
    missing: tuple[Field, ...] = ()
    text: str = ""  # the reason of a hold
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How one deployment stands. Moments are aware; `zone` is that of its own profile."""

    reference: str
    customer: str  # the customer's name
    state: State
    deployment: Deployment  # with effective type and environment
    zone: str
    slot: Window | None = None
    moving_to: Window | None = None  # another date that waits for approval
    since: datetime | None = None  # since when it stands as it does
    deadline: datetime | None = None  # of the instructions, where it still runs
    cancels: bool = False  # whether missing that deadline cancels
    missing: tuple[Field, ...] = ()  # what the partner still owes
    own_missing: tuple[Field, ...] = ()  # what our own side still owes
    hold: str | None = None
    hold_until: datetime | None = None
    waits: tuple[Waiting, ...] = ()
    ahead: tuple[Timer, ...] = ()  # what falls due by itself, the next first
    overrides: tuple[Override, ...] = ()
    ready: tuple[Precondition, ...] = ()  # for the start, while it lies ahead

    def calls(self, at: datetime) -> tuple[Waiting, ...]:
        """What it waits for at a moment: a start or an end that lies ahead waits for nobody yet."""
        return tuple(w for w in self.waits if w.awaited not in _IN_TIME or (w.until is not None and w.until <= at))


_IN_TIME = frozenset({Awaited.START, Awaited.COMPLETION})  # nobody is late before their moment


@dataclass(frozen=True, slots=True)
class Looked:
    """A message that OPS has to look at: put before OPS, or quarantined."""

    number: int  # of `dplmaild replay`
    sender: str
    subject: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What did not simply go out: in doubt, set aside, or withheld."""

    number: int
    reference: str | None
    what: str
    to: tuple[str, ...]
    state: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A letter that shadow mode kept back: to whom, and its first line (SEE-12)."""

    reference: str | None
    to: tuple[str, ...]
    first_line: str
    answers: str = ""  # what came in: sender and subject


@dataclass(frozen=True, slots=True)
class Digest:
    """The day as OPS begins it. Lists are as long as people read; `more` counts what is left out of each."""

    at: datetime
    since: datetime  # of what is new: the digest before
    zone: str
    today: date
    next_day: date  # the next working day of OPS
    due_today: tuple[Status, ...] = ()
    due_next: tuple[Status, ...] = ()  # after today, up to the next working day
    waiting: tuple[Status, ...] = ()  # everything else that waits for somebody
    held: tuple[Status, ...] = ()
    overridden: tuple[Status, ...] = ()  # with the overrides that are new
    looked: tuple[Looked, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    unread: tuple[str, ...] = ()  # sources that cannot be read, and why
    unknown: tuple[str, ...] = ()  # deployments that cannot be judged: their customer is gone from the configuration
    came_in: tuple[tuple[str, int], ...] = ()  # shadow mode: outcomes, with how many messages ended so
    unsaid: tuple[Unsaid, ...] = ()  # shadow mode: what would have been answered
    shadow: bool = False
    more: tuple[tuple[str, int], ...] = field(default=())  # by the name of a list

    @property
    def says_something(self) -> bool:
        """Whether there is anything that OPS should know."""
        lists = (self.due_today, self.due_next, self.waiting, self.held, self.overridden, self.looked)
        return any((*lists, self.undelivered, self.unread, self.unknown, self.came_in, self.unsaid))
