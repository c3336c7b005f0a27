"""A table of cases for a policy: requests with the answers that somebody expects (docs/policy.md)."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from dplmaild.deployment.configured import Strict
from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.terms import Field as Wanted
from dplmaild.deployment.terms import Performer, Product
from dplmaild.settings.model import Settings
from dplmaild.settings.problems import ConfigurationError, Files

Moment = dt.datetime  # without a zone: on OPS's wall clock
Value = bool | int | float | dt.datetime | dt.date | str | tuple[str, ...]


class Booked(Strict):
    """A slot that is held already."""

    start: Moment
    minutes: Annotated[int, Field(gt=0)]
    customer: str = "somebody else"
    environment: str = "PRD"
    product: Product | None = None


class Ran(Strict):
    """A deployment of the same customer that ended as successful."""

    version: str
    environment: str
    product: Product | None = None
    when: Moment = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - long ago, in whatever zone


class Expected(Strict):
    """What has to come out; what is not named is not looked at."""

    decision: Verdict | None = None
    broken: tuple[str, ...] | None = None  # these rules and no others
    among_broken: tuple[str, ...] = ()  # at least these
    kept: tuple[str, ...] = ()
    slots: tuple[Moment, ...] | None = None  # the starts of what is offered
    deadline: Moment | None = None
    no_deadline: bool = False
    performer: Performer | None = None
    missing: tuple[str, ...] | None = None
    asked: tuple[str, ...] | None = None  # everything that is asked for, missing or not clear
    uat: Moment | None = None  # the start of the step that is proposed with the date

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is expected")
        return self


class PolicyCase(Strict):
    """One line of the table."""

    name: str = Field(min_length=1)
    source: str = ""  # where the answer is from, for people
    customer: str = ""
    profile: str | None = None  # instead of the customer's own
    received: Moment
    mail: Path | None = None  # relative to the file of cases
    request: Mapping[str, Value] = Field(default_factory=dict)
    booked: tuple[Booked, ...] = ()
    done: tuple[Ran, ...] = ()
    expect: Expected

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if (self.mail is None) == (not self.request):
            raise ValueError("a case has either a request or a mail")
        if self.mail is None and not self.customer:
            raise ValueError("a request needs its customer")
        return self


class Casebook(Strict):
    """A file of cases, with the people and calendars it is reckoned for where they are not the configuration's."""

    profile: str | None = None  # for every case that names none
    ops: Ops | None = None
    customers: tuple[Customer, ...] = ()
    case: tuple[PolicyCase, ...] = Field(min_length=1)


def read_cases(path: Path, settings: Settings) -> tuple[Casebook, Settings]:
    """The cases of a file, and the configuration they are judged under; raises ConfigurationError with all problems."""
    found = Files()
    tables = found.read(path)
    book = found.validate(path, Casebook, tables) if tables is not None else None
    if book is None:
        raise ConfigurationError(found.problems)
    whole = _with(settings, book)
    _check(found, path, book, whole)
    if found.problems:
        raise ConfigurationError(found.problems)
    return book, whole


def _with(settings: Settings, book: Casebook) -> Settings:
    """The configuration with the file's own people over it."""
    named = {customer.id for customer in book.customers}
    customers = (*book.customers, *(c for c in settings.customers if c.id not in named))
    changed: dict[str, Any] = {"customers": customers, **({"ops": book.ops} if book.ops else {})}
    return settings.model_copy(update=changed)


def _check(found: Files, path: Path, book: Casebook, settings: Settings) -> None:
    """What no schema can see: names that do not exist or come twice, mails that are not there."""
    customers, seen = {customer.id for customer in settings.customers}, set[str]()
    fields = (*Wanted, *sorted({own.name for profile in settings.profiles.values() for own in profile.fields}))
    for number, customer in enumerate(book.customers):
        if customer.profile not in settings.profiles:
            found.blame(path, ("customers", number, "profile"), f"there is no profile {customer.profile!r}")
    if book.profile and book.profile not in settings.profiles:
        found.blame(path, ("profile",), f"there is no profile {book.profile!r}")
    for number, case in enumerate(book.case):
        where = ("case", number)
        if case.name in seen:
            found.blame(path, (*where, "name"), f"{case.name!r} is the name of another case already")
        seen.add(case.name)
        if case.profile and case.profile not in settings.profiles:
            found.blame(path, (*where, "profile"), f"there is no profile {case.profile!r}")
        if case.customer and case.customer not in customers:
            known = ", ".join(sorted(customers))
            found.blame(path, (*where, "customer"), f"there is no customer {case.customer!r}; there are {known}")
        for name in case.request:
            if name not in fields:
                found.blame(path, (*where, "request"), f"there is no field {name!r}; there are {', '.join(fields)}")
        if case.mail is not None and not (path.parent / case.mail).is_file():
            found.blame(path, (*where, "mail"), f"there is no such file: {case.mail}")
