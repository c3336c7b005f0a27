"""The whole profile."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator

from dplmaild.deployment.configured import Hours, Strict, ZoneName
from dplmaild.deployment.periods import Freeze
from dplmaild.deployment.profile.contradictions import contradictions
from dplmaild.deployment.profile.own import OwnField, OwnRule
from dplmaild.deployment.profile.parts import (
    Act,
    BlockPolicy,
    InstructionPolicy,
    May,
    ProductType,
    SlotPolicy,
    StatedDuration,
    TestPolicy,
    TypePolicy,
    WatchPolicy,
)
from dplmaild.deployment.profile.scope import Cell, Requirement, RuleChoice, Unbound
from dplmaild.deployment.profile.spans import Span
from dplmaild.deployment.terms import DeploymentType, Role, Sla
from dplmaild.deployment.terms import Field as Wanted


class Profile(Strict):
    """One organisation's published process; pure data, read from `config/profiles/*.toml`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    title: str
    zone: ZoneName  # OPS's zone: every day and hour is judged in it (POLICY-3)
    hours: Hours  # OPS business hours on that wall clock
    extends: str | None = None  # the profile that this one was written on; its tables are merged before (extending)
    types_matter: bool = True
    types: Mapping[DeploymentType, TypePolicy] = Field(default_factory=dict)
    any_type: TypePolicy | None = None  # for a profile in which types have no effect
    slas: tuple[Sla, ...] = Field(default=tuple(Sla), min_length=1)
    environments: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # own environments: what mails call them
    fields: tuple[OwnField, ...] = ()
    own_rules: tuple[OwnRule, ...] = ()
    asap_offers: tuple[DeploymentType, ...] = (DeploymentType.HOTFIX,)  # SCHED-10: answered with the next slots
    product_types: tuple[ProductType, ...] = ()
    default_environment: str = "PRD"  # SCHED-9: where none is named
    productive_is: str = "PRD"  # WHO-5: how an environment that a customer declares productive is treated
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
    watch: WatchPolicy = WatchPolicy()
    slots: SlotPolicy = SlotPolicy()
    freezes: tuple[Freeze, ...] = ()  # for every customer under this profile (DAY-6)
    may: Mapping[Act, Mapping[Role, May]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _can_be_lived_by(self) -> Self:
        wrong = tuple(contradictions(self))
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def policy(self, type_: DeploymentType | None) -> TypePolicy | None:
        """What is settled for this type; None while the type is unknown and matters."""
        if not self.types_matter:
            return self.any_type
        return self.types.get(type_) if type_ else None

    def knows(self, type_: DeploymentType | None) -> bool:
        """Whether there is such a type in this process; where types have no effect, any is taken down."""
        return not self.types_matter or type_ in self.types

    def has(self, rule: str) -> bool:
        """Whether the profile keeps this rule."""
        return rule in self.rules

    def choice(self, rule: str) -> RuleChoice | None:
        """For what a rule holds here, its own ones too, and what breaking it weighs; None: it is none of ours."""
        return self.rules.get(rule) or next((own for own in self.own_rules if own.id == rule), None)

    def field(self, name: Wanted) -> OwnField | None:
        """The field of this name that the profile added."""
        return next((own for own in self.fields if own.name is name), None)

    def may_do(self, role: Role | None, act: Act) -> May:
        """How far somebody in this role may go (domain.md section 7); NO for whoever is not listed."""
        return self.may.get(act, {}).get(role, May.NO) if role else May.NO
