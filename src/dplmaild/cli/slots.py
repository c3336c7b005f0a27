"""`slots`: what is free for a customer, and why the nearest days are not (SCHED-3, SCHED-8)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import told
from dplmaild.cli.judging import Moment
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.rules import Ground, Standing, asked_of, standing
from dplmaild.deployment.rules.effective import types_of
from dplmaild.deployment.schedule import Slots, next_slots
from dplmaild.deployment.terms import Deployment, DeploymentType, Environment, MomentStatus, Product, WrittenMoment
from dplmaild.desk.explained import window_json
from dplmaild.desk.saying import Said, in_json, saying
from dplmaild.desk.view import Grounds, RecordView
from dplmaild.store.cases import Cases
from dplmaild.wiring import letters_of, now
from dplmaild.writing.moments import Clock


@click.command()
@click.argument("customer")
@click.option("--type", "type_", help="Type of deployment, by its name in the customer's profile.")
@click.option("--product", type=click.Choice([product.value for product in Product]))
@click.option("--environment", help="INT, UAT, PRD or one of the customer's own; else the profile's usual one.")
@click.option("--from", "wanted", type=Moment(), help="The start that is wished for; else as soon as possible.")
@click.option("--received", type=Moment(), help="When the request arrives; else now.")
@click.option("--count", type=click.IntRange(1, 50), help="How many slots; else as many as the profile offers.")
@json_flag
@click.pass_obj
def slots(
    room: Room, /, customer: str, wanted: datetime | None, count: int | None, as_json: bool, **words: Any
) -> None:
    """Find the next free slots of a customer, under all rules and everything that is on record."""
    with told(), room.database.reading() as connection:
        who = _customer(room, customer)
        what = _deployment(who, room, **{key: words[key] for key in ("type_", "product", "environment")})
        moment = words["received"] or now()
        ground = Grounds(room.settings).of(who, (what,), RecordView(Cases(connection)), moment).under(what)
        what = replace(what, when=_wish(wanted, ground))
        asked = asked_of(what, ground, moment, moment)
        whose = standing(asked, ground)
        found = next_slots(asked, ground, count) if whose is Standing.OURS else Slots(())
    said = saying(letters_of(room.settings), room.settings, who, "en")
    if as_json:
        print_json(_json(found, whose, said))
    else:
        _print(found, whose, ground, said)


def _customer(room: Room, name: str) -> Customer:
    try:
        return room.settings.directory.customer(name)
    except KeyError as error:
        known = ", ".join(customer.id for customer in room.settings.customers)
        raise click.UsageError(f"there is no customer {name}; there are {known}") from error


def _deployment(
    customer: Customer, room: Room, type_: str | None, product: str | None, environment: str | None
) -> Deployment:
    named = Deployment(
        product=Product(product) if product else None,
        environment=Environment(environment) if environment else None,
    )
    profile = room.settings.ground(customer).under(named).profile
    known = DeploymentType(type_) if type_ else None
    types = types_of(customer, profile)
    if profile.types_matter and known not in types:
        raise click.UsageError(f"--type is one of {', '.join(types)} for {customer.id}")
    return replace(named, type=known)


def _wish(start: datetime | None, ground: Ground) -> WrittenMoment | None:
    if start is None:
        return None
    return WrittenMoment(
        start.isoformat(), MomentStatus.EXACT, zone=str(ground.calendar.zone), utc=start.astimezone(UTC)
    )


def _json(found: Slots, whose: Standing, said: Said) -> dict[str, Any]:
    refused = [(day.isoformat(), [in_json(finding, said) for finding in why]) for day, why in found.refused]
    return {
        "standing": whose.value,
        "slots": [window_json(slot) for slot in found.slots],
        "refused_days": [{"day": day, "findings": why} for day, why in refused],
    }


def _print(found: Slots, whose: Standing, ground: Ground, said: Said) -> None:
    if whose is not Standing.OURS:
        click.echo(f"no slot is needed: {whose.value}")
        return
    clock = Clock("en", str(ground.calendar.zone), ground.customer.zone)
    for number, slot in enumerate(found.slots, 1):
        click.echo(f"  {number}  {clock.window(slot)}")
    if not found.slots:
        click.echo("no free slot")
    for day, why in found.refused:
        click.echo(f"not on {clock.day(day)}:")
        for finding in why:
            click.echo(f"     {said(finding)}")
