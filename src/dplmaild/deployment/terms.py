"""The glossary of domain.md as types: the words that every room of the house uses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer


class Product(StrEnum):
    """What is deployed in the `caas` process; `prod` names free components instead."""

    ICM = "ICM"  # the shop
    PWA = "PWA"  # the storefront
    IOM = "IOM"  # order management


class DeploymentType(StrEnum):
    """How deep a deployment cuts (caas 3.2)."""

    FULL = "full"  # code and database, with downtime
    CODE = "code"  # web and app tier only
    HOTFIX = "hotfix"  # small code fix of a faulty release


class Sla(StrEnum):
    """The service level a customer has bought."""

    STANDARD = "standard"
    PREMIUM = "premium"


class Phase(StrEnum):
    """Before or after go-live (WHO-2)."""

    SETUP = "setup"
    LIVE = "live"


class Management(StrEnum):
    """Who runs the customer's systems (WHO-3)."""

    OPS = "ops"  # ours
    DELEGATED = "delegated"  # a partner's, who delegates the operation to us
    PARTNER = "partner"  # a partner's alone: not ours


class Side(StrEnum):
    """Whose people somebody belongs to."""

    OPS = "ops"
    PARTNER = "partner"
    CUSTOMER = "customer"


class Role(StrEnum):
    """What somebody may do (domain.md section 7)."""

    RELEASE_MANAGER = "release_manager"
    ATTENDANT = "attendant"
    CONTACT = "contact"  # any other known contact of customer or partner
    PROJECT_MANAGER = "project_manager"
    OPS_ENGINEER = "ops_engineer"
    DEPLOYMENT_MANAGER = "deployment_manager"


class Trust(StrEnum):
    """How far a sender is believed (MSG-5)."""

    OK = "ok"  # in the directory and vouched for
    UNKNOWN = "unknown"  # not in the directory
    UNVERIFIED = "unverified"  # in the directory, but nobody vouches
    SPOOFED = "spoofed"  # our border server says the sender is not who the mail claims


class Performer(StrEnum):
    """Who performs a deployment (WHO-1)."""

    OPS = "ops"
    PARTNER = "partner"


class Severity(StrEnum):
    """What a broken rule means for the request."""

    BLOCKS = "blocks"
    APPROVAL = "approval"
    WARNS = "warns"
    INFORMS = "informs"


class State(StrEnum):
    """The states of a deployment (domain.md section 5)."""

    REQUESTED = "requested"
    INCOMPLETE = "incomplete"
    PROPOSED = "proposed"
    AWAITING_APPROVAL = "awaiting approval"
    EXPIRED = "expired"
    SCHEDULED = "scheduled"
    INSTRUCTED = "instructed"
    IN_PROGRESS = "in progress"
    TESTING = "testing"
    SUCCEEDED = "succeeded"
    ROLLING_BACK = "rolling back"
    TESTING_ROLLBACK = "testing rollback"
    ROLLED_BACK = "rolled back"
    FAILED = "failed"
    ABORTED = "aborted"
    CANCELLED = "cancelled"
    DECLINED = "declined"


class Field(StrEnum):
    """A thing a request or instructions can state; the value is its name in JSON and in a profile."""

    TYPE = "type"
    PRODUCT = "product"
    ENVIRONMENT = "environment"
    WHEN = "when"
    CURRENT_VERSION = "current_version"
    TARGET_VERSION = "target_version"
    DEPLOY_APP_TIER = "DeployAppTier"
    DEPLOY_WEB_TIER = "DeployWebTier"
    INVALIDATE_PAGE_CACHE = "InvalidatePageCache"
    DB_MIGRATE = "DBMigrate"
    CARTRIDGES = "cartridges"
    RELEASE_NOTES = "release_notes"
    DESCRIPTION = "description"
    SPECIAL_ACTIVITIES = "special_activities"
    COMPONENTS = "components"
    TICKETS = "tickets"
    RESTARTS = "restarts"
    DURATION = "duration"
    TEST_WINDOW = "test_window"
    VALIDATED = "validated"
    ROLLBACK = "rollback"
    ARTIFACT = "artifact"
    ATTENDANT = "attendant"
    MAILING_LIST = "mailing_list"
    TESTED_ON = "tested_on"


