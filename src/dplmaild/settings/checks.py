"""What one model cannot see: places that do not exist, names used twice. Looks at the tables as they are written,
so that a mistake elsewhere in the same file hides none of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from dplmaild.deployment.customer import Customer
from dplmaild.deployment.periods import CalendarSource, Feed
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.recipients import MOST_RECIPIENTS, stands_for_somebody
from dplmaild.deployment.site import check_calendar
from dplmaild.reading.vacations import LARGEST, NotUnderstoodError, Wanted, vacations_in
from dplmaild.settings.problems import Files

Tables = Mapping[str, Any]
_MANY_YEARS = (date(2020, 1, 1), date(2035, 12, 31))


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """One file of `customers/`: as it is written, and as a customer when it is good."""

    path: Path
    tables: Tables
    customer: Customer | None


def check_main(found: Files, path: Path, tables: Tables) -> None:
    """The main file: something to read, OPS's calendar, people and mailboxes once each."""
    if not tables.get("mailbox") and not tables.get("zammad") and tables:
        found.blame(path, ("mailbox",), "nothing is read: give at least one [[mailbox]] or [zammad]")
    ops = tables.get("ops")
    if isinstance(ops, dict):
        _check_calendar(found, path, ("ops", "calendar"), ops.get("calendar"))
        _check_once(found, path, ("ops", "people"), "address", ops.get("people"))
    _check_once(found, path, ("mailbox",), "name", tables.get("mailbox"))
    folder = tables.get("letters_folder")
    if isinstance(folder, str) and not Path(folder).is_dir():
        found.blame(path, ("letters_folder",), f"there is no such folder: {folder}")


def own_addresses(tables: Tables) -> frozenset[str]:
    """Every address of the desk itself, as far as they are written as addresses."""
    desk = tables.get("desk")
    if not isinstance(desk, dict):
        return frozenset()
    more = desk.get("addresses")
    named = [desk.get("address"), *(more if isinstance(more, list) else ())]
    return frozenset(a.strip().lower() for a in named if isinstance(a, str))


def check_customers(
    found: Files, customers: Iterable[CustomerFile], profiles: Mapping[str, Profile], own: frozenset[str]
) -> None:
    """Profiles that do not exist, ids used twice, regions that do not exist, people named twice or ourselves."""
    seen: dict[str, Path] = {}
    for file in customers:
        path, tables = file.path, file.tables
        profile, name = tables.get("profile"), tables.get("id")
        if isinstance(profile, str) and profile not in profiles:
            found.blame(path, ("profile",), f"no profile {profile!r}; there are {', '.join(sorted(profiles))}")
        if file.customer is not None:
            _check_policies(found, path, file.customer, profiles)
        if isinstance(name, str) and name in seen:
            found.blame(path, ("id",), f"{name!r} is used by {seen[name]} already")
        seen[str(name)] = path
        _check_calendar(found, path, ("calendar",), tables.get("calendar"))
        _check_calendar(found, path, ("partner_calendar",), tables.get("partner_calendar"))
        _check_once(found, path, ("contacts",), "address", tables.get("contacts"))
        _check_not_ours(found, path, tables.get("contacts"), own)
        _check_informed(found, path, tables.get("contacts"))


def _check_policies(found: Files, path: Path, customer: Customer, profiles: Mapping[str, Profile]) -> None:
    """What a customer says in the words of its profiles: its level, its types, and the profiles of its parts."""
    for number, choice in enumerate(customer.profiles):
        if choice.profile not in profiles:
            known = ", ".join(sorted(profiles))
            found.blame(path, ("profiles", number, "profile"), f"no profile {choice.profile!r}; there are {known}")
    policy = profiles.get(customer.profile)
    if policy is None:
        return
    if customer.sla not in policy.slas:
        found.blame(path, ("sla",), f"no level {customer.sla!r} in profile {policy.id}; {', '.join(policy.slas)}")
    for name in customer.approval or ():
        if not policy.knows(name):
            found.blame(path, ("approval",), f"no type {name!r} in profile {policy.id}; {', '.join(policy.types)}")


def _check_calendar(found: Files, path: Path, where: tuple[str, ...], written: object) -> None:
    if written is None:
        return
    try:
        source = CalendarSource.model_validate(written)
    except ValidationError:
        return  # the model of the whole file says what is wrong
    for text in check_calendar(source):
        found.blame(path, where, text)
    for number, feed in enumerate(source.feeds):
        if feed.file is not None and (why := _unreadable(feed, source.zone)):
            found.blame(path, (*where, "feeds", number, "file"), f"{feed.file}: {why}")
        if where[0] == "ops" and source.zone is None:
            found.blame(path, (*where, "feeds", number), "say on which wall clock it is read: zone beside country")


def _unreadable(feed: Feed, zone: str | None) -> str | None:
    """Why a local calendar cannot be used; the same whatever the day, so that many years are looked at."""
    if feed.file is None:
        return None
    try:
        with feed.file.open("rb") as file:
            content = file.read(LARGEST + 1)
        vacations_in(content, Wanted(ZoneInfo(zone or "UTC"), *_MANY_YEARS, feed.words, feed.free_too))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except NotUnderstoodError as error:
        return str(error)
    return None


def _check_once(found: Files, path: Path, where: tuple[str, ...], key: str, written: object) -> None:
    """No two entries of a list go by the same name."""
    names = Counter[str]()
    for number, name in _named(written, key):
        names[name] += 1
        if names[name] == 2:
            found.blame(path, (*where, number, key), f"{name!r} is named already")


def _check_not_ours(found: Files, path: Path, contacts: object, own: frozenset[str]) -> None:
    """The desk never writes to itself, so it is nobody's contact."""
    for number, address in _named(contacts, "address"):
        if address in own:
            found.blame(path, ("contacts", number, "address"), f"{address!r} is the desk's own address")


def _check_informed(found: Files, path: Path, contacts: object) -> None:
    """Who is on every mailing list can be written to, and leaves room for those whom a mail names (INST-9)."""
    written = contacts if isinstance(contacts, list) else []
    always = [n for n, one in enumerate(written) if isinstance(one, dict) and one.get("always_informed") is True]
    for number, address in _named(contacts, "address"):
        if number in always and not stands_for_somebody(address):
            found.blame(path, ("contacts", number, "always_informed"), f"{address!r} is an address that nobody reads")
    if len(always) > MOST_RECIPIENTS // 2:
        at = ("contacts", always[MOST_RECIPIENTS // 2], "always_informed")
        found.blame(path, at, f"more than {MOST_RECIPIENTS // 2}: a letter has {MOST_RECIPIENTS} receivers at most")


def _named(written: object, key: str) -> list[tuple[int, str]]:
    entries = enumerate(written) if isinstance(written, list) else ()
    named = ((number, one.get(key)) for number, one in entries if isinstance(one, dict))
    return [(number, name.strip().lower()) for number, name in named if isinstance(name, str)]
