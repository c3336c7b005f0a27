"""What domain.md says of a date, worked out a second time: plain, slow, and from that page alone.

Nothing here comes from the program or from the library of holidays that it uses: holidays are those of the official
lists, by hand. Days are calendar dates on OPS's wall clock; moments carry a zone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY, ONE_HOUR, HALF_HOUR = timedelta(days=1), timedelta(hours=1), timedelta(minutes=30)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)

_EASTER = {
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
}


def _from_easter(day: date) -> int:
    return (day - _EASTER[day.year]).days


def thuringia(day: date) -> bool:
    """Public holidays in Thuringia; World Children's Day and Reformation Day among them."""
    fixed = {(1, 1), (5, 1), (9, 20), (10, 3), (10, 31), (12, 25), (12, 26)}
    good_friday, easter_monday, ascension, whit_monday = -2, 1, 39, 50
    return (day.month, day.day) in fixed or _from_easter(day) in {good_friday, easter_monday, ascension, whit_monday}


def barcelona(day: date) -> bool:
    """Public holidays in Barcelona: Spain's, Catalonia's, and the city's two (La Merce of 2028 moves to the Monday)."""
    spain = {(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)}
    catalonia, city = {(6, 24), (9, 11), (12, 26)}, {(9, 24)}
    good_friday, easter_monday, whit_monday = -2, 1, 50
    return (
        (day.month, day.day) in spain | catalonia | city
        or _from_easter(day) in {good_friday, easter_monday, whit_monday}
        or day == date(2028, 9, 25)
    )


def madrid(day: date) -> bool:
    """Public holidays in the region of Madrid in 2026, All Saints and Constitution Day moved to their Mondays."""
    assert day.year == 2026 or day in {date(2025, 12, 31), date(2027, 1, 1)}
    listed = {(1, 1), (1, 6), (4, 2), (4, 3), (5, 1), (5, 2), (8, 15), (10, 12), (11, 2), (12, 7), (12, 8), (12, 25)}
    return (day.month, day.day) in listed


HOLIDAYS = {"thuringia": thuringia, "barcelona": barcelona, "madrid": madrid}
Days = tuple[date, date]  # the first and the last of a stretch


def _inside(day: date, stretches: tuple[Days, ...]) -> bool:
    return any(first <= day <= last for first, last in stretches)


@dataclass(frozen=True, slots=True)
class Side:
    """Whose days off: a place, and what this site adds to it."""

    place: str
    closed: tuple[Days, ...] = ()
    vacations: tuple[Days, ...] = ()

    def works(self, day: date) -> bool:
        """Monday to Friday, no public holiday, not closed."""
        return day.weekday() <= FRI and not HOLIDAYS[self.place](day) and not _inside(day, self.closed)


