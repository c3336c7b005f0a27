"""A table of cases tried on a policy: each goes the way of a mail, and its answer is held against the expected one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from zoneinfo import ZoneInfo

from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.customer import Contact, Customer
from dplmaild.deployment.rules import Done
from dplmaild.deployment.terms import Environment, Product, Role, Side, Version, Window
from dplmaild.desk.consider import Desk
from dplmaild.desk.explained import Json, Voice, explained
from dplmaild.desk.hearing import Posted
from dplmaild.desk.mismatches import Mismatch, aware, mismatches
from dplmaild.desk.saying import saying
from dplmaild.desk.view import NothingOnRecord
from dplmaild.settings import Settings
from dplmaild.settings.casebook import Booked, Casebook, PolicyCase, Value
from dplmaild.writing.letters import Letters

_ASKER = Contact(address="release.manager@cases.example.com", role=Role.RELEASE_MANAGER, side=Side.PARTNER)


@dataclass(frozen=True, slots=True)
class Tried:
    """One case with its answer, as `explain` prints it."""

    case: PolicyCase
    answer: Json
    mismatches: tuple[Mismatch, ...]


class _Stated(NothingOnRecord):
    """A record that holds what a case states, and nothing else."""

    def __init__(self, schedule: Schedule, done: tuple[Done, ...]) -> None:
        super().__init__()
        self._schedule, self._done = schedule, done

    def schedule(self, _since: datetime) -> Schedule:
        """See View."""
        return self._schedule

    def done(self, _customer: str, _versions: object) -> tuple[Done, ...]:
        """See View."""
        return self._done


def tried(book: Casebook, folder: Path, settings: Settings, letters: Letters, language: str) -> Iterator[Tried]:
    """Every case of a file in turn; `folder` is where its mails lie."""
    for case in book.case:
        yield _tried(case, folder, _under(case.profile or book.profile, case, settings), letters, language)


def _under(profile: str | None, case: PolicyCase, settings: Settings) -> Settings:
    """The case's customer under its profile, and with somebody who may ask for deployments."""

    def ready(customer: Customer) -> Customer:
        if case.customer and customer.id != case.customer:
            return customer
        asker = {"contacts": (*customer.contacts, _ASKER)} if case.mail is None else {}
        moved = {"profile": profile, "profiles": ()} if profile else {}
        return customer.model_copy(update={**asker, **moved})

    return settings.model_copy(update={"customers": tuple(ready(customer) for customer in settings.customers)})


def _tried(case: PolicyCase, folder: Path, settings: Settings, letters: Letters, language: str) -> Tried:
    customer = next((c for c in settings.customers if c.id == case.customer), None)
    zone = _zone(settings, customer)
    arrived = aware(case.received, zone)
    raw = (folder / case.mail).read_bytes() if case.mail else _as_mail(case, letters)
    record = _Stated(Schedule(tuple(_booked(case, zone))), tuple(_ran(case, zone)))
    posted = Posted(raw, arrived, "mail" if case.mail else "ticket")
    considered = Desk(settings).consider(posted, record, arrived)
    heard_of = considered.hearing.customer
    voice = Voice(lambda letter: (letter.kind.value, ""), saying(letters, settings, heard_of, language))
    answer = explained(considered, str(case.mail or ""), voice)
    return Tried(case, answer, tuple(mismatches(case.expect, answer, _zone(settings, heard_of))))


def _zone(settings: Settings, customer: Customer | None) -> ZoneInfo:
    """OPS's zone for this customer; of one that is not known, that of any profile is as good."""
    profile = settings.profiles.get(customer.profile) if customer else None
    return ZoneInfo(profile.zone if profile else "UTC")


def _as_mail(case: PolicyCase, letters: Letters) -> bytes:
    """The request as the form that our own letters ask to be filled in: one line per field."""
    phrases = letters.phrases("en")
    lines = [f"{phrases.source(f'labels.{name}')}: {_written(value)}" for name, value in case.request.items()]
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"] = _ASKER.address, "Deployment request"
    mail["Message-ID"] = "<case@cases.example.com>"
    mail.set_content("Please deploy as follows.\n\n" + "\n".join(lines) + "\n")
    return mail.as_bytes()


def _written(value: Value) -> str:
    """A value as somebody would write it into the form."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)


def _booked(case: PolicyCase, zone: ZoneInfo) -> Iterator[Booking]:
    for number, one in enumerate(case.booked):
        yield _booking(one, f"BOOKED-{number}", zone)


def _booking(one: Booked, reference: str, zone: ZoneInfo) -> Booking:
    window = Window(aware(one.start, zone), timedelta(minutes=one.minutes))
    return Booking(reference, one.customer, Environment(one.environment), window, one.product)


def _ran(case: PolicyCase, zone: ZoneInfo) -> Iterator[Done]:
    asked = case.request.get("product")
    same = next((product for product in Product if product == asked), None)
    for one in case.done:
        yield Done(one.product or same, Environment(one.environment), Version(one.version), aware(one.when, zone))
