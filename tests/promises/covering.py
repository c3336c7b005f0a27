"""A deployment that runs and covers tickets, on a Zammad with tickets of two customers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Contact
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import (
    PRD,
    Deployment,
    DeploymentType,
    Product,
    Role,
    Side,
    Speaker,
    State,
    Trust,
    Version,
    Window,
)
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from promises.desk import Where, desk_in, zammad
from promises.turns import Turns, opened, owed_rows
from servers.zammad import ZammadDouble
from servers.zammad.store import Row

NOW = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)
NORA, BEN, LISA = "nora@agency.example.net", "ben@northwind.example.com", "lisa@northwind.example.com"
ROBIN = Speaker("engineer@example.org", Trust.OK, "Robin", None, Role.OPS_ENGINEER, Side.OPS, ("northwind",))


class Scene:
    """A desk whose one deployment runs, and a Zammad with tickets of two customers."""

    def __init__(self, folder: Path, double: ZammadDouble) -> None:
        self.folder, self.double = folder, double
        self.people = {one: double.add_user(one) for one in (NORA, BEN, LISA, "eve@beta.example.com")}

    def ticket(self, number: str, of: str = BEN, **given: Any) -> Row:
        return self.double.add_ticket(f"Ticket {number}", number=number, customer_id=self.people[of].id, **given)

    def settings(self, *, sends: bool = False, shadow: bool = False) -> Settings:
        base = desk_in(self.folder, Where(zammad=zammad(self.double.url)), self.double.token)
        (own,) = base.customers
        eve = Contact(address="eve@beta.example.com", name="Eve", role=Role.RELEASE_MANAGER)
        beta = own.model_copy(
            update={"id": "beta", "name": "Beta", "contacts": (eve,), "domains": ("beta.example.com",)}
        )
        customers = (own.model_copy(update={"zammad_sends": sends}), beta)
        desk = base.desk.model_copy(update={"shadow": shadow})
        return base.model_copy(update={"customers": customers, "desk": desk})

    def on(self, settings: Settings, *tickets: str, **changed: Any) -> Turns:
        """A house in which the deployment that covers these tickets runs."""
        turns = opened(settings, NOW)
        with turns.parts.database.writing() as connection:
            Cases(connection).save(running(*tickets, **changed), NOW)
        return turns

    def said(self, ticket: Row) -> list[str]:
        """The first words of our articles on a ticket."""
        return [str(row["body"]).partition(":")[0] for row in self.double.articles(ticket) if row["preferences"]]

    def kinds(self, ticket: Row) -> list[tuple[int, str | None]]:
        """Type and receivers of our articles on a ticket: 1 is a mail, 10 a note."""
        return [(row["type_id"], row["to"] or None) for row in self.double.articles(ticket) if row["preferences"]]


def running(*tickets: str, **changed: Any) -> Case:
    what = Deployment(
        type=DeploymentType.CODE,
        product=Product.ICM,
        environment=PRD,
        target_version=Version("11.0.2"),
        tickets=tickets,
    )
    slot = Window(NOW, timedelta(hours=2, minutes=30))
    case = Case("DPL-2026-0001", "northwind", State.IN_PROGRESS, what, NORA, "en", "Next release", slot=slot)
    return replace(case, mailing_list=(BEN,), **changed)


def order(turns: Turns, line: str, *, minutes: int = 0) -> None:
    """A command from the command line, and everything paid that can be."""
    turns.clock.now = turns.clock() + timedelta(minutes=minutes)
    verb, _, rest = line.partition(" ")
    told = turns.reception.order("DPL-2026-0001", Command(verb, rest), ROBIN, turns.clock())
    assert told.done, told.answer
    turns.settle()


def wait(turns: Turns, minutes: int = 60) -> None:
    """Time passes, in which everything that is due later is paid."""
    for _ in range(minutes):
        turns.clock.now += timedelta(minutes=1)
        turns.settle()


def covered(turns: Turns) -> list[tuple[str, str]]:
    return [(row["name"], row["state"]) for row in owed_rows(turns) if row["kind"] == "covered"]


def alarms(turns: Turns) -> list[str]:
    return [row["body"]["letter"]["facts"]["text"] for row in owed_rows(turns) if row["kind"] == "alarm"]


def mailed(turns: Turns) -> list[tuple[str, ...]]:
    return [tuple(row["body"]["to"]) for row in owed_rows(turns) if row["kind"] == "letter"]
