"""A policy profile: one organisation's process as data (POLICY-1). What is not said here is not a rule there."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from dplmaild.deployment.customer import Hours, Strict, ZoneName
from dplmaild.deployment.terms import DeploymentType, Environment, Performer, Product, Role, Severity, Side, Sla
from dplmaild.deployment.terms import Field as Wanted

_SPAN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?")


def _span(written: object) -> object:
    """`4h`, `1h30m`, `2d` as a timedelta; anything else is left to pydantic to refuse."""
    match = _SPAN.fullmatch(written) if isinstance(written, str) else None
    if match is None or not any(match.groups()):
        if isinstance(written, timedelta):
            return written
        raise ValueError(f"not a span of time: {written!r} (write 4h, 30m, 1h30m or 2d)")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


Span = Annotated[timedelta, BeforeValidator(_span), Field(ge=timedelta(0))]


class Weekday(StrEnum):
    """A day of the week, in the order of `date.weekday()`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Count(StrEnum):
    """How notice is counted, from the arrival to the deployment."""

    CALENDAR = "calendar"  # calendar dates in OPS's zone
    WORKING = "working"  # OPS working days, the deployment day included
    HOURS = "hours"  # elapsed hours up to the start


class Condition(StrEnum):
    """What else has to hold before a field is required."""

    ALWAYS = "always"
    DB_MIGRATE = "db_migrate"  # DBMigrate: yes
    CHANGED_CODE = "changed_code"  # a released component with its version is deployed


class StatedDuration(StrEnum):
    """What a duration in the mail does to the profile's own (POLICY-4)."""

    LONGER_WINS = "longer wins"
    AS_STATED = "as stated"


class Act(StrEnum):
    """What people do to a deployment, one row of the table in domain.md section 7 each."""

    REQUEST = "request"  # request, accept a slot, change the date, withdraw
    INSTRUCT = "instruct"  # instruct, correct
    REPORT = "report"  # confirm or report after the tests
    DECIDE = "decide"  # approve, propose, decline, override, hold
    PERFORM = "perform"  # start to close, postpone, cancel


class May(StrEnum):
    """A cell of that table: how far a role may go."""

    YES = "yes"
    NO = "no"
    DRAFT = "draft"  # kept as a draft which the release manager is asked to adopt
    PASSED_ON = "passed on"  # goes to OPS
    FOR_CUSTOMER = "for the customer"  # counts, and is recorded as done for the customer
    CORRECTIONS = "corrections"  # may correct, not instruct
    CONFIRM_BY = "confirm by"  # only as `/confirm by NAME reason`


class Lead(Strict):
    """Notice a type of deployment needs (LEAD-1 to LEAD-3), in units of `count`."""

    at_least: int = Field(ge=0, le=366)
    recommended: int | None = Field(default=None, ge=0, le=366)  # less than this warns
    count: Count = Count.CALENDAR


class TypePolicy(Strict):
    """What a profile settles for one type of deployment."""

    duration: Span = Field(gt=timedelta(0))  # without the tests
    weekdays: tuple[Weekday, ...] = Field(min_length=1)
    lead: Lead | None = None
    downtime: bool | None = None  # None: the profile does not say
    approval: bool = False  # put before the deployment manager although every rule passes (SCHED-4)


class Scope(Strict):
    """Which deployments something is about; an empty list means all."""

    types: tuple[DeploymentType, ...] = ()
    except_types: tuple[DeploymentType, ...] = ()
    products: tuple[Product, ...] = ()
    environments: tuple[str, ...] = ()  # as the customer's directory treats them
    slas: tuple[Sla, ...] = ()

    def covers(
        self,
        type_: DeploymentType | None,
        product: Product | None,
        environment: Environment | None,
        sla: Sla | None = None,
    ) -> bool:
        """Whether a deployment lies in the scope; what is not known lies in no list."""
        listed = (
            (self.types, type_),
            (self.products, product),
            (self.environments, environment.name if environment else None),
            (self.slas, sla),
        )
        return type_ not in self.except_types and all(not names or value in names for names, value in listed)


class RuleChoice(Scope):
    """That a rule holds in this profile, for what, and how much breaking it weighs."""

    severity: Severity
    at_start: Severity | None = None  # the weight when the deployment is about to start; None: the same


class Unbound(Scope):
    """Deployments that are not bound to business hours (HOUR-2); the hours are those of slots we choose."""

    hours: Hours


class Cell(Scope):
    """Part of the responsibility matrix (WHO-1); the first cell that covers a deployment counts."""

    by: Performer


class Requirement(Scope):
    """A field that has to be said, for which deployments, and by whom."""

    field: Wanted
    condition: Condition = Condition.ALWAYS
    owed_by: Side = Side.PARTNER  # partner and customer owe it alike; OPS stands for our own project team


