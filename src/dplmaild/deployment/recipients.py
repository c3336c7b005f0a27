"""Who is written to (INST-9, SEE-13): only addresses of the customer, its partner and OPS, and never too many."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.terms import Role

MOST_RECIPIENTS = 25
# Addresses behind which a machine or a whole office reads (RFC 2142), compared without signs between the words.
_NOBODY = frozenset(
    {"postmaster", "mailerdaemon", "maildaemon", "daemon", "abuse", "noreply", "donotreply", "noresponder", "bounce"}
    | {"bounces", "hostmaster", "webmaster", "root", "nobody", "listserv", "majordomo", "noc", "security"}
    | {"administrator", "autoreply", "autoresponder", "null", "devnull"},
)
_WITHOUT_SIGNS = str.maketrans("", "", "-_.")
_LOCAL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LISTS = ("-request", "-owner", "-bounces", "-unsubscribe", "-subscribe", "-admin")


@dataclass(frozen=True, slots=True)
class MailingList:
    """The addresses that may be written to, and those that were named but are not ours to write to."""

    added: tuple[str, ...]
    not_added: tuple[str, ...]


def may_be_written_to(address: str, customer: Customer, ops: Ops) -> bool:
    """Whether an address belongs to the customer, its partner or OPS, and stands for a person."""
    address = address.lower()
    if not stands_for_somebody(address):
        return False
    domain = address.rpartition("@")[2]
    known = customer.contact(address) is not None or domain in customer.domains
    return known or address == ops.address or any(p.address == address for p in ops.people)


def stands_for_somebody(address: str) -> bool:
    """Whether a person reads there, as far as the address tells; it is in small letters."""
    local = address.rpartition("@")[0]
    return bool(local) and not _is_nobody(local) and _LOCAL.fullmatch(local) is not None


def _is_nobody(local: str) -> bool:
    """`no-reply+4711` is as much nobody's as `noreply`."""
    base = local.partition("+")[0]
    return base.translate(_WITHOUT_SIGNS) in _NOBODY or base.startswith("owner-") or base.endswith(_LISTS)


def sorted_out(named: Iterable[str], customer: Customer, ops: Ops, own: frozenset[str]) -> MailingList:
    """INST-9: the named addresses in order, each once, apart from those that are not written to."""
    unique = [a for a in dict.fromkeys(n.strip().lower() for n in named) if a and _without_tag(a) not in own]
    added = [a for a in unique if may_be_written_to(a, customer, ops)]
    return MailingList(tuple(added[:MOST_RECIPIENTS]), tuple(a for a in unique if a not in added))


def _without_tag(address: str) -> str:
    """`servicedesk+x@...` comes back to us as well."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def everyone(case: Case, customer: Customer) -> tuple[str, ...]:
    """The sender, the release managers and the mailing list: confirmed, changed, cancelled (SEE-13)."""
    return _once((case.requested_by, *customer.addresses(Role.RELEASE_MANAGER), *case.mailing_list))


def the_list(case: Case) -> tuple[str, ...]:
    """The mailing list and the sender: binding instructions and every notice of the day (SEE-13)."""
    return _once((case.requested_by, *case.mailing_list))


def with_sender(sender: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """The one who wrote is always answered, also where somebody else had asked for the deployment (SEE-13)."""
    first = _once(others)
    return first if sender in first else _once((*first[: MOST_RECIPIENTS - 1], sender))


def managers(case: Case, customer: Customer) -> tuple[str, ...]:
    """The sender and the release managers: reminders (SEE-13)."""
    return _once((case.requested_by, *customer.addresses(Role.RELEASE_MANAGER)))


def attendants(case: Case, customer: Customer) -> tuple[str, ...]:
    """Who judges the success: the attendants named for this deployment, else those of the directory."""
    named = tuple(a for a in case.deployment.attendants if customer.contact(a))
    return _once(named or customer.addresses(Role.ATTENDANT) or (case.requested_by,))


def lacking_on(case: Case, customer: Customer) -> tuple[str, ...]:
    """INST-1: the roles that should be on the mailing list and are not."""
    reached = {*case.mailing_list, case.requested_by}
    wanted = (Role.RELEASE_MANAGER, Role.ATTENDANT)
    return tuple(role.value for role in wanted if not reached & set(customer.addresses(role)))


def _once(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for a in addresses if a))[:MOST_RECIPIENTS]
