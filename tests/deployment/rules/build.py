"""Builders: a case says what it is about, these fill in the rest. Moments are written as OPS reads them."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.periods import CalendarSource
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Asked, Ground, asked_of, ground_of, judge
from dplmaild.deployment.terms import (
    Deployment,
    DeploymentType,
    Environment,
    Finding,
    MomentStatus,
    Product,
    Severity,
    Version,
    Window,
    WrittenMoment,
)

FULL, CODE, HOTFIX = DeploymentType.FULL, DeploymentType.CODE, DeploymentType.HOTFIX
ICM, PWA, IOM = Product.ICM, Product.PWA, Product.IOM
BERLIN, MADRID, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Madrid"), ZoneInfo("UTC")

THURINGIA = CalendarSource(country="DE", region="TH")
BAVARIA = CalendarSource(country="DE", region="BY")
BARCELONA = CalendarSource(country="ES", region="Barcelona")
MADRID_REGION = CalendarSource(country="ES", region="MD")

# How `told` begins.
KEPT, BROKEN, OPEN, NOT_CONCERNED = (True, True), (True, False), (True, None), (False, None)

_PROFILES = Path(__file__).parents[3] / "config" / "profiles"


def raw(name: str) -> dict[str, Any]:
    """A shipped profile as TOML gives it."""
    return tomllib.loads((_PROFILES / f"{name}.toml").read_text("utf-8"))


CAAS, PROD = (Profile.model_validate(raw(name)) for name in ("caas", "prod"))
OPS = Ops(address="ops@example.net", calendar=THURINGIA, at_once=2, per_day=4)
CUSTOMER = Customer(
    id="acme", name="Acme", profile="caas", zone="Europe/Berlin", products=(ICM, PWA, IOM), calendar=THURINGIA
)


def customer(**changed: Any) -> Customer:
    """A live standard customer of ours in Thuringia, but for what is said."""
    return CUSTOMER.model_copy(update=changed)


def ops(**changed: Any) -> Ops:
    """OPS in Thuringia, two at once and four a day, but for what is said."""
    return OPS.model_copy(update=changed)


def ground(
    profile: Profile = CAAS, who: Customer = CUSTOMER, team: Ops = OPS, held: tuple[Booking, ...] = ()
) -> Ground:
    """All the rules look at besides the deployment."""
    return ground_of(who, team, profile, Schedule(held))


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """`2026-12-01 10:00` on the wall clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def written(text: str, zone: ZoneInfo = BERLIN) -> WrittenMoment:
    """The same, as somebody wrote it."""
    return WrittenMoment(text, MomentStatus.EXACT, utc=at(text, zone).astimezone(UTC))


def wanted(type_: DeploymentType | None, start: str | None = None, zone: ZoneInfo = BERLIN, **said: Any) -> Deployment:
    """A deployment as a mail asks for it; ICM unless another product is named."""
    product = said.pop("product", ICM)
    environment = said.pop("on", None)
    where = Environment(environment) if environment else None
    when = written(start, zone) if start else None
    return Deployment(product=product, environment=where, type=type_, when=when, **said)


def asked(deployment: Deployment, on: Ground, arrived: str = "2026-11-23 09:00", **changed: Any) -> Asked:
    """What is judged; it is decided at the moment it arrives unless `now` is given."""
    moment = at(arrived)
    return replace(asked_of(deployment, on, moment, changed.pop("now", moment)), **changed)


def broken(one: Asked, on: Ground, *weights: Severity) -> list[str]:
    """The broken rules in the order of the table; of these weights only, where any are named."""
    return [f.rule for f in judge(one, on) if f.broken and (not weights or f.severity in weights)]


def blocking(one: Asked, on: Ground) -> list[str]:
    """The broken rules that block."""
    return broken(one, on, Severity.BLOCKS)


def finding(rule: str, one: Asked, on: Ground) -> Finding:
    """What one rule says."""
    return next(f for f in judge(one, on) if f.rule == rule)


def told(rule: str, one: Asked, on: Ground) -> tuple[bool, bool | None, Mapping[str, Any]]:
    """What one rule says as (applies, kept, facts)."""
    found = finding(rule, one, on)
    return found.applies, found.passed, found.facts


def booking(start: str, hours: float = 2, who: str = "other", where: str = "PRD", reference: str = "DPL-1") -> Booking:
    """A slot that is held."""
    return Booking(reference, who, Environment(where), Window(at(start), timedelta(hours=hours)))


def versions(current: str | None, target: str | None) -> dict[str, Any]:
    """The two versions as fields of a deployment."""
    return {
        "current_version": Version(current) if current else None,
        "target_version": Version(target) if target else None,
    }
