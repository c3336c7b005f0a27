"""What a message can say (domain.md section 6): the words in which `reading` hands a mail to the process."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from dplmaild.deployment.terms import Deployment, Field, WrittenMoment


class Kind(StrEnum):
    """What a message is, before anybody asks who sent it."""

    SCHEDULE_REQUEST = "schedule_request"
    INSTRUCTIONS = "instructions"
    REPLY = "reply"  # an answer within a running conversation; its Intent says which
    COMMAND = "command"  # lines that start with a slash
    AUTO_REPLY = "auto_reply"  # anything a machine sent
    UNRELATED = "unrelated"
    UNSURE = "unsure"


class Intent(StrEnum):
    """What a reply wants."""

    ACCEPT_SLOT = "accept_slot"
    CORRECTION = "correction"  # also: answers to what was asked
    WITHDRAWAL = "withdrawal"
    RESCHEDULE = "reschedule"
    KEEP_DATE = "keep_date"  # another date is no longer wanted: the agreed one stays (SCHED-6)
    SUCCESS_CONFIRMED = "success_confirmed"
    ROLLBACK_REQUESTED = "rollback_requested"
    ISSUE_NO_ROLLBACK = "issue_no_rollback"
    DELAY = "delay"
    STATE_ASKED = "state_asked"  # how it stands, and nothing else


class Automatic(StrEnum):
    """What kind of machine wrote it."""

    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"
    CALENDAR_REPLY = "calendar_reply"
    LIST = "list"  # mailing lists and newsletters
    OWN = "own"  # our own mail come back
    AUTO_GENERATED = "auto_generated"  # any other machine, by its headers


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was found, so that every value can be explained.

    `part` names the MIME part or attachment ("body", "body/html", "attachment:form.xlsx"), `line` or `cell` the
    place within, `label` the label as written, `sure` is 0.0 to 1.0.
    """

    part: str
    label: str = ""
    line: int | None = None
    cell: str | None = None
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """One value for one field of one deployment; `deployment` is the index into Meaning.deployments."""

    field: Field
    text: str
    place: Place
    deployment: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """Something read that has to be asked back: the field, the reason as a code, the words to quote.

    Reasons: conflict (two values), ambiguous, nonexistent, range, weekday_contradicts, zone_contradicts, asap,
    recurring, unreadable, not_a_version, answer_unclear.
    """

    field: Field
    reason: str
    quotes: tuple[str, ...] = ()
    deployment: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """An OPS line: `/delay 20m reason` has verb `delay` and rest `20m reason`."""

    verb: str
    rest: str = ""


# What OPS can do by a line that starts with a slash (domain.md section 7).
VERBS = (
    "approve", "propose", "decline", "hold", "resume", "override", "confirm", "abort", "start", "postpone", "delay",
    "issue", "update", "complete", "rollback", "rolledback", "fail", "cancel", "note", "status",
)  # fmt: skip


def nearest_verb(word: str) -> str | None:
    """The verb that a mistyped one most likely means; None where none is near."""
    return next(iter(get_close_matches(word, VERBS, n=1, cutoff=0.7)), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """An accepted slot: by its number (1 to 3) or by its date in words."""

    number: int | None = None
    when: WrittenMoment | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """A forwarded message inside a mail: whose words it was, and whether the forwarder adopts them (MSG-10)."""

    sender: str | None
    date: str | None
    subject: str | None
    adopted: bool


@dataclass(frozen=True, slots=True)
class NotReached:
    """A recipient whom a mail did not reach: `reported` in a documented field, else only named in a bounce's words."""

    address: str  # lower case
    reason: str = ""  # as the other server gave it
    delayed: bool = False  # it is still being tried
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What a bounce says of the mail that came back."""

    not_reached: tuple[NotReached, ...] = ()
    message_ids: tuple[str, ...] = ()  # of the mail that came back, or of its thread


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one message says.

    `deployments` is empty unless fields were read. A mail that both requests and instructs has kind
    INSTRUCTIONS or SCHEDULE_REQUEST by what prevails, and `requests`/`instructs` say which of the two it does.
    `notes` are free words of a reply (a problem's text, a withdrawal's reason).
    """

    kind: Kind
    intent: Intent | None = None
    automatic: Automatic | None = None
    returned: Returned | None = None  # only of a bounce
    requests: bool = False
    instructs: bool = False
    deployments: tuple[Deployment, ...] = ()
    commands: tuple[Command, ...] = ()
    choice: Choice | None = None
    mailing_list: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    found: tuple[Found, ...] = ()
    new_text: str = ""
    language: str = "en"
    forward: Forward | None = None
    which: int | None = None  # the place, from 0, of the one that an answer to "which one?" names
    refers_to: str | None = None  # our reference in the subject or text: DPL-2026-0042
    source: str = "body"  # where the fields came from: body or attachment
    says_nothing: bool = False  # a reply without an answer: empty, or our form as it was
    something_hidden: bool = False  # struck-out or invisible text was left out
    asap: bool = False  # "as soon as possible" stood for the date (SCHED-10)
    notes: str = ""
    unreadable: str | None = None  # why its words are hidden from us: "encrypted", "opaque signature"
    why: tuple[str, ...] = field(default=())  # how the kind was decided, for `explain`
