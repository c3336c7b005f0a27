"""The people kept informed (INST-9): from the field, from To and Cc, and from the customer's contacts.

Only those who may be written to, and of the contacts only those who are marked as informed of every deployment: the
others are there to be allowed, and a customer's whole directory would be mailed against its will.
"""

from dataclasses import replace

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.decision import Heard
from dplmaild.deployment.recipients import sorted_out
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Deployment


def listed(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Case:
    """The case with its mailing list grown by what a message names, and by who is always informed.

    They come before who is named: whoever the customer wants informed loses no place to a long Cc.
    """
    named = (
        *case.mailing_list,
        *ground.customer.always_informed,
        *deployment.mailing_list,
        *heard.meaning.mailing_list,
        *heard.copied,
    )
    return replace(case, mailing_list=sorted_out(named, ground.customer, ground.ops, heard.own).added)


def also_informed(case: Case, ground: Ground) -> tuple[str, ...]:
    """Who is on the list though the field does not name them; the letter says so."""
    always, named = ground.customer.always_informed, {a.lower() for a in case.deployment.mailing_list}
    return tuple(a for a in case.mailing_list if a in always and a not in named and a != case.requested_by)


def not_listed(heard: Heard, deployment: Deployment, ground: Ground) -> tuple[str, ...]:
    """Who was named and is not written to; the reply says so."""
    named = (*deployment.mailing_list, *heard.meaning.mailing_list)
    return sorted_out(named, ground.customer, ground.ops, heard.own).not_added
