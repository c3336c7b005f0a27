"""The sites of the tables, told twice: to the oracle, and to the program."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from deployment.rules.build import CAAS, OPS, PROD, customer
from dplmaild.deployment.configured import Hours
from dplmaild.deployment.periods import CalendarSource, Freeze, HalfDay, Period
from dplmaild.deployment.rules import Asked, Ground, asked_of, ground_of
from dplmaild.deployment.terms import Deployment, DeploymentType, MomentStatus, Product, Sla, WrittenMoment
from proof.oracle import Days, Side, Site, Wish

_PLACES = {
    "thuringia": {"country": "DE", "region": "TH"},
    "barcelona": {"country": "ES", "region": "Barcelona"},
    "madrid": {"country": "ES", "region": "MD"},
}
_EVES = {date(year, 12, day): time(13) for year in (2026, 2027, 2028) for day in (24, 31)}
_COMPANY = ((date(2026, 7, 27), date(2026, 7, 31)), (date(2028, 5, 26), date(2028, 5, 26)))
_SUMMER = (
    (date(2026, 8, 3), date(2026, 8, 21)),
    (date(2027, 8, 9), date(2027, 8, 13)),
    (date(2028, 8, 1), date(2028, 8, 4)),
)
_BETWEEN_THE_YEARS = ((date(2027, 12, 27), date(2027, 12, 30)),)
_BLACK_WEEK = ((date(2026, 11, 23), date(2026, 11, 27)), (date(2028, 11, 20), date(2028, 11, 24)))
_ADVENT = ((date(2026, 12, 7), date(2026, 12, 18)), (date(2027, 12, 6), date(2027, 12, 17)))
_STOCKTAKING = ((date(2027, 2, 8), date(2027, 2, 19)),)

_OPS = {
    "caas": (Side("thuringia", closed=_COMPANY, vacations=_SUMMER), "Europe/Berlin", time(17)),
    "prod": (Side("barcelona", closed=_COMPANY, vacations=_SUMMER), "Europe/Madrid", time(18)),
}
_CUSTOMERS = {
    "jena": ((Side("thuringia", closed=_BETWEEN_THE_YEARS),), "Europe/Berlin"),
    "barcelona": (
        (Side("barcelona", closed=_BETWEEN_THE_YEARS, vacations=((date(2028, 3, 6), date(2028, 3, 10)),)),),
        "Europe/Madrid",
    ),
    "barcelona with a partner in Madrid": ((Side("madrid"), Side("barcelona")), "Europe/Madrid"),
}


def site(profile: str, name: str) -> Site:
    """One site as the oracle knows it: the partner first where there is one, the customer last."""
    ops, zone, closes = _OPS[profile]
    others, customer_zone = _CUSTOMERS[name]
    return Site(
        ops,
        others,
        zone,
        time(9),
        closes,
        _EVES,
        _BLACK_WEEK,
        _ADVENT,
        _STOCKTAKING,
        (time(8), time(20)),
        customer_zone,
    )


def _periods(stretches: tuple[Days, ...]) -> tuple[Period, ...]:
    return tuple(Period(first=first, last=last) for first, last in stretches)


def _source(side: Side, half_days: dict[date, time]) -> CalendarSource:
    halves = tuple(HalfDay(day=day, until=until) for day, until in half_days.items())
    source = CalendarSource.model_validate(_PLACES[side.place])
    own = {"closed": _periods(side.closed), "vacations": _periods(side.vacations), "half_days": halves}
    return source.model_copy(update=own)


def ground_at(one: Site, profile: str, *, premium: bool = False) -> Ground:
    """The same site as the program knows it."""
    *partner, own = one.others
    freezes = (
        *(Freeze(first=first, last=last) for first, last in one.hard),
        *(Freeze(first=first, last=last, soft=True) for first, last in one.soft),
        *(Freeze(first=first, last=last, environments=("UAT",)) for first, last in one.hard_on_uat),
    )
    who = customer(
        calendar=_source(own, {}),
        partner_calendar=_source(partner[0], {}) if partner else None,
        zone=one.customer_zone,
        sla=Sla.PREMIUM if premium else Sla.STANDARD,
        shop_hours=Hours(since=one.shop[0], until=one.shop[1]) if one.shop else None,
        freezes=freezes,
    )
    team = OPS.model_copy(update={"calendar": _source(one.ops, one.half_days)})
    return ground_of(who, team, {"caas": CAAS, "prod": PROD}[profile])


def asked_for(wish: Wish, on: Ground) -> Asked:
    """The same wish as the program judges it."""
    when = WrittenMoment("", MomentStatus.EXACT, utc=wish.start.astimezone(UTC))
    what = Deployment(product=Product(wish.product), type=DeploymentType(wish.type), when=when)
    return asked_of(what, on, wish.arrived, wish.arrived)


def moment(day: date, clock: time, zone: str) -> datetime:
    """A wall clock time in UTC; where DST skips it, the moment that the clock then shows otherwise."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def named(wish: Wish) -> str:
    """A wish as a line of the table."""
    zone = ZoneInfo(wish.site.zone)
    start, arrived = wish.start.astimezone(zone), wish.arrived.astimezone(zone)
    return f"{wish.type} {wish.product} on {start:%a %Y-%m-%d %H:%M}, arrived {arrived:%Y-%m-%d %H:%M}"


__all__ = ["asked_for", "ground_at", "moment", "named", "replace", "site"]
