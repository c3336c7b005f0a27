"""Another calendar, holidays library or profile: what is booked is judged again, and OPS hears of it once.

Nothing is changed by itself. What calendars and profiles looked like at the last look is on record as fingerprints.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection

from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.owed import Affected, Alarm, Changed, Facts, Letter, LetterKind, Since, Trigger
from dplmaild.deployment.process.judging import judge_booked
from dplmaild.deployment.process.letters import OPS_LANGUAGE
from dplmaild.deployment.rules import effective
from dplmaild.deployment.site import LIBRARY
from dplmaild.deployment.terms import Finding
from dplmaild.desk.consider import Desk
from dplmaild.desk.recording import Books, Cause, as_recorded
from dplmaild.desk.view import RecordView
from dplmaild.log import get_logger
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases, Entry
from dplmaild.store.database import Database
from dplmaild.store.marks import Marks

_NO_CALENDAR = {"id", "name", "language", "day_first", "contacts", "domains", "report", "approval", "zammad_sends"}
log = get_logger()
_SHOWN = 100  # deployments in one letter; the others are counted
_COUNTS = ("at_once", "that_day", "customer_has_room", "no_room_before")  # facts that other bookings change


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found: since which changes, and which deployments now break a rule."""

    since: tuple[Since, ...]
    references: tuple[str, ...]


class SecondLook:
    """Looks at everything booked that lies ahead, once per change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, settings: Settings, now: datetime) -> Looked | None:
        """None where nothing has changed since the last look, or where this is the first one."""
        marks = marks_of(settings)
        with self._database.reading() as connection:
            before = Marks(connection).all()
            if before == marks:
                return None
            changed = changes(before, marks)
            found = _affected(connection, Desk(settings), changed, now) if changed else ()
        since = tuple(_since(name, before, settings) for name in changed)
        with self._database.writing() as connection:
            if Marks(connection).all() != before:
                return None  # somebody else was faster
            Marks(connection).replace(marks, now)
            _enter(Books(connection, settings, None), settings, found, since, now)
        return Looked(since, tuple(case.reference for case, _ in found)) if changed else None


def marks_of(settings: Settings) -> dict[str, str]:
    """A fingerprint of everything that days and rules depend on, by whose it is."""
    ops = settings.ops.model_dump(mode="json", by_alias=True, exclude={"name", "address", "digest"})
    used = {name for customer in settings.customers for name in _profiles_of(customer)}
    return {
        _name(Changed.HOLIDAYS): LIBRARY,
        _name(Changed.OPS): _mark(ops),
        **{_name(Changed.PROFILE, name): _mark(settings.profiles[name]) for name in sorted(used)},
        **{_name(Changed.CUSTOMER, one.id): _mark(_of_customer(one)) for one in settings.customers},
    }


def _name(what: Changed, which: str = "") -> str:
    return f"{what.value} {which}".strip()


def _profiles_of(customer: Customer) -> tuple[str, ...]:
    """The processes that it, or a part of it, is under."""
    return (customer.profile, *(choice.profile for choice in customer.profiles))


def _of_customer(customer: Customer) -> Mapping[str, Any]:
    return customer.model_dump(mode="json", by_alias=True, exclude=_NO_CALENDAR)


def _mark(what: BaseModel | Mapping[str, Any]) -> str:
    written = what.model_dump(mode="json", by_alias=True) if isinstance(what, BaseModel) else what
    return hashlib.sha256(repr(sorted(written.items())).encode()).hexdigest()[:32]


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str | None]:
    """The names whose fingerprint is another one, with what it is now; a customer who is new has nothing booked."""
    names = dict.fromkeys((*before, *now))
    return {name: now.get(name) for name in names if name in before and before[name] != now.get(name)}


def _affected(
    connection: Connection, desk: Desk, changed: Mapping[str, Any], now: datetime
) -> tuple[tuple[Case, tuple[Finding, ...]], ...]:
    """What is booked and now breaks a rule that it did not break when last looked at."""
    customers = {c.id: c for c in desk.settings.customers if _touched(c, changed)}
    cases, view = Cases(connection), RecordView(Cases(connection))
    found: list[tuple[Case, tuple[Finding, ...]]] = []
    for case in cases.booked(now):
        if case.customer not in customers:
            continue
        try:
            whole = desk.grounds.of(customers[case.customer], (case.deployment,), view, now)
            ground = whole.under(case.deployment)
            broken = judge_booked(case, ground, now)
        except ValueError:  # a calendar without an end: one never hides the others
            log.exception("not looked at again", reference=case.reference)
            continue
        known = _known(cases, case) if broken else frozenset()
        if fresh := tuple(finding for finding in broken if _key(finding) not in known):
            found.append((case, fresh))
    return tuple(found)


def _touched(customer: Customer, changed: Mapping[str, Any]) -> bool:
    everybodys = (_name(Changed.HOLIDAYS), _name(Changed.OPS))
    profiles = (_name(Changed.PROFILE, name) for name in _profiles_of(customer))
    return any(name in changed for name in (*everybodys, *profiles, _name(Changed.CUSTOMER, customer.id)))


def _known(cases: Cases, case: Case) -> frozenset[str]:
    """What the history holds already: told before, or accepted when it was booked."""
    return frozenset(
        _key_of(finding) for entry in cases.history_of(case.reference) for finding in entry.why.get("findings", ())
    )


def _key(finding: Finding) -> str:
    return _key_of(as_recorded((finding,))[0])


def _key_of(recorded: Mapping[str, Any]) -> str:
    """The same rule broken for the same reasons; how many others are booked is no reason of the calendar's."""
    facts = {name: fact for name, fact in recorded["facts"].items() if name not in _COUNTS}
    return repr((recorded["rule"], recorded["passed"], sorted(facts.items())))


