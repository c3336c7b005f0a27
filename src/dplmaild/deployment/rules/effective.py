"""What a request comes down to once the profile and the directory have filled it in (TYPE-1, SCHED-9, POLICY-4)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.customer import Customer
from dplmaild.deployment.profile import Profile, StatedDuration, What
from dplmaild.deployment.terms import Deployment, DeploymentType, Environment, MomentStatus, Product, Window

LATEST_YEAR = 2999  # later starts are slips of the pen, and close to the end of all calendars


@dataclass(frozen=True, slots=True)
class Effective:
    """The values that count. None: not known, and nothing settles it.

    `treated_as` is what the rules take the environment for: PRD where the customer declares it productive, the
    profile's stand-in where the matrix has no cell for it. `defaulted`: the environment was not named (SCHED-9).
    `with_uat`: a UAT step is proposed together with this date.
    """

    requested_type: DeploymentType | None
    type: DeploymentType | None
    product: Product | None
    environment: Environment
    treated_as: Environment
    defaulted: bool = False
    with_uat: bool = False

    @property
    def corrected(self) -> bool:
        """Whether the product settles another type than the mail names (TYPE-1)."""
        return self.requested_type is not None and self.requested_type is not self.type


def effective(deployment: Deployment, customer: Customer, profile: Profile) -> Effective:
    """The values that count for this deployment."""
    product = product_of(deployment, customer)
    type_ = _settled(deployment, customer, profile)
    named = deployment.environment
    environment = _onto(named, type_, profile)
    treated = treated_as(environment, customer, profile)
    what = What(type_, product, treated, customer.sla, deployment)
    last = in_block(what, customer, profile) == "last"
    requested = deployment.type if known_to(customer, profile, deployment.type) else None
    return Effective(requested, type_, product, environment, treated, named is None, named is None and last)


def _settled(deployment: Deployment, customer: Customer, profile: Profile) -> DeploymentType | None:
    """The type that counts; a synchronisation is none where it is not in place."""
    type_ = type_of(deployment.type, product_of(deployment, customer), profile)
    return type_ if known_to(customer, profile, type_) else None


def known_to(customer: Customer, profile: Profile, type_: DeploymentType | None) -> bool:
    """Whether a customer can ask for this type: one of the process, and no synchronisation that is not in place."""
    return profile.knows(type_) and (customer.syn or type_ is None or type_ is not syn_type(profile))


def types_of(customer: Customer, profile: Profile) -> tuple[DeploymentType, ...]:
    """The types that a customer can ask for."""
    return tuple(each for each in profile.types if known_to(customer, profile, each))


def syn_type(profile: Profile) -> DeploymentType | None:
    """The type under which the synchronisation of a block is asked for; None where it is no deployment of its own."""
    return profile.block.syn.type if profile.block and profile.block.syn else None


def _onto(named: Environment | None, type_: DeploymentType | None, profile: Profile) -> Environment:
    """The environment named, else the profile's; a synchronisation from PRD (3.3) lands on the step's environment."""
    block = profile.block
    if block is not None and type_ is not None and type_ is syn_type(profile):
        return Environment(block.step) if named is None or named.name == block.last else named
    return named or Environment(profile.default_environment)


def landed(deployment: Deployment, customer: Customer, profile: Profile) -> Deployment:
    """A synchronisation with the environment on which it takes place, so that it holds that one's slot."""
    what = effective(deployment, customer, profile)
    syncs = what.type is not None and what.type is syn_type(profile)
    return replace(deployment, environment=what.environment) if syncs else deployment


def product_of(deployment: Deployment, customer: Customer) -> Product | None:
    """The product named, else the customer's only one (SCHED-9)."""
    only = customer.products[0] if len(customer.products) == 1 else None
    return deployment.product or only


def type_of(requested: DeploymentType | None, product: Product | None, profile: Profile) -> DeploymentType | None:
    """TYPE-1: the type the product settles, whatever the mail says; else the one requested (caas 3.2, 3.3).

    A type that is none of this process (POLICY-1) is as good as none.
    """
    for settled in profile.product_types:
        if settled.product is product and requested not in settled.unless:
            return settled.type
    return requested if profile.knows(requested) else None


def treated_as(environment: Environment, customer: Customer, profile: Profile) -> Environment:
    """WHO-5: what the rules take this environment for."""
    treated = customer.treated_as(environment, profile.productive_is)
    known = {name for cell in profile.performs for name in cell.environments}
    if profile.performs and treated.name not in known:
        return Environment(profile.no_cell_is)
    return treated


def in_block(what: What, customer: Customer, profile: Profile) -> str | None:
    """Whether this is `syn`, `step` or `last` of a DPL block, or None. A productive UAT is no step (WHO-5)."""
    block = profile.block
    syncs = block is not None and what.type is not None and what.type is syn_type(profile)
    if block is None or what.environment is None or not (syncs or block.scope.covers(what)):
        return None
    if syncs:
        fits = not block.scope.products or what.product in block.scope.products
        return "syn" if fits and what.environment.name == block.step else None
    if customer.treated_as(Environment(block.step)).name != block.step:
        return None
    return {block.step: "step", block.last: "last"}.get(what.environment.name)


def window_of(deployment: Deployment, customer: Customer, profile: Profile) -> Window | None:
    """From the start to the end of the tests, in OPS's zone; None while start or type is not known (POLICY-4)."""
    length = length_of(deployment, customer, profile)
    when = deployment.when
    if length is None or when is None or when.status is not MomentStatus.EXACT or when.utc is None:
        return None
    if when.utc.year > LATEST_YEAR:
        return None
    return Window(when.utc.astimezone(ZoneInfo(profile.zone)), length)


def length_of(deployment: Deployment, customer: Customer, profile: Profile) -> timedelta | None:
    """Expected duration plus tests; None while the type is not known and settles it."""
    policy = profile.policy(_settled(deployment, customer, profile))
    if policy is None:
        return None
    stated = deployment.duration or policy.duration
    longer = profile.stated_duration is StatedDuration.LONGER_WINS
    return (max(stated, policy.duration) if longer else stated) + tests_of(deployment, profile)


def tests_of(deployment: Deployment, profile: Profile) -> timedelta:
    """How long the tests are given; never less than the profile's least (POLICY-4)."""
    return max(deployment.test_window or profile.tests.least, profile.tests.least)
