"""What no single key shows: parts of a profile that cannot both be meant."""

from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING

from dplmaild.deployment.profile.parts import Act, May, TypePolicy
from dplmaild.deployment.profile.scope import Scope
from dplmaild.deployment.terms import Field, Severity

if TYPE_CHECKING:
    from dplmaild.deployment.profile.model import Profile

_DAY = timedelta(days=1)


def contradictions(profile: "Profile") -> Iterator[str]:
    """Every one as a sentence that begins with the key it stands at; nothing when the profile can be lived by."""
    yield from _hours(profile)
    yield from _types(profile)
    yield from _names(profile)
    yield from _own(profile)
    yield from _approval(profile)


def _hours(profile: "Profile") -> Iterator[str]:
    if profile.hours.since >= profile.hours.until:
        yield "hours: since must lie before until"
    if any(u.hours.since >= u.hours.until for u in profile.unbound):
        yield "unbound: since must lie before until"


def _types(profile: "Profile") -> Iterator[str]:
    if profile.types_matter and not profile.types:
        yield "types: at least one is needed where types_matter is true"
    if not profile.types_matter and profile.any_type is None:
        yield "any_type is needed where types_matter is false"
    named = {f"types.{name}": policy for name, policy in profile.types.items()}
    for where, policy in (*named.items(), *([("any_type", profile.any_type)] if profile.any_type else [])):
        yield from _can_run(where, policy, profile)


def _can_run(where: str, policy: TypePolicy, profile: "Profile") -> Iterator[str]:
    """Whether a deployment of this type has a day and a time of day at all."""
    length = policy.duration + profile.tests.least
    lead = policy.lead
    if lead and lead.count != "hours" and lead.at_least >= profile.slots.horizon_days:
        yield f"{where}.lead: {lead.at_least} days of notice reach past horizon_days: no slot is ever found"
    if not policy.openings:
        bound = profile.has("HOUR-1") and not profile.unbound
        if bound and length > _between(profile.hours.since, profile.hours.until):
            yield f"{where}: {length} with its tests does not fit into OPS's hours"
        return
    if not any(length <= _between(opening.since, opening.until) for opening in policy.openings):
        yield f"{where}: {length} with its tests does not fit into any of its openings"
    begins = {day for opening in policy.openings for day in opening.weekdays or policy.weekdays}
    if not begins & set(policy.weekdays):
        yield f"{where}: no weekday is left, its openings lie on other days than its weekdays"


def _between(since: time, until: time) -> timedelta:
    """From one time of day to the other, on the next day where that one comes before."""
    length = timedelta(hours=until.hour - since.hour, minutes=until.minute - since.minute)
    return length if length > timedelta(0) else length + _DAY


def _names(profile: "Profile") -> Iterator[str]:
    """Types, levels and fields that are named and do not exist."""
    for where, scope in _scopes(profile):
        if profile.types_matter:
            for name in (*scope.types, *scope.except_types):
                if name not in profile.types:
                    yield f"{where}: there is no type {name}"
        for sla in scope.slas:
            if sla not in profile.slas:
                yield f"{where}: there is no level {sla}"
        yield from (f"{where}: there is no field {name}" for name in scope.facts if not _exists(name, profile))
    syn = profile.block.syn.type if profile.block and profile.block.syn else None
    if syn is not None and syn not in profile.types:
        yield f"block.syn: there is no type {syn}"
    for part in ("schedule_fields", "instruction_fields"):
        for requirement in getattr(profile, part):
            if not _exists(requirement.field, profile):
                yield f"{part}: there is no field {requirement.field}"


def _scopes(profile: "Profile") -> Iterator[tuple[str, Scope]]:
    parts: tuple[tuple[str, Iterable[Scope]], ...] = (
        ("performs", profile.performs),
        ("unbound", profile.unbound),
        ("schedule_fields", profile.schedule_fields),
        ("instruction_fields", profile.instruction_fields),
        ("own_rules", profile.own_rules),
        ("block", (profile.block.scope,) if profile.block else ()),
    )
    yield from ((f"rules.{name}", choice) for name, choice in profile.rules.items())
    yield from ((where, scope) for where, scopes in parts for scope in scopes)


def _exists(name: Field, profile: "Profile") -> bool:
    return name in Field.shipped or profile.field(name) is not None


def _own(profile: "Profile") -> Iterator[str]:
    """Own fields and rules: named once, and asking of a field what its kind can answer."""
    names, ids = [own.name for own in profile.fields], [own.id for own in profile.own_rules]
    yield from (f"fields: {name} stands there twice" for name in sorted({n for n in names if names.count(n) > 1}))
    yield from (f"own_rules: {id_} stands there twice" for id_ in sorted({i for i in ids if ids.count(i) > 1}))
    for rule in profile.own_rules:
        field = profile.field(rule.field)
        if field is None:
            yield f"own_rules: {rule.id} is about {rule.field}, which is none of the profile's own fields"
        elif field.kind is not rule.kind:
            yield f"own_rules: {rule.id} asks of {rule.field} what a field of kind {field.kind} does not say"


def _approval(profile: "Profile") -> Iterator[str]:
    """What is put before the manager needs a manager."""
    wanted = any(policy.approval for policy in profile.types.values()) or any(
        choice.severity is Severity.APPROVAL for choice in (*profile.rules.values(), *profile.own_rules)
    )
    if wanted and May.YES not in profile.may.get(Act.DECIDE, {}).values():
        yield "may.decide: something needs approval, but nobody may give it"
