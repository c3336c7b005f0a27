"""What is known of one deployment."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Self

from dplmaild.deployment.terms.environment import Environment
from dplmaild.deployment.terms.moments import WrittenMoment
from dplmaild.deployment.terms.names import DeploymentType, Field
from dplmaild.deployment.terms.version import Version
from dplmaild.deployment.terms.words import Product


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
class OwnValue:
    """What was said for a field that a profile added; as written, and as its kind reads it."""

    field: Field
    text: str = ""
    yes: bool | None = None
    day: date | None = None
    number: float | None = None


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
    own: tuple[OwnValue, ...] = ()  # fields that a profile added (POLICY-1)

    def own_value(self, name: Field) -> OwnValue:
        """What was said for a field that a profile added; empty where nothing was."""
        return next((value for value in self.own if value.field is name), OwnValue(name))

    def merged(self, newer: Self) -> Self:
        """What both say together; the newer word wins field by field."""
        said = {f.name: getattr(newer, f.name) for f in fields(newer) if getattr(newer, f.name) not in (None, ())}
        said["options"] = self.options.merged(newer.options)
        said["own"] = tuple({value.field: value for value in (*self.own, *newer.own)}.values())
        return replace(self, **said)
