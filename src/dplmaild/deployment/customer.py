"""The directory: customers, their contacts and calendars, as the configuration states them."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from pydantic import Field, field_validator

from dplmaild.deployment.configured import Address, Hours, Strict, ZoneName
from dplmaild.deployment.periods import CalendarSource, Freeze, Period, Season
from dplmaild.deployment.terms import DeploymentType, Environment, Management, Phase, Product, Role, Side, Sla


class Contact(Strict):
    """A person who may write to us or be written to."""

    address: Address
    name: str = ""
    role: Role = Role.CONTACT
    side: Side = Side.CUSTOMER
    mobile: str = ""
    always_informed: bool = False  # is on the mailing list of every deployment, named or not (INST-9)


class Reservation(Strict):
    """A slot that is held again and again (SCHED-5); `rule` is an RRULE, days and times are OPS's wall clock.

    A slot that nobody asks for is free again when a request for it would come too late.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    rule: str
    first: date
    at: time
    type: DeploymentType
    product: Product | None = None
    environment: str | None = None
    duration: timedelta | None = Field(default=None, gt=timedelta(0), le=timedelta(days=1))  # with tests
    without: tuple[date, ...] = ()  # single days that are left out
    reason: str = ""

    @field_validator("rule")
    @classmethod
    def _repeats(cls, rule: str) -> str:
        """A rule of days: what repeats within a day would hold the whole schedule."""
        parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
        if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or parts.keys() & _WITHIN_A_DAY:
            raise ValueError(f"{rule!r}: an RRULE of days is wanted, like FREQ=MONTHLY;BYDAY=2TU")
        if parts.get("INTERVAL", "1").strip("0") == "":  # it would be looked through for ever
            raise ValueError(f"{rule!r}: INTERVAL is at least 1")
        try:
            rrulestr(rule, dtstart=_SOME_DAY)
            # Whether its days exist at all is asked year by year: day by day, 30 February is looked for until 9999.
            days = ";".join(f"{key}={value}" for key, value in parts.items() if key not in _HOW_OFTEN)
            exist = any(True for _ in rrulestr(f"FREQ=YEARLY;{days}".rstrip(";"), dtstart=_SOME_DAY))
            first = next(iter(rrulestr(rule, dtstart=_SOME_DAY)), None) if exist else None
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{rule!r} is no RRULE: {error}") from error
        if first is None and not (exist and "UNTIL" in parts):
            raise ValueError(f"{rule!r} never happens")
        return rule


_SOME_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - only its day counts
_HOW_OFTEN = {"FREQ", "INTERVAL", "COUNT", "UNTIL"}
_WITHIN_A_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART"}


class Report(Strict):
    """Where later problems are reported (RUN-5)."""

    portal: str = ""
    phone: str = ""


class ProfileChoice(Strict):
    """That some of a customer's systems are under another process than the rest; empty lists mean all."""

    profile: str
    products: tuple[Product, ...] = ()
    environments: tuple[str, ...] = ()


class Customer(Strict):
    """One customer, as a desk describes it in a file of `customers/`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    name: str
    profile: str
    profiles: tuple[ProfileChoice, ...] = ()  # for parts of it; the first that fits counts
    sla: Sla = Sla.STANDARD
    phase: Phase = Phase.LIVE
    management: Management = Management.OPS
    zone: ZoneName
    language: str = "en"
    day_first: bool = True  # how this customer writes 03/04/2027
    products: tuple[Product, ...] = ()
    syn: bool = False  # UAT is synchronised from PRD at the beginning of each block
    productive: tuple[str, ...] = ("PRD",)  # environments that are treated as PRD
    contacts: tuple[Contact, ...] = ()
    domains: tuple[str, ...] = ()  # further domains whose addresses may be written to
    partner_calendar: CalendarSource | None = None
    calendar: CalendarSource
    freezes: tuple[Freeze, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    shop_hours: Hours | None = None
    report: Report = Report()
    approval: tuple[DeploymentType, ...] | None = None  # SCHED-4: put before the manager; None: as the profile says
    zammad_sends: bool = False  # MSG-9: Zammad mails the customer for a ticket, we add a note

    def treated_as(self, environment: Environment, productive: str = "PRD") -> Environment:
        """PRD, or what the process calls it, for every environment this customer declares productive, else itself."""
        return Environment(productive) if environment.name in self.productive else environment

    def profile_for(self, product: Product | None, environment: Environment) -> str:
        """The id of the process that a product on an environment is under."""
        for choice in self.profiles:
            fits = not choice.products or product in choice.products
            if fits and (not choice.environments or environment.name in choice.environments):
                return choice.profile
        return self.profile

    def contact(self, address: str) -> Contact | None:
        """The contact with this address, or None."""
        return next((c for c in self.contacts if c.address == address.lower()), None)

    @property
    def always_informed(self) -> tuple[str, ...]:
        """The addresses of the contacts who are on every mailing list (INST-9)."""
        return tuple(c.address for c in self.contacts if c.always_informed)

    def addresses(self, role: Role) -> tuple[str, ...]:
        """The addresses of all contacts in this role."""
        return tuple(c.address for c in self.contacts if c.role is role)


class Engineer(Strict):
    """Somebody of OPS."""

    address: Address
    name: str = ""
    role: Role = Role.OPS_ENGINEER
    away: tuple[Period, ...] = ()  # days on which this engineer performs nothing (SCHED-7)
    per_day: int | None = Field(default=None, ge=0)  # deployments this engineer performs on one day; None: no limit


class DigestPolicy(Strict):
    """The letter with which OPS's working day begins."""

    on: bool = True
    at: time | None = None  # on OPS's wall clock; None: the opening of OPS's hours
    zone: ZoneName | None = None  # that wall clock; None: the zone of the profile that most customers are under
    when_empty: bool = True  # also on a day on which there is nothing to say: its absence then means trouble


class Ops(Strict):
    """The operations team: its people, zone, calendar and how much it can do at once (SCHED-7)."""

    name: str = "OPS"
    address: Address  # where triage items and the digest go
    people: tuple[Engineer, ...] = ()
    calendar: CalendarSource
    at_once: int = Field(default=1, ge=1)
    per_day: int = Field(default=4, ge=1)
    seasons: tuple[Season, ...] = ()
    freezes: tuple[Freeze, ...] = ()  # for every customer (DAY-6)
    digest: DigestPolicy = DigestPolicy()


class Directory(Strict):
    """Everybody we know."""

    ops: Ops
    customers: tuple[Customer, ...]

    def customer(self, customer_id: str) -> Customer:
        """The customer with this id; KeyError when there is none."""
        for customer in self.customers:
            if customer.id == customer_id:
                return customer
        raise KeyError(customer_id)
