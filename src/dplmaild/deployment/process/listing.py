"""The people kept informed (INST-9): from the field, from To and Cc; only those who may be written to."""

from dataclasses import replace

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.decision import Heard
from dplmaild.deployment.recipients import sorted_out
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Deployment


def listed(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Case:
    """The case with its mailing list grown by what a message names."""
    named = (*case.mailing_list, *deployment.mailing_list, *heard.meaning.mailing_list, *heard.copied)
    return replace(case, mailing_list=sorted_out(named, ground.customer, ground.ops, heard.own).added)


def not_listed(heard: Heard, deployment: Deployment, ground: Ground) -> tuple[str, ...]:
    """Who was named and is not written to; the reply says so."""
    named = (*deployment.mailing_list, *heard.meaning.mailing_list)
    return sorted_out(named, ground.customer, ground.ops, heard.own).not_added