def _enter(
    books: Books,
    settings: Settings,
    found: Iterable[tuple[Case, tuple[Finding, ...]]],
    since: tuple[Since, ...],
    now: datetime,
) -> None:
    """Each deployment's history, and one letter about all of them."""
    affected: list[Affected] = []
    for case, findings in found:
        rules = ", ".join(finding.rule for finding in findings)
        changed = "; ".join(_name(each.what, each.name) for each in since)
        why = {"verdict": "no_action", "why": f"now breaks {rules}, since this changed: {changed}", "holidays": LIBRARY}
        noted = {**why, "findings": as_recorded(findings)}
        books.cases.note(Entry(case.reference, now, "dplmaild", "second look", case.state, case.state, noted))
        affected.append(_told_of(case, findings, settings))
    if affected:
        books.owe((_letter(settings, tuple(affected), since),), None, _cause(now), now)


def _told_of(case: Case, findings: tuple[Finding, ...], settings: Settings) -> Affected:
    customer = settings.directory.customer(case.customer)
    profile = settings.ground(customer).under(case.deployment).profile
    what = effective(case.deployment, customer, profile)
    shown = replace(case.deployment, type=what.type, environment=what.environment, product=what.product)
    return Affected(case.reference, customer.name, shown, case.slot, profile.zone, findings)


def _cause(now: datetime) -> Cause:
    return Cause("dplmaild", "second look", f"second look/{now.isoformat()}")


def _letter(settings: Settings, affected: tuple[Affected, ...], since: tuple[Since, ...]) -> Alarm:
    zone = affected[0].zone
    facts = Facts(
        affected=affected[:_SHOWN], more_affected=len(affected[_SHOWN:]), since=since, ops_zone=zone, zone=zone
    )
    to = (settings.ops.address,)
    return Alarm(Letter(LetterKind.LOOKED_AGAIN, to, OPS_LANGUAGE, "Booked deployments", facts, Trigger.TIMER))


def _since(name: str, before: Mapping[str, str], settings: Settings) -> Since:
    """What has changed, as OPS would call it."""
    kind, _, which = name.partition(" ")
    what = Changed(kind)
    if what is Changed.HOLIDAYS:
        return Since(what, LIBRARY, before[name])
    names = {customer.id: customer.name for customer in settings.customers}
    return Since(what, names.get(which, which) if what is Changed.CUSTOMER else which)
