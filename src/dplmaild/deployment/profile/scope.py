"""Which deployments a part of a profile is about, and what it settles for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from pydantic import Field as Key
from pydantic import field_validator

from dplmaild.deployment.configured import Hours, Strict, ZoneName
from dplmaild.deployment.profile.spans import Weekday
from dplmaild.deployment.terms import (
    Deployment,
    DeploymentType,
    Environment,
    Field,
    Performer,
    Product,
    Severity,
    Side,
    Sla,
)

_SWITCHES: Mapping[Field, Callable[[Deployment], bool | None]] = {
    Field.DEPLOY_APP_TIER: lambda d: d.options.deploy_app_tier,
    Field.DEPLOY_WEB_TIER: lambda d: d.options.deploy_web_tier,
    Field.INVALIDATE_PAGE_CACHE: lambda d: d.options.invalidate_page_cache,
    Field.DB_MIGRATE: lambda d: d.options.db_migrate,
}


@dataclass(frozen=True, slots=True)
class What:
    """A deployment as a scope looks at it; None is not known. `environment` is what the rules take it for."""

    type: DeploymentType | None
    product: Product | None
    environment: Environment | None
    sla: Sla | None = None
    deployment: Deployment = field(default_factory=Deployment)

    def fact(self, name: Field) -> bool | None:
        """A yes or no that the release states, or None while it does not."""
        switch = _SWITCHES.get(name)
        return switch(self.deployment) if switch else self.deployment.own_value(name).yes


class Scope(Strict):
    """Which deployments something is about; an empty list means all."""

    types: tuple[DeploymentType, ...] = ()
    except_types: tuple[DeploymentType, ...] = ()
    products: tuple[Product, ...] = ()
    environments: tuple[str, ...] = ()  # as the customer's directory treats them
    slas: tuple[Sla, ...] = ()
    facts: Mapping[Field, bool] = Key(default_factory=dict)  # what the release states: DBMigrate = true

    @field_validator("facts")
    @classmethod
    def _are_switches(cls, facts: Mapping[Field, bool]) -> Mapping[Field, bool]:
        wrong = [name for name in facts if name in Field.shipped and name not in _SWITCHES]
        if wrong:
            raise ValueError(f"{wrong[0]} is not answered by yes or no; {', '.join(_SWITCHES)} and own fields are")
        return facts

    def covers(self, what: What) -> bool:
        """Whether a deployment lies in the scope; what is not known lies in no list."""
        return self.fits(what) is True

    def fits(self, what: What) -> bool | None:
        """The same, but None where only a fact that is not stated yet could tell."""
        listed = (
            (self.types, what.type),
            (self.products, what.product),
            (self.environments, what.environment.name if what.environment else None),
            (self.slas, what.sla),
        )
        if what.type in self.except_types or any(names and value not in names for names, value in listed):
            return False
        if not self.facts:
            return True
        stated = [(what.fact(name), wanted) for name, wanted in self.facts.items()]
        if any(fact is not None and fact is not wanted for fact, wanted in stated):
            return False
        return None if any(fact is None for fact, _ in stated) else True


class RuleChoice(Scope):
    """That a rule holds in this profile, for what, and how much breaking it weighs.

    `zone` and `sides` are for a rule that looks at another wall clock, or at fewer calendars, than the others.
    """

    severity: Severity
    at_start: Severity | None = None  # the weight when the deployment is about to start; None: the same
    override: bool = True  # whether OPS may set it aside with a reason (SCHED-4)
    source: str = ""  # where the organisation's own guide says so, for people
    zone: ZoneName | None = None
    sides: tuple[Side, ...] = ()  # whose calendars count; empty: everybody's


class Unbound(Scope):
    """Deployments that are not bound to business hours (HOUR-2); the hours are those of slots we choose."""

    hours: Hours


class Cell(Scope):
    """Part of the responsibility matrix (WHO-1); the first cell that covers a deployment counts."""

    by: Performer


class Condition(StrEnum):
    """What else has to hold before a field is required."""

    ALWAYS = "always"
    DB_MIGRATE = "db_migrate"  # DBMigrate: yes
    CHANGED_CODE = "changed_code"  # a released component with its version is deployed


class Requirement(Scope):
    """A field that has to be said, for which deployments, and by whom."""

    field: Field
    condition: Condition = Condition.ALWAYS
    owed_by: Side = Side.PARTNER  # partner and customer owe it alike; OPS stands for our own project team


class Opening(Strict):
    """A stretch of the day in which a deployment may run; one that ends before it begins ends on the next day."""

    weekdays: tuple[Weekday, ...] = ()  # on which it begins; empty: every weekday of the type
    since: time
    until: time
