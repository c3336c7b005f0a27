"""The tickets that a deployment covers (RUN-6): which numbers are named, and whose ticket one is."""

import re
from collections.abc import Iterable, Iterator

from dplmaild.deployment.customer import Customer

MOST_COVERED = 25  # a notice is written on no more tickets than a letter has recipients
_LONGEST = 1000  # characters of one entry that are looked at
_WORDS = re.compile(r"[,;&+/([]|[^\s,;&+/()\[\]]+")
_NUMBER = re.compile(r"[0-9]{1,20}")
_LEAST = 4  # digits of a number without a mark: `2 fixes for the search` names no ticket
_BETWEEN = frozenset(",;&+/") | frozenset({"and", "und", "y", "e", "i"})
_TICKET = frozenset(
    {"ticket", "tickets", "tiquet", "tiquets", "tique", "tiques", "incident", "incidents", "vorgang", "anfrage"}
    | {"no", "nr", "n\u00fam", "num", "n\u00ba", "number", "nummer"}
)


def numbers_of(entries: Iterable[str], hook: str) -> tuple[str, ...]:
    """The ticket numbers in what somebody listed as covered, each once; a mail or a plain title names none.

    A number stands first (`10042 Search is slow`), below `#`, or anywhere below the hook, which is what this desk's
    ticket system writes before its numbers (`Ticket#10042`).
    """
    return tuple(dict.fromkeys(number for entry in entries for number in _numbers_in(entry[:_LONGEST], hook.lower())))


def _numbers_in(entry: str, hook: str) -> Iterator[str]:
    opened, titled = True, False  # where a number may stand, and whether a title has begun
    for word in (found.lower().rstrip(".:") for found in _WORDS.findall(entry)):
        hooked = bool(hook) and word.startswith(hook)
        marked = opened and word.startswith("#")
        digits = word.removeprefix(hook) if hooked else word.removeprefix("#")
        bare = opened and not titled and len(digits) >= _LEAST
        if _NUMBER.fullmatch(digits) and (hooked or marked or bare):
            yield digits
            opened = False
        elif word in _BETWEEN or word in {"(", "["} or (word in _TICKET and not titled):
            opened = True
        else:
            opened, titled = False, True


def is_theirs(customer: Customer, customers: Iterable[Customer], address: str, organization: str = "") -> bool:
    """Whether a ticket of somebody with this address and organisation is the customer's, by our directory.

    A contact's is; so is that of an address of its domains, or of its organisation, unless it is known as another
    customer's. One that could be of two is of neither.
    """
    others = tuple(each for each in customers if each.id != customer.id)
    address, organization = address.lower(), organization.strip().casefold()
    if organization and any(organization == each.name.casefold() for each in others):
        return False
    if customer.contact(address) is not None:
        return True
    domain = address.rpartition("@")[2]
    if any(each.contact(address) is not None or domain in each.domains for each in others):
        return False
    return domain in customer.domains or (bool(organization) and organization == customer.name.casefold())
