"""`calendar`: a customer's whole year, and why each day that is not open is not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import told
from dplmaild.deployment.coming_year import ComingDay, Openness, coming_year
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.site import LANGUAGE, LIBRARY
from dplmaild.deployment.terms import Environment
from dplmaild.desk.saying import plain
from dplmaild.wiring import now
from dplmaild.writing.year import WEEK, UsualDays, notes_of, stretches, usual_week, year_bytes

VERSION = 1


@click.command()
@click.argument("customer")
@click.argument("year", type=click.IntRange(2000, 2200))
@click.option("--environment", "-e", help="Where to; else the profile's own choice, mostly PRD.")
@click.option(
    "--ics", type=click.Path(dir_okay=False, allow_dash=True), help="Also write a calendar file; - for standard output."
)
@json_flag
@click.pass_obj
def calendar(room: Room, customer: str, year: int, environment: str | None, ics: str | None, as_json: bool) -> None:
    """Show which days of a YEAR are open for deployments of a CUSTOMER, and why the others are not."""
    with told():
        settings = room.settings
    try:
        whose = settings.directory.customer(customer)
    except KeyError:
        known = ", ".join(sorted(each.id for each in settings.customers))
        raise click.UsageError(f"there is no customer {customer}; there are {known}") from None
    theirs = settings.ground(whose)
    ground = replace(theirs, calendar=replace(theirs.calendar, language=LANGUAGE))  # one language for all three sides
    place = Environment(environment.upper()) if environment else None
    days = coming_year(ground, year, place)
    if ics is not None:
        _write(ics, year_bytes(days, whose.name, now()))
    if as_json:
        print_json({**_head(ground, year), "days": [_day(day) for day in days]})
    elif ics != "-":
        _print(days, ground, year)


def _write(where: str, file: bytes) -> None:
    if where == "-":
        click.echo(file, nl=False)
        return
    try:
        Path(where).write_bytes(file)
    except OSError as error:
        raise click.UsageError(f"{where} cannot be written: {error.strerror}") from error


def _head(ground: Ground, year: int) -> dict[str, Any]:
    hours = ground.profile.hours
    return {
        "version": VERSION,
        "customer": ground.customer.id,
        "year": year,
        "profile": ground.profile.id,
        "zone": ground.profile.zone,
        "hours": {"since": f"{hours.since:%H:%M}", "until": f"{hours.until:%H:%M}"},
        "holidays": LIBRARY,
        "unread": [{"side": each.side.value, "feed": each.reason} for each in ground.calendar.unread],
    }


def _day(day: ComingDay) -> dict[str, Any]:
    opening = day.opening
    return {
        "day": day.day.isoformat(),
        "weekday": WEEK[day.day.weekday()].lower(),
        "open": {name: openness.value for name, openness in day.openness.items()},
        "notes": list(notes_of(day)),
        "hindrances": [
            {
                "rule": each.finding.rule,
                "severity": each.finding.severity.value,
                "types": list(each.types),
                "facts": {name: plain(fact) for name, fact in each.finding.facts.items()},
            }
            for each in day.hindrances
        ],
        "closed": [{"side": each.side.value, "reason": each.reason} for each in day.closed],
        "vacations": [{"side": each.side.value, "reason": each.reason} for each in day.vacations],
        "half_days": [
            {"side": side.value, "until": f"{half.until:%H:%M}", "reason": half.reason} for side, half in day.half_days
        ],
        "freezes": [
            {"reason": freeze.reason, "soft": freeze.soft, "first": plain(span.first), "last": plain(span.last)}
            for freeze, span in day.freezes
        ],
        "hours": {"since": plain(opening.since), "until": plain(opening.until)} if opening else None,
        "capacity": {"at_once": day.limit.at_once, "per_day": day.limit.per_day, "reduced": day.reduced},
        "clock": day.clock.value if day.clock else None,
    }


def _print(days: tuple[ComingDay, ...], ground: Ground, year: int) -> None:
    hours, profile = ground.profile.hours, ground.profile
    click.echo(f"{ground.customer.name}, {year}: profile {profile.id}, days and hours in {profile.zone},", nl=False)
    click.echo(f" {hours.since:%H:%M}-{hours.until:%H:%M}; {LIBRARY}")
    for unread in ground.calendar.unread:
        click.echo(f"  vacations not known, their feed cannot be read: {unread}")
    for usual in usual_week(days):
        click.echo(f"  {_usual(usual)}")
    told = stretches(days)
    for month in range(1, 13):
        of_month = [day for day in days if day.day.month == month]
        click.echo(f"\n{of_month[0].day:%B}: {_counted(of_month)}")
        for stretch in told:
            if stretch.first.month == month:
                last = f" to {stretch.last:%a %d %b}" if stretch.last != stretch.first else ""
                click.echo(f"  {f'{stretch.first:%a %d %b}{last}':24} {'; '.join(stretch.notes)}")


def _usual(usual: UsualDays) -> str:
    first, last = WEEK[usual.weekdays[0]], WEEK[usual.weekdays[-1]]
    days = first if first == last else f"{first} to {last}"
    rules = f" ({', '.join(usual.rules)})" if usual.rules else ""
    return f"{days}: {', '.join(usual.types) or 'nothing'}{rules}"


def _counted(days: list[ComingDay]) -> str:
    names = days[0].openness
    counts = {name: sum(day.openness[name] is Openness.OPEN for day in days) for name in names}
    return "open on " + ", ".join(f"{count} days for {name}" for name, count in counts.items())
