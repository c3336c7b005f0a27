"""Whom a letter of ours did not reach, as OPS is told it (P5, MSG-3)."""

from collections.abc import Sequence

from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.recipients import may_be_written_to
from dplmaild.deployment.said import NotReached, Returned


def not_reached(back: Returned, customer: Customer, ops: Ops, own: frozenset[str]) -> tuple[NotReached, ...]:
    """The recipients a bounce is about.

    What stands in a documented field counts as it is. Of the addresses in a bounce's words, which may be those of
    servers and postmasters, only whom we can have written to.
    """
    return tuple(
        each
        for each in back.not_reached
        if each.reported or (each.address not in own and may_be_written_to(each.address, customer, ops))
    )


def in_words(missed: Sequence[NotReached]) -> str:
    """Who was not reached, in one line; the address is unknown when the bounce does not say it."""
    lost = ", ".join(each.address for each in missed if not each.delayed)
    late = ", ".join(each.address for each in missed if each.delayed)
    said = (f"{lost or 'a recipient'} was not reached" if lost or not late else "", late and f"{late} not yet reached")
    return "; ".join(each for each in said if each)


def reasons(missed: Sequence[NotReached]) -> tuple[tuple[str, str], ...]:
    """What the other servers said, one line per recipient."""
    return tuple(("not reached", f"{each.address}: {each.reason}") for each in missed if each.reason)
