"""Requests under every pair of circumstances: enough of them for every rule to say everything it can say."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from itertools import combinations, product
from typing import Any

from deployment.rules.build import (
    BARCELONA,
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    ICM,
    IOM,
    PROD,
    PWA,
    asked,
    at,
    booking,
    customer,
    ground,
    ops,
    raw,
    versions,
    wanted,
)
from dplmaild.deployment.configured import Hours
from dplmaild.deployment.customer import Engineer
from dplmaild.deployment.periods import Freeze, HalfDay, Period, Season
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Asked, Done, Ground, judge
from dplmaild.deployment.terms import (
    INT,
    PRD,
    UAT,
    Component,
    Environment,
    Finding,
    Management,
    Options,
    Phase,
    Sla,
    Version,
    Window,
)

Circumstances = Mapping[str, Any]


def _counted(count: str) -> Profile:
    """The shipped profile with notice counted otherwise, and better more of it for every type."""
    written = raw("caas")
    for policy in written["types"].values():
        policy["lead"] |= {"count": count, "recommended": policy["lead"]["at_least"] + 5}
    return Profile.model_validate(written)


_WINTER = Period(first=date(2026, 12, 21), last=date(2026, 12, 30), reason="Winter")
_AWAY = BARCELONA.model_copy(update={"vacations": (_WINTER,)})
_SHORT = BARCELONA.model_copy(update={"half_days": (HalfDay(day=date(2026, 12, 2), until=time(11), reason="fair"),)})
_UNREAD = BARCELONA.model_copy(update={"unread": ("team calendar",)})
_FREEZES = (
    Freeze(first=date(2026, 12, 14), last=date(2026, 12, 16), soft=True, reason="Christmas trade"),
    Freeze(first=date(2026, 12, 17), last=date(2026, 12, 17), reason="stocktaking"),
)
_SHOP = Hours(since=time(8), until=time(16))
_RAN = tuple(Done(ICM, where, Version("11.0.2"), at("2026-11-20 10:00")) for where in (INT, UAT))
_RISES = ("11.0.1", "11.0.2")
_ILL = Engineer(address="e@example.net", away=(Period(first=date(2026, 12, 1), last=date(2026, 12, 1)),))
_SAID: Circumstances = {
    "validated": "on UAT, with the customer",
    "rollback": "the backup of the night before",
    "artifact": "portal 4.0",
    "components": (Component("portal", "4.0"),),
    "attendants": ("Kim",),
}

# Each circumstance with what it can be; the first is the usual one.
EVERYTHING: dict[str, tuple[Any, ...]] = {
    "profile": (CAAS, PROD, _counted("working"), _counted("hours")),
    "type": (CODE, FULL, HOTFIX, None),
    "product": (ICM, PWA, IOM, None),
    "environment": (None, PRD, UAT, INT, Environment("DEV")),
    "start": (
        "2026-12-02 10:00", None, "2026-11-20 10:00", "2026-11-23 09:20", "2026-11-23 11:00", "2026-11-24 10:00",
        "2026-12-01 10:00", "2026-12-02 16:30", "2026-12-04 10:00", "2026-12-05 10:00", "2026-12-06 10:00",
        "2026-12-07 10:00", "2026-12-08 10:00", "2026-12-10 17:30", "2026-12-15 10:00", "2026-12-17 10:00",
        "2026-12-20 10:00", "2026-12-22 10:00", "2026-12-24 10:00",
    ),
    "sla": (Sla.STANDARD, Sla.PREMIUM),
    "shop_hours": (None, _SHOP),
    "phase": (Phase.LIVE, Phase.SETUP),
    "management": (Management.OPS, Management.DELEGATED, Management.PARTNER),
    "productive": (("PRD",), ("PRD", "UAT", "INT"), ("PRD", "DEV")),
    "products": ((ICM, PWA, IOM), (ICM,), ()),
    "calendar": (_AWAY, BARCELONA, _SHORT, _UNREAD),
    "freezes": ((), _FREEZES),
    "ops": (
        ops(),
        ops(at_once=1),
        ops(people=(_ILL,)),
        ops(seasons=(Season(first=date(2026, 12, 1), last=date(2026, 12, 2), per_day=1),)),
    ),
    "held": ((), ("acme", "other"), ("other",), ("other", "other")),
    "versions": ((None, None), _RISES, ("11.0.2", "11.0.1"), ("11.0.2", "11.0.2"), ("11.0", "11.1.0")),
    "db_migrate": (None, True, False),
    "done": ((), _RAN),
    "tested_on": ((), (UAT,), (INT, UAT)),
    "tests": (None, timedelta(minutes=45)),
    "agreed": (False, True),  # the window is a slot that was agreed before longer tests were named
    "stage": ("request", "instructed", "starting"),
    "said": ({}, _SAID, {"validated": " ", "components": _SAID["components"]}),
    "prd": (None, "2026-12-04 10:00", "2026-12-17 10:00"),
}  # fmt: skip


_USUAL: Circumstances = {name: choices[0] for name, choices in EVERYTHING.items()}
_FURTHER: tuple[Circumstances, ...] = (
    {"type": FULL, "start": "2026-12-10 17:30", "sla": Sla.PREMIUM, "shop_hours": _SHOP, "versions": _RISES},
    {"type": HOTFIX, "start": "2026-11-24 10:00", "versions": _RISES},
    {"profile": PROD, "said": _SAID},
    {"type": FULL, "environment": UAT, "prd": "2026-12-10 10:00"},
)


def every_pair() -> Iterator[Circumstances]:
    """Whatever any two of the circumstances are, the others being as usual; and around some rarer cases as well."""
    for one, other in combinations(EVERYTHING, 2):
        for first, second in product(EVERYTHING[one], EVERYTHING[other]):
            yield {**_USUAL, one: first, other: second}
    for rarer in _FURTHER:
        for one, stage in product(EVERYTHING, EVERYTHING["stage"]):
            for first in EVERYTHING[one]:
                yield {**_USUAL, **rarer, "stage": stage, one: first}


def request(of: Circumstances) -> tuple[Asked, Ground]:
    """What is judged under these circumstances, and the ground it is judged on."""
    on = _ground(of)
    said = {"options": Options(db_migrate=of["db_migrate"]), "test_window": of["tests"], "tested_on": of["tested_on"]}
    what = wanted(of["type"], of["start"], product=of["product"], **said, **versions(*of["versions"]), **of["said"])
    where = {"environment": of["environment"]} if of["environment"] else {}
    one = asked(replace(what, **where), on)
    changed: dict[str, Any] = {"instructed": of["stage"] != "request", "starting": of["stage"] == "starting"}
    if of["agreed"] and one.window is not None:
        changed["window"] = Window(one.window.start, one.window.length - timedelta(minutes=15))
    if of["prd"]:
        changed["prd"] = Window(at(of["prd"]), timedelta(hours=4))
    return replace(one, **changed), on


def _ground(of: Circumstances) -> Ground:
    own = ("sla", "shop_hours", "phase", "management", "productive", "products", "calendar", "freezes")
    held = tuple(booking(f"2026-12-02 {10 + n}:00", who=who, reference=f"DPL-{n}") for n, who in enumerate(of["held"]))
    on = ground(of["profile"], customer(**{name: of[name] for name in own}), of["ops"], held)
    return replace(on, done=of["done"])


Judged = tuple[Finding, Asked, Ground]


@cache
def every_kind() -> tuple[Judged, ...]:
    """One finding of each kind that the rules come to, with what was judged.

    The same rule, ruling, weight and shape of facts is one kind.
    """
    kinds: dict[tuple[object, ...], Judged] = {}
    for of in every_pair():
        one, on = request(of)
        for finding in judge(one, on):
            shape = tuple((name, value if name == "because" else bool(value)) for name, value in finding.facts.items())
            kinds.setdefault((finding.rule, finding.ruling, finding.severity, shape), (finding, one, on))
    return tuple(kinds.values())


def every_finding() -> tuple[Finding, ...]:
    """Those findings alone."""
    return tuple(finding for finding, _, _ in every_kind())