@dataclass(frozen=True, slots=True)
class Site:
    """OPS, the customer and perhaps a partner, with what is agreed for them."""

    ops: Side
    others: tuple[Side, ...]
    zone: str  # OPS's
    opens: time
    closes: time
    half_days: dict[date, time]
    hard: tuple[Days, ...] = ()
    soft: tuple[Days, ...] = ()
    hard_on_uat: tuple[Days, ...] = ()
    shop: tuple[time, time] | None = None  # on the customer's wall clock
    customer_zone: str = "Europe/Berlin"

    @property
    def everybody(self) -> tuple[Side, ...]:
        """All who have to be there."""
        return (self.ops, *self.others)

    def works(self, day: date) -> bool:
        """A working day of everybody involved."""
        return all(side.works(day) for side in self.everybody)

    def vacation(self, day: date) -> bool:
        """A declared vacation of anybody."""
        return any(_inside(day, side.vacations) for side in self.everybody)

    def at(self, day: date, clock: time) -> datetime:
        """A time on OPS's wall clock."""
        return datetime.combine(day, clock, ZoneInfo(self.zone)).astimezone(UTC)

    def hours(self, day: date) -> tuple[datetime, datetime] | None:
        """OPS's business hours on a day; none where it does not work."""
        if not self.ops.works(day):
            return None
        closes = min(self.closes, self.half_days.get(day, self.closes))
        return (self.at(day, self.opens), self.at(day, closes)) if closes > self.opens else None

    def day_of(self, moment: datetime) -> date:
        """The calendar date in OPS's zone."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Wish:
    """A request for PRD that is judged when it arrives."""

    profile: str  # caas or prod
    type: str
    product: str
    site: Site
    start: datetime
    arrived: datetime
    premium: bool = False

    @property
    def length(self) -> timedelta:
        """POLICY-4: full 4 h, code 2 h, hotfix 1 h, `prod` 1 h; and half an hour of tests."""
        hours = {"full": 4, "code": 2, "hotfix": 1}[self.type] if self.profile == "caas" else 1
        return timedelta(hours=hours) + HALF_HOUR

    @property
    def day(self) -> date:
        """The deployment day: that of the start."""
        return self.site.day_of(self.start)


def rulings(wish: Wish) -> dict[str, str]:
    """Every rule of the profile with what it says of this date: kept, broken, open or not_concerned."""
    found = _of_caas(wish) if wish.profile == "caas" else _of_prod(wish)
    return {rule: {True: "kept", False: "broken"}.get(said, said) for rule, said in found.items()}  # type: ignore[arg-type]


OPEN, NO = "open", "not_concerned"


def _of_caas(wish: Wish) -> dict[str, bool | str]:
    full, code, hotfix = (wish.type == name for name in ("full", "code", "hotfix"))
    block = full and wish.product == "ICM"
    unbound = full and wish.premium
    shop = wish.site.shop
    return {
        "WHO-1": True,  # PRD is by OPS
        "WHO-2": NO,
        "WHO-3": True,
        "WHO-5": NO,
        "TYPE-1": True if wish.product in {"PWA", "IOM"} else NO,
        "TYPE-2": NO if full else OPEN,
        "TYPE-3": OPEN if hotfix else NO,
        "TYPE-4": True,
        "TYPE-5": OPEN,
        "PRE-1": OPEN if hotfix else NO,
        "PRE-2": OPEN if code else NO,
        "PRE-3": OPEN if block else NO,
        "LEAD-1": _notice(wish) >= 14 and (not block or uat_fits(wish)) if full else NO,
        "LEAD-2": _notice(wish) >= 3 if code else NO,
        "LEAD-3": _notice(wish) >= 0 if hotfix else NO,
        "LEAD-4": _lies_ahead(wish),
        "DAY-1": wish.day.weekday() <= (FRI if hotfix else THU),
        "DAY-2": NO if hotfix else wish.site.works(wish.day + ONE_DAY),
        "DAY-3": wish.site.works(wish.day),
        "DAY-6": not _frozen(wish),
        "HOUR-1": NO if unbound else _in_hours(wish),
        "HOUR-2": NO if not unbound else OPEN if shop is None else not _shop_open(wish, shop),
        "TEST-1": True,
        "TEST-2": OPEN,
        "SCHED-7": True,
    }


def _of_prod(wish: Wish) -> dict[str, bool | str]:
    site, day = wish.site, wish.day
    return {
        "WHO-3": True,
        "WHO-4": True,
        "WHO-5": NO,
        "TYPE-5": OPEN,
        "PRE-4": OPEN,
        "PRE-5": OPEN,
        "PRE-6": NO,
        "LEAD-4": _lies_ahead(wish),
        "DAY-1": day.weekday() <= THU,
        "DAY-3": site.works(day),
        "DAY-4": site.works(day + ONE_DAY),
        "DAY-5": not site.vacation(day) and not site.vacation(day + ONE_DAY),
        "DAY-6": not _frozen(wish),
        "HOUR-1": _in_hours(wish),
        "TEST-1": True,
        "SCHED-7": True,
    }


def hindrance(wish: Wish) -> str | None:
    """What stands in the way of a confirmation: `blocks`, `approval`, or nothing; a warning does not."""
    broken = {rule for rule, said in rulings(wish).items() if said == "broken"}
    heavy = broken - {"HOUR-2", "DAY-6", "LEAD-1"}
    if "LEAD-1" in broken and (_notice(wish) < 7 or not _fits(wish)):
        heavy.add("LEAD-1")  # between a week and two it only warns
    if "DAY-6" in broken:
        if _inside(wish.day, wish.site.hard):
            heavy.add("DAY-6")
        elif not heavy:
            return "approval"
    return "blocks" if heavy else None


def _fits(wish: Wish) -> bool:
    return not (wish.profile == "caas" and wish.product == "ICM") or uat_fits(wish)


def _notice(wish: Wish) -> int:
    """Calendar days from the date of arrival in OPS's zone to the deployment day."""
    return (wish.day - wish.site.day_of(wish.arrived)).days


