"""What the reader is told about a mail from outside: whose it may be, and what its thread waits for."""

from dataclasses import dataclass, field
from datetime import datetime

from dplmaild.deployment.terms import Deployment, Product


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the deployments that a mail fits, as "which one?" named it: with its effective type and environment."""

    reference: str
    deployment: Deployment


@dataclass(frozen=True, slots=True)
class Expecting:
    """What the thread of a message waits for; all empty for a mail that belongs to none of our cases."""

    offered: int = 0  # how many slots stand offered
    starts: tuple[datetime, ...] = ()  # their starts in order (aware), so that "Tuesday works" finds the one meant
    form: bool = False  # a form was sent and is not yet filled in
    agreed: bool = False  # a date is agreed, and with a block its other step was proposed
    answer: bool = False  # nothing goes on before that form is answered
    verdict: bool = False  # an attendant's word on the tests is awaited
    known_reference: bool = False  # the thread is one of our cases
    which: tuple[Candidate, ...] = ()  # asked which of these is meant; `offered` and `starts` are theirs
    filled: Deployment | None = None  # what stands in the form already, where we filled it in


@dataclass(frozen=True, slots=True)
class Hints:
    """How to read one mail: `received` is its arrival (aware), `zone` and `day_first` are the customer's."""

    received: datetime
    zone: str = "Europe/Berlin"
    day_first: bool | None = None
    language: str | None = None
    products: tuple[Product, ...] = ()
    own_addresses: frozenset[str] = frozenset()
    loop_mark: str | None = None
    known_sender: bool = False  # somebody of the directory wrote it
    ops: bool = False  # it was somebody of OPS
    expecting: Expecting = field(default_factory=Expecting)
    components_free: bool = False  # `prod`: components with versions instead of products