class Reminder(Strict):
    """How long before the instruction deadline a reminder goes out (INST-4); exactly one of the two is given."""

    working_days: int | None = Field(default=None, ge=1, le=20)
    working_hours: Span | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "Reminder":
        if (self.working_days is None) == (self.working_hours is None):
            raise ValueError("a reminder has either working_days or working_hours")
        return self


class InstructionPolicy(Strict):
    """When instructions are due and what happens when they are not there (INST-3 to INST-5)."""

    at_least_after_confirmation: Span = timedelta(hours=4)  # OPS working hours
    before_start: Span = timedelta(hours=1)  # never due later than this before the start
    binding_after: Span = timedelta(hours=1)  # a deadline sooner after the confirmation cancels nothing
    reminders: tuple[Reminder, ...] = ()
    reminders_after: Span = timedelta(hours=1)  # reminders due sooner after the confirmation are dropped
    cancels_late: bool = False  # INST-5: whether what is not complete by then is cancelled


class TestPolicy(Strict):
    """The tests after a deployment (TEST-1)."""

    __test__ = False  # pytest must not take it for a test

    least: Span = timedelta(minutes=30)  # kept free in every window
    limit: Span = timedelta(minutes=30)  # longer has to be agreed when scheduling


class BlockPolicy(Strict):
    """The steps of one full deployment (LEAD-1, PRE-3): what goes through `step` before it reaches `last`."""

    scope: Scope
    step: str = "UAT"
    last: str = "PRD"
    working_days_between: int = Field(default=2, ge=0, le=20)  # of everybody
    at_most_days: int = Field(default=60, ge=1, le=366)  # a step earlier than this belongs to another block


class SlotPolicy(Strict):
    """How slots are chosen, offered and held (SCHED-3, SCHED-7, SCHED-8)."""

    grid: Span = timedelta(minutes=30)
    offered: int = Field(default=3, ge=1, le=10)
    held_working_days: int = Field(default=2, ge=0, le=20)
    horizon_days: int = Field(default=366, ge=1, le=1100)
    customer_at_once: int = Field(default=1, ge=1)
    shared: tuple[tuple[str, ...], ...] = ()  # environments on one server: one deployment at a time

    @model_validator(mode="after")
    def _grid_is_walkable(self) -> "SlotPolicy":
        if self.grid < timedelta(minutes=5):
            raise ValueError("the slot grid is at least 5m")
        return self


class ProductType(Strict):
    """A product whose type is settled whatever the mail says (TYPE-1)."""

    product: Product
    type: DeploymentType
    unless: tuple[DeploymentType, ...] = ()


class Profile(Strict):
    """One organisation's published process; pure data, read from `config/profiles/*.toml`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    title: str
    zone: ZoneName  # OPS's zone: every day and hour is judged in it (POLICY-3)
    hours: Hours  # OPS business hours on that wall clock
    types_matter: bool = True
    types: Mapping[DeploymentType, TypePolicy] = Field(default_factory=dict)
    any_type: TypePolicy | None = None  # for a profile in which types have no effect
    product_types: tuple[ProductType, ...] = ()
    default_environment: str = "PRD"  # SCHED-9: where none is named
    no_cell_is: str = "INT"  # WHO-5: how an environment outside the matrix is treated
    stated_duration: StatedDuration = StatedDuration.LONGER_WINS
    minimum_notice: Span = timedelta(hours=1)  # LEAD-4
    proved_on: tuple[str, ...] = ()  # PRE-1, PRE-2: where the same version has to run first
    rules: Mapping[str, RuleChoice]
    performs: tuple[Cell, ...] = ()
    performs_to_be_confirmed: bool = False
    unbound: tuple[Unbound, ...] = ()
    block: BlockPolicy | None = None
    schedule_fields: tuple[Requirement, ...] = ()
    instruction_fields: tuple[Requirement, ...] = ()
    instructions: InstructionPolicy | None = None  # None: none are asked for
    tests: TestPolicy = TestPolicy()
    slots: SlotPolicy = SlotPolicy()
    may: Mapping[Act, Mapping[Role, May]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _can_be_lived_by(self) -> "Profile":
        problems = [
            (self.hours.since >= self.hours.until, "hours: since must lie before until"),
            (self.types_matter and set(self.types) != set(DeploymentType), "types: full, code and hotfix are needed"),
            (not self.types_matter and self.any_type is None, "any_type is needed where types_matter is false"),
            (any(u.hours.since >= u.hours.until for u in self.unbound), "unbound: since must lie before until"),
        ]
        wrong = [sentence for found, sentence in problems if found]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def policy(self, type_: DeploymentType | None) -> TypePolicy | None:
        """What is settled for this type; None while the type is unknown and matters."""
        if not self.types_matter:
            return self.any_type
        return self.types.get(type_) if type_ else None

    def has(self, rule: str) -> bool:
        """Whether the profile keeps this rule."""
        return rule in self.rules

    def may_do(self, role: Role | None, act: Act) -> May:
        """How far somebody in this role may go (domain.md section 7); NO for whoever is not listed."""
        return self.may.get(act, {}).get(role, May.NO) if role else May.NO