class MomentStatus(StrEnum):
    """What a written moment turned out to be (POLICY-3)."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"  # two or more readings, or one that contradicts itself
    NONEXISTENT = "nonexistent"  # falls into the gap of a DST change
    RANGE = "range"  # a day without a time, or a stretch


class NaiveTimeError(ValueError):
    """A moment without a zone was handed to something that judges time."""


class VersionError(ValueError):
    """A text that is no version."""


@dataclass(frozen=True, slots=True, order=True)
class Environment:
    """An environment by its short upper-case name; a customer can declare more than the usual three."""

    name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.strip().upper())

    def __str__(self) -> str:
        return self.name


INT = Environment("INT")
UAT = Environment("UAT")
PRD = Environment("PRD")

_VERSION = re.compile(r"[vV]?(\d{1,9}(?:\.\d{1,9}){0,5})([-._+]?[A-Za-z][\w.+-]{0,40}|[-+][\w.+-]{1,40})?")


@dataclass(frozen=True, slots=True)
class Version:
    """A release number: compared by its numbers only, the suffix is opaque (`11.0.2-hotfix1`)."""

    text: str

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.text):
            raise VersionError(f"not a version: {self.text!r}")

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numeric parts, most significant first."""
        match = _VERSION.fullmatch(self.text)
        return tuple(int(part) for part in match[1].split(".")) if match else ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch from the start to the end of the tests; the start carries its zone."""

    start: datetime
    length: timedelta

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None:
            raise NaiveTimeError(self.start)
        if self.length <= timedelta(0):
            raise ValueError(f"a window needs a length above zero, not {self.length}")

    @property
    def end(self) -> datetime:
        """The end in the start's zone; reckoned in elapsed time, so it is right across a DST change."""
        zone = self.start.tzinfo
        return (self.start.astimezone(UTC) + self.length).astimezone(zone)

    def overlaps(self, other: "Window") -> bool:
        """Whether both hold at some moment; touching ends do not count."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A date and time as somebody wrote it, and what it means.

    `local` is the wall clock in `zone` (None when no single reading stands), `utc` the same moment and None unless
    `status` is exact. `candidates` are the possible readings in UTC. `reason` says why it is not exact, as one of
    the codes of `reading.dates`.
    """

    text: str
    status: MomentStatus
    local: datetime | None = None
    zone_text: str | None = None
    zone: str | None = None
    utc: datetime | None = None
    candidates: tuple[datetime, ...] = ()
    reason: str | None = None
    day: date | None = None  # the calendar day, when at least that is certain


@dataclass(frozen=True, slots=True)
class Options:
    """The switches of an ICM deployment (INST-1); None is never said."""

    deploy_app_tier: bool | None = None
    deploy_web_tier: bool | None = None
    invalidate_page_cache: bool | None = None
    db_migrate: bool | None = None
    cartridges: tuple[str, ...] = ()

    def merged(self, newer: Self) -> Self:
        """What both say; the newer word wins."""
        said = {f.name: getattr(newer, f.name) for f in fields(newer) if getattr(newer, f.name) not in (None, ())}
        return replace(self, **said)


@dataclass(frozen=True, slots=True)
class Component:
    """A free component with its version (`addon-x 3.2.11`), as `prod` names them."""

    name: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is known of one deployment, from one message or from a case so far. None or empty is: never said."""

    product: Product | None = None
    environment: Environment | None = None
    type: DeploymentType | None = None
    when: WrittenMoment | None = None
    duration: timedelta | None = None
    test_window: timedelta | None = None
    current_version: Version | None = None
    target_version: Version | None = None
    options: Options = field(default_factory=Options)
    release_notes: str | None = None
    description: str | None = None
    special_activities: str | None = None  # "none" counts as said
    components: tuple[Component, ...] = ()
    tickets: tuple[str, ...] = ()
    restarts: str | None = None
    validated: str | None = None  # what was validated where and with whom, or the risk accepted (PRE-4)
    rollback: str | None = None  # the rollback guide (PRE-5)
    artifact: str | None = None  # the released artifact (PRE-6)
    attendants: tuple[str, ...] = ()
    mailing_list: tuple[str, ...] = ()
    tested_on: tuple[Environment, ...] = ()  # where the partner states the same version runs (PRE-1, PRE-2)

    def merged(self, newer: Self) -> Self:
        """What both say together; the newer word wins field by field."""
        said = {f.name: getattr(newer, f.name) for f in fields(newer) if getattr(newer, f.name) not in (None, ())}
        said["options"] = self.options.merged(newer.options)
        return replace(self, **said)


Fact = str | int | float | bool | date | datetime | timedelta | None | tuple[str, ...]


def _with_type(value: Fact) -> object:
    """A fact as JSON that knows its type again: a day must not come back from the store as a text."""
    match value:
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case tuple():
            return list(value)
        case _:
            return value


def _from_typed(value: object) -> object:
    """The fact behind `_with_type`."""
    match value:
        case {"moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"seconds": float() | int() as seconds}:
            return timedelta(seconds=seconds)
        case list():
            return tuple(value)
        case _:
            return value


KeptFact = Annotated[Fact, BeforeValidator(_from_typed), PlainSerializer(_with_type, when_used="json")]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one request (domain.md section 1).

    `passed` is None when the rule cannot be judged yet (what only the instructions show) or does not apply.
    """

    rule: str
    applies: bool
    passed: bool | None
    severity: Severity
    facts: Mapping[str, KeptFact]

    @property
    def broken(self) -> bool:
        """Whether the rule applies and was not kept."""
        return self.applies and self.passed is False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who sent a message, as far as that is known."""

    address: str
    trust: Trust
    name: str = ""
    customer: str | None = None  # the customer's id
    role: Role | None = None
    side: Side | None = None
    customers: tuple[str, ...] = ()  # every customer this address may speak for
