"""Since when a request counts as received (SCHED-11)."""

from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.decision import Heard
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.terms import Deployment, WrittenMoment


def counts_from(case: Case, heard: Heard, ground: Ground, before: Deployment) -> datetime | None:
    """The arrival by which type and date were named; answering a question does not restart it, another date does.

    `before` is what was known before this message. None while type or date are not named.
    """
    if not _names_both(case.deployment, ground):
        return None
    first = case.arrived is None or not _names_both(before, ground)
    return heard.arrived if first or another_date(before.when, case.deployment.when) else case.arrived


def another_date(was: WrittenMoment | None, now: WrittenMoment | None) -> bool:
    """Whether a date is a new one, and not the old one said again or made clear."""
    if was is None or now is None:
        return False
    if was.utc is not None:
        return now.utc is not None and now.utc != was.utc
    if was.candidates:
        return now.utc is not None and now.utc not in was.candidates
    return was.day is not None and now.day is not None and was.day != now.day


def _names_both(deployment: Deployment, ground: Ground) -> bool:
    settled = effective(deployment, ground.customer, ground.profile).type or not ground.profile.types_matter
    return deployment.when is not None and bool(settled)
