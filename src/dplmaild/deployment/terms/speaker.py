"""Who speaks."""

from dataclasses import dataclass

from dplmaild.deployment.terms.words import Role, Side, Trust


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who sent a message, as far as that is known."""

    address: str
    trust: Trust
    name: str = ""
    customer: str | None = None  # the customer's id
    role: Role | None = None
    side: Side | None = None
    customers: tuple[str, ...] = ()  # every customer this address may speak for
