"""Builders: a ground, a case and a heard message, with everything a test does not talk about filled in.

Today is Monday 23 November 2026, 09:00 in Berlin; the agreed slot is Tuesday 15 December, 10:00 to 12:30.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from deployment.rules.build import BERLIN, CAAS, CODE, CUSTOMER, HOTFIX, ICM, IOM, MADRID, OPS, PROD, PWA, at, written
from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.case import Case, Offer
from dplmaild.deployment.customer import Contact, Customer, Engineer
from dplmaild.deployment.owed import Alarm, Letter, LetterKind, OnTicket, Owed
from dplmaild.deployment.process import Carried, Decision, Heard, Order, carry_out, decide, fall_due, new_case
from dplmaild.deployment.process.agreeing import agree
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Ground, ground_of
from dplmaild.deployment.said import Choice, Command, Forward, Intent, Kind, Meaning, Question
from dplmaild.deployment.terms import (
    PRD,
    Component,
    Deployment,
    Field,
    Options,
    Role,
    Side,
    Speaker,
    State,
    Trust,
    Version,
    Window,
    WrittenMoment,
)
from dplmaild.deployment.timers import TimerKind

__all__ = [
    "BERLIN", "CAAS", "CODE", "HOTFIX", "ICM", "IOM", "MADRID", "PROD", "PWA", "Choice", "Field", "Intent", "Kind",
    "Question", "Role", "State", "at", "written",
]  # fmt: skip

ANN = Contact(address="ann@partner.example.com", name="Ann", role=Role.RELEASE_MANAGER, side=Side.PARTNER)
BEN = Contact(address="ben@acme.example.com", name="Ben", role=Role.ATTENDANT)
CARL = Contact(address="carl@partner.example.com", name="Carl", side=Side.PARTNER)
MORGAN = Engineer(address="morgan@example.net", name="Morgan", role=Role.DEPLOYMENT_MANAGER)
ROBIN = Engineer(address="robin@example.net", name="Robin", role=Role.OPS_ENGINEER)
PEOPLE = (ANN, BEN, CARL, MORGAN, ROBIN)
OWN = frozenset({"desk@example.net"})

ACME = CUSTOMER.model_copy(
    update={
        "contacts": (ANN, BEN, CARL),
        "domains": ("acme.example.com", "partner.example.com"),
        "products": (ICM, PWA, IOM),
    }
)
RIERA = ACME.model_copy(
    update={"id": "riera", "profile": "prod", "zone": "Europe/Madrid", "productive": ("PRD", "TEST")}
)
TEAM = OPS.model_copy(update={"people": (MORGAN, ROBIN)})

NOW = at("2026-11-23 09:00")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SLOT = Window(at("2026-12-15 10:00"), timedelta(hours=2, minutes=30))

INSTRUCTED = Deployment(
    current_version=Version("11.0.1"),
    target_version=Version("11.0.2"),
    options=Options(True, True, False, False),
    release_notes="see the attached notes",
    mailing_list=("list@acme.example.com",),
)
PROD_INSTRUCTED = Deployment(
    tickets=("INC-1",), components=(Component("addon-x", "3.2.11"),), validated="on TEST with Ben"
)


def ground(profile: Profile = CAAS, who: Customer | None = None, held: tuple[Booking, ...] = (), **ops: Any) -> Ground:
    """Acme on `caas`, Riera on `prod`, but for what is said."""
    customer = who or (ACME if profile is CAAS else RIERA)
    return ground_of(customer, TEAM.model_copy(update=ops), profile, Schedule(held))


def speaker(who: Contact | Engineer = ANN) -> Speaker:
    """Somebody of the directory, vouched for."""
    if isinstance(who, Engineer):
        return Speaker(who.address, Trust.OK, who.name, None, who.role, Side.OPS, ("acme", "riera"))
    return Speaker(who.address, Trust.OK, who.name, "acme", who.role, who.side, ("acme",))


def heard(
    *said: Deployment, by: Contact | Engineer = ANN, arrived: datetime = NOW, intent: Intent | None = None, **more: Any
) -> Heard:
    """One message: a request unless an intent or `instructs` says otherwise."""
    kind = more.pop("kind", Kind.REPLY if intent else Kind.SCHEDULE_REQUEST)
    now = more.pop("now", arrived)
    copied = more.pop("copied", ())
    message_id = more.pop("message_id", f"<{arrived.timestamp():.0f}-{by.address}>")
    requests = more.pop("requests", intent is None)
    meaning = Meaning(kind=kind, intent=intent, deployments=said, requests=requests, **more)
    return Heard(
        meaning, speaker(by), arrived, now, subject="Next release", message_id=message_id, copied=copied, own=OWN
    )


def asked(start: str | None = "2026-12-15 10:00", **said: Any) -> Deployment:
    """A code deployment of ICM, asked for at a Berlin wall clock time, with no special activities."""
    usual: dict[str, Any] = {
        "type": CODE,
        "product": ICM,
        "when": written(start) if start else None,
        "special_activities": "none",
    }
    return Deployment(**(usual | said))


def first(deployment: Deployment, on: Ground | None = None, message: Heard | None = None) -> Decision:
    """What a first message brings about."""
    where, said = on or ground(), message or heard(deployment)
    return decide(new_case(said, deployment, where, "DPL-2026-0001"), said, deployment, where)


def case(state: State = State.SCHEDULED, on: Ground | None = None, **changed: Any) -> Case:
    """A case as it stands in a state, with all that belongs to that state."""
    where = on or ground()
    said = heard(asked())
    fresh = replace(new_case(said, asked(), where, "DPL-2026-0001"), arrived=NOW)
    return replace(_in_state(fresh, state, where), **changed)


def _in_state(fresh: Case, state: State, on: Ground) -> Case:
    scheduled = agree(fresh, SLOT, on, NOW)
    instructions = INSTRUCTED if on.profile is CAAS else PROD_INSTRUCTED
    named = replace(fresh, deployment=fresh.deployment.merged(instructions), mailing_list=instructions.mailing_list)
    instructed = agree(named, SLOT, on, NOW)
    made: dict[State, Case] = {
        State.REQUESTED: fresh,
        State.EXPIRED: replace(fresh, offers=offers(held=False)),
        State.INCOMPLETE: replace(fresh, asked_back=True, deployment=replace(fresh.deployment, type=None)),
        State.PROPOSED: replace(fresh, offers=offers()),
        State.AWAITING_APPROVAL: replace(fresh, slot=SLOT),
        State.SCHEDULED: scheduled,
        State.TESTING: replace(instructed, tests_until=SLOT.end),
        State.TESTING_ROLLBACK: replace(instructed, tests_until=SLOT.end),
    }
    return replace(made.get(state, instructed), state=state)


def offers(until: datetime = NOW + 2 * DAY, held: bool = True) -> tuple[Offer, ...]:
    """Three slots on three days from 15 December on."""
    return tuple(Offer(n, Window(SLOT.start + (n - 1) * DAY, SLOT.length), until, held) for n in (1, 2, 3))


def answer(one: Case, *said: Deployment, on: Ground | None = None, **more: Any) -> Decision:
    """What a message does to a running case."""
    return decide(one, heard(*said, **more), said[0] if said else None, on or ground())


def order(
    one: Case, line: str, by: Contact | Engineer = MORGAN, now: datetime | None = None, on: Ground | None = None
) -> Carried:
    """What a command line does: `/start` at the start of its slot unless it is said, `/hold reason`."""
    verb, _, rest = line.removeprefix("/").partition(" ")
    usual = one.slot.start if verb == "start" and one.slot else NOW
    return carry_out(one, Order(Command(verb, rest.strip()), speaker(by), now or usual), on or ground())


def due(one: Case, kind: TimerKind, now: datetime = NOW, on: Ground | None = None) -> Decision | None:
    """What a timer does."""
    return fall_due(one, kind, on or ground(), now)


def letters(owed: tuple[Owed, ...]) -> list[Letter]:
    """The letters to partners and customers."""
    return [what for what in owed if isinstance(what, Letter)]


def kinds(owed: tuple[Owed, ...]) -> list[LetterKind]:
    """What is written to partners and customers."""
    return [letter.kind for letter in letters(owed)]


def only(owed: tuple[Owed, ...]) -> Letter:
    """The one letter that is written."""
    (letter,) = letters(owed)
    return letter


def alarms(owed: tuple[Owed, ...]) -> list[Letter]:
    """What OPS is told."""
    return [what.letter for what in owed if isinstance(what, Alarm)]


def every_letter(owed: tuple[Owed, ...]) -> list[Letter]:
    """Every letter, also inside comments and alarms."""
    inner = [what.letter for what in owed if isinstance(what, Alarm | OnTicket)]
    return [*letters(owed), *inner]


def forwarded(adopted: bool) -> Forward:
    """Somebody else's message inside the mail."""
    return Forward("x@else.example.org", None, None, adopted)


def the(decision: Decision | Carried | None) -> Case:
    """The case of a decision that has one."""
    assert decision is not None
    assert decision.case is not None
    return decision.case


def moment(text: str) -> WrittenMoment:
    """A date as written in an answer."""
    return written(text)


WHOLE = asked().merged(INSTRUCTED)
ENVIRONMENT = PRD