def _lies_ahead(wish: Wish) -> bool:
    return wish.start - wish.arrived >= ONE_HOUR


def _frozen(wish: Wish) -> bool:
    return _inside(wish.day, wish.site.hard) or _inside(wish.day, wish.site.soft)


def _in_hours(wish: Wish) -> bool:
    hours = wish.site.hours(wish.day)
    return hours is not None and hours[0] <= wish.start and wish.start + wish.length <= hours[1]


def _shop_open(wish: Wish, shop: tuple[time, time]) -> bool:
    """Whether any minute of the window lies in the shop's hours, looked at minute by minute."""
    zone = ZoneInfo(wish.site.customer_zone)
    minutes = int(wish.length.total_seconds()) // 60
    clocks = ((wish.start + timedelta(minutes=n)).astimezone(zone).time() for n in range(minutes))
    return any(shop[0] <= clock < shop[1] for clock in clocks)


def uat_fits(wish: Wish) -> bool:
    """LEAD-1: whether a legal UAT day lies at least two working days of everybody before PRD, and not in the past."""
    return any(_uat_is_legal(wish, wish.day - n * ONE_DAY) for n in range(1, 61))


def _uat_is_legal(wish: Wish, day: date) -> bool:
    site = wish.site
    until_prd = (wish.day - day).days
    between = sum(site.works(day + n * ONE_DAY) for n in range(until_prd))
    frozen = any(_inside(day, stretches) for stretches in (site.hard, site.soft, site.hard_on_uat))
    if between < 2 or day.weekday() > THU or not site.works(day) or not site.works(day + ONE_DAY) or frozen:
        return False
    hours = site.hours(day)
    if hours is None:
        return False
    at_prds_time = site.at(day, wish.start.astimezone(ZoneInfo(site.zone)).time())
    on_the_grid = [hours[0] + n * HALF_HOUR for n in range(48)]
    return any(
        hours[0] <= start and start + wish.length <= hours[1] and start - wish.arrived >= ONE_HOUR
        for start in [at_prds_time, *on_the_grid]
    )


def deadline(site: Site, start: datetime, confirmed: datetime) -> datetime:
    """INST-3: when instructions are due for a date that was confirmed at a moment."""
    eve = site.day_of(start) - ONE_DAY
    while site.hours(eve) is None:
        eve -= ONE_DAY
    hours = site.hours(eve)
    assert hours is not None
    return min(max(hours[1], _four_hours_after(site, confirmed)), start - ONE_HOUR)


def _four_hours_after(site: Site, moment: datetime) -> datetime:
    """Four working hours later, counted minute by minute of OPS's days."""
    left, day = 4 * 60, site.day_of(moment)
    while True:
        hours = site.hours(day)
        minute = max(moment, hours[0]) if hours else moment
        while hours and minute < hours[1]:
            minute += timedelta(minutes=1)
            left -= 1
            if left == 0:
                return minute
        day += ONE_DAY
