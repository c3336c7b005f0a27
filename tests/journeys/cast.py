"""Who is who in the stories: the people of the desk's own configuration, known by their first names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dplmaild.deployment.terms import Role
from dplmaild.settings import Settings, load

DESK = Path(__file__).parent / "desk" / "desk.toml"
OPS = "OPS"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes or is written to; `of` is the customer's name, or OPS."""

    name: str
    address: str
    role: str
    of: str

    @property
    def of_ops(self) -> bool:
        """Whether they are on our side."""
        return self.of == OPS

    @property
    def introduced(self) -> str:
        """As the head of a story has them: `Nora (release manager of Northwind Shop)`."""
        return f"{self.name} ({self.role} of {self.of})"


@cache
def desk() -> Settings:
    """The configuration that all stories share."""
    return load(DESK)


@cache
def cast() -> Mapping[str, Person]:
    """Everybody by first name, the mailbox of OPS as well; raises ValueError where two share a name."""
    ops, customers = desk().ops, desk().customers
    people = [Person(OPS, ops.address, "mailbox", OPS)]
    people += [Person(one.name, one.address, _role(one.role), OPS) for one in ops.people]
    people += [Person(one.name, one.address, _role(one.role), each.name) for each in customers for one in each.contacts]
    known = {person.name: person for person in people}
    if len(known) != len(people) or "" in known:
        raise ValueError(f"{DESK.parent}: each person of the cast needs a first name of their own")
    return known


def _role(role: Role) -> str:
    """`release manager`; what is spelt in capitals stays."""
    return role.value.replace("_", " ").replace("ops ", "OPS ")
