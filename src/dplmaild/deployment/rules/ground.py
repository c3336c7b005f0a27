"""What a rule judges, and what it judges on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Self

from dplmaild.deployment.bookings import Schedule
from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.profile import Profile, RuleChoice, What
from dplmaild.deployment.rules.effective import Effective, effective, window_of
from dplmaild.deployment.terms import Deployment, DeploymentType, Environment, NaiveTimeError, Product, Version, Window
from dplmaild.deployment.workdays import WorkCalendar, work_calendar


@dataclass(frozen=True, slots=True)
class Done:
    """A deployment of our record that ended as successful."""

    product: Product | None
    environment: Environment
    version: Version
    when: datetime
    type: DeploymentType | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """Another deployment of the customer whose slot is agreed; it can be the other step of a block (LEAD-1)."""

    reference: str
    deployment: Deployment
    slot: Window


@dataclass(frozen=True, slots=True)
class Asked:
    """One deployment as it is judged.

    `arrived` is that of the first message that named type and date (SCHED-11). `instructed`: the instructions are
    there, so what only they can show is judged. `starting`: it is about to start, so PRE rules weigh what they weigh
    then. `reference` is the case's own: its slots are in nobody's way. `prd` is the PRD step known to follow a UAT
    one, `uat` the UAT step known to precede a PRD one, or to follow a SYN. `wanted_day` is a wanted day without a time
    of day. `step_days` is what one search for slots has found out: by day and wanted time the last UAT step until then.
    """

    deployment: Deployment
    effective: Effective
    window: Window | None
    arrived: datetime
    now: datetime
    instructed: bool = False
    starting: bool = False
    reference: str | None = None
    wanted_day: date | None = None
    prd: Window | None = None
    uat: Window | None = None
    step_days: dict[tuple[date, time | None], Window | None] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for moment in (self.arrived, self.now):
            if moment.utcoffset() is None:
                raise NaiveTimeError(moment)

    def starting_at(self, start: datetime) -> Self:
        """The same deployment at another time."""
        if self.window is None:
            raise ValueError("a deployment of unknown length cannot be moved")
        return replace(self, window=Window(start, self.window.length))


@dataclass(frozen=True, slots=True)
class Ground:
    """All that the rules look at besides the deployment itself."""

    customer: Customer
    profile: Profile
    calendar: WorkCalendar
    schedule: Schedule
    ops: Ops
    done: tuple[Done, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)  # others that parts of the customer are under
    ticket_hook: str | None = None  # what the ticket system writes before its numbers; None: there is none

    def under(self, deployment: Deployment) -> Self:
        """The same ground under the process that this deployment is under (POLICY-1)."""
        what = effective(deployment, self.customer, self.profile)
        profile = self.profiles.get(self.customer.profile_for(what.product, what.environment), self.profile)
        if profile is self.profile:
            return self
        return replace(self, profile=profile, calendar=_calendar(self.customer, self.ops, profile))

    def seen_by(self, choice: RuleChoice) -> Self:
        """The same ground for a rule that looks at another wall clock, or at fewer calendars, than the others."""
        if choice.zone is None and not choice.sides:
            return self
        return replace(self, calendar=self.calendar.seen_by(choice.zone, frozenset(choice.sides)))


def what_of(asked: Asked, ground: Ground) -> What:
    """A deployment as the scopes of the profile look at it."""
    what = asked.effective
    return What(what.type, what.product, what.treated_as, ground.customer.sla, asked.deployment)


def ground_of(
    customer: Customer,
    ops: Ops,
    profile: Profile,
    schedule: Schedule | None = None,
    done: tuple[Done, ...] = (),
    profiles: Mapping[str, Profile] | None = None,
) -> Ground:
    """The ground for one customer: everybody's calendar is built from the directory and the profile.

    `profiles` are by id those that parts of the customer are under instead.
    """
    calendar = _calendar(customer, ops, profile)
    return Ground(customer, profile, calendar, schedule or Schedule(), ops, done, profiles=profiles or {})


def _calendar(customer: Customer, ops: Ops, profile: Profile) -> WorkCalendar:
    partner = customer.partner_calendar.in_zone(customer.zone) if customer.partner_calendar else None
    own, ours = customer.calendar.in_zone(customer.zone), ops.calendar.in_zone(profile.zone)
    return work_calendar(ours, profile.zone, partner, own, profile.hours, customer.language)


def asked_of(deployment: Deployment, ground: Ground, arrived: datetime, now: datetime) -> Asked:
    """A deployment as its words stand, ready to be judged; `dataclasses.replace` sets the rest."""
    what = effective(deployment, ground.customer, ground.profile)
    day = deployment.when.day if deployment.when and deployment.when.utc is None else None
    return Asked(deployment, what, window_of(deployment, ground.customer, ground.profile), arrived, now, wanted_day=day)
