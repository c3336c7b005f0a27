"""What a correction changes, field by field (INST-7)."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import timedelta

from dplmaild.deployment.owed import Change
from dplmaild.deployment.terms import Deployment, Field, Options

# The attributes of Deployment and Options under the names that people know them by.
_NAMES = {
    "deploy_app_tier": Field.DEPLOY_APP_TIER,
    "deploy_web_tier": Field.DEPLOY_WEB_TIER,
    "invalidate_page_cache": Field.INVALIDATE_PAGE_CACHE,
    "db_migrate": Field.DB_MIGRATE,
    "attendants": Field.ATTENDANT,
}


def changes_between(was: Deployment, now: Deployment) -> tuple[Change, ...]:
    """What a correction changes, field by field (INST-7)."""
    return (*_differences(was, now, skip={"options", "when", "type", "product", "environment", "own"}),
            *_differences(was.options, now.options, skip=set()),
            *_own_differences(was, now))  # fmt: skip


def _own_differences(was: Deployment, now: Deployment) -> tuple[Change, ...]:
    """The same for the fields that a profile added."""
    pairs = [(was.own_value(each.field).text, each) for each in now.own]
    return tuple(Change(each.field, before, each.text) for before, each in pairs if before != each.text)


def _differences(was: Deployment | Options, now: Deployment | Options, *, skip: set[str]) -> tuple[Change, ...]:
    changes = []
    for each in fields(was):
        before, after = getattr(was, each.name), getattr(now, each.name)
        if each.name not in skip and before != after:
            field = _field_of(each.name)
            changes.append(Change(field, shown(before), shown(after)))
    return tuple(changes)


def shown(value: object) -> str:
    """A value in a diff: `yes`, a list, or nothing."""
    match value:
        case None | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case timedelta():
            return f"{int(value.total_seconds()) // 60} min"
        case tuple():
            return ", ".join(_component(part) for part in value)
        case _:
            return str(value)


def _component(part: object) -> str:
    name, version = getattr(part, "name", None), getattr(part, "version", None)
    return " ".join(p for p in (name, version) if p) if name else str(part)


def without(said: Deployment, doubted: Collection[Field]) -> Deployment:
    """The same without these fields; without cartridges where the migration is doubted that they belong to."""
    options, own = said.options, tuple(value for value in said.own if value.field not in doubted)
    lost = {each.name: each.default for each in fields(options) if _field_of(each.name) in doubted}
    if Field.DB_MIGRATE in doubted:
        lost["cartridges"] = ()
    plain = {each.name: each.default for each in fields(said) if each.name not in {"options", "own"}}
    gone = {name: nothing for name, nothing in plain.items() if _field_of(name) in doubted}
    return replace(said, options=replace(options, **lost), own=own, **gone)  # type: ignore[arg-type]


def _field_of(name: str) -> Field:
    """The field under whose name people know an attribute."""
    return _NAMES.get(name) or Field(name)
