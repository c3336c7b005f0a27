"""The parts of a profile: what it settles for a type, the instructions, the tests, the slots, and who may what."""

from datetime import time, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from dplmaild.deployment.configured import Strict
from dplmaild.deployment.profile.scope import Opening, Scope
from dplmaild.deployment.profile.spans import Count, Span, Weekday
from dplmaild.deployment.terms import DeploymentType, Product


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

    @model_validator(mode="after")
    def _advice_is_longer(self) -> Self:
        if self.recommended is not None and self.recommended < self.at_least:
            raise ValueError(f"recommended {self.recommended} is less than at_least {self.at_least}")
        return self


class TypePolicy(Strict):
    """What a profile settles for one type of deployment."""

    title: str = ""  # what people call it, where it is not one of the glossary
    names: tuple[str, ...] = ()  # what mails call it
    duration: Span = Field(gt=timedelta(0))  # without the tests
    weekdays: tuple[Weekday, ...] = Field(min_length=1)
    openings: tuple[Opening, ...] = ()  # when it may run; empty: in OPS's business hours (HOUR-1)
    lead: Lead | None = None
    downtime: bool | None = None  # None: the profile does not say
    approval: bool = False  # put before the deployment manager although every rule passes (SCHED-4)


class Reminder(Strict):
    """How long before the instruction deadline a reminder goes out (INST-4); exactly one of the two is given."""

    working_days: int | None = Field(default=None, ge=1, le=20)
    working_hours: Span | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.working_days is None) == (self.working_hours is None):
            raise ValueError("a reminder has either working_days or working_hours")
        return self


class Due(Strict):
    """INST-3: when instructions are due: so many OPS working days before the deployment day, at an hour of that day."""

    working_days_before: int = Field(default=1, ge=0, le=20)
    at: time | None = None  # on OPS's wall clock; None: the end of OPS's hours

    @model_validator(mode="after")
    def _before_the_start(self) -> Self:
        if self.working_days_before == 0 and self.at is None:
            raise ValueError("due at the end of the deployment day itself: that lies after the start")
        return self


class InstructionPolicy(Strict):
    """When instructions are due and what happens when they are not there (INST-3 to INST-5)."""

    due: Due = Due()
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


class WatchPolicy(Strict):
    """When OPS is told that a start comes near, and that it has passed without anybody's word."""

    ready_before: Span = timedelta(minutes=30)  # before the start; 0: not told
    late_after: Span = timedelta(minutes=15)  # after the start
    start_before: Span = timedelta(hours=1)  # no /start sooner before the slot; 0: at any time (RUN-1)


class SynPolicy(Strict):
    """The synchronisation of the step's environment from production, for customers that have it in place.

    With a `type` it is a deployment of its own, asked for and instructed as the other steps are, and takes as long as
    that type does; without one it is only proposed.
    """

    type: DeploymentType | None = None
    duration: Span = Field(default=timedelta(hours=4), gt=timedelta(0))
    working_days_between: int = Field(default=1, ge=0, le=20)  # of everybody, until the step


class BlockPolicy(Strict):
    """The steps of one full deployment (LEAD-1, PRE-3): what goes through `step` before it reaches `last`."""

    scope: Scope
    step: str = "UAT"
    last: str = "PRD"
    working_days_between: int = Field(default=2, ge=0, le=20)  # of everybody
    at_most_days: int = Field(default=60, ge=1, le=366)  # a step earlier than this belongs to another block
    syn: SynPolicy | None = None

    @model_validator(mode="after")
    def _two_steps(self) -> Self:
        if self.step == self.last:
            raise ValueError(f"step and last are both {self.step}")
        return self


class SlotPolicy(Strict):
    """How slots are chosen, offered and held (SCHED-3, SCHED-7, SCHED-8)."""

    grid: Span = timedelta(minutes=30)
    offered: int = Field(default=3, ge=1, le=10)
    held_working_days: int = Field(default=2, ge=0, le=20)
    horizon_days: int = Field(default=366, ge=1, le=1100)
    customer_at_once: int = Field(default=1, ge=1)
    shared: tuple[tuple[str, ...], ...] = ()  # environments on one server: one deployment at a time

    @model_validator(mode="after")
    def _grid_is_walkable(self) -> Self:
        if self.grid < timedelta(minutes=5):
            raise ValueError("the slot grid is at least 5m")
        return self


class ProductType(Strict):
    """A product whose type is settled whatever the mail says (TYPE-1)."""

    product: Product
    type: DeploymentType
    unless: tuple[DeploymentType, ...] = ()
