"""What has to be true before a deployment may start, each with what shows it (PRE, TEST-2, INST)."""

from datetime import UTC, datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.judging import judge_start, own_lines, still_missing
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.status import Override, Precondition
from dplmaild.deployment.terms import DeploymentType, Finding, Severity

INSTRUCTIONS, HOLD = "instructions", "hold"


def preconditions(case: Case, ground: Ground, now: datetime) -> tuple[Precondition, ...]:
    """The instructions, a hold where there is one, and every PRE rule and TEST-2 that is about this deployment."""
    missing = (*still_missing(case, ground), *own_lines(case, ground))
    whole = Precondition(INSTRUCTIONS, case.instructed, blocks=not case.instructed, missing=missing)
    held = (Precondition(HOLD, met=False, blocks=True, text=case.hold),) if case.hold is not None else ()
    asked = (f for f in judge_start(case, ground, now) if f.applies and _of_the_start(f.rule))
    return (whole, *held, *(_of_rule(finding, case) for finding in asked))


def starts_too_early(case: Case, ground: Ground, now: datetime) -> datetime | None:
    """RUN-1: the moment from which a start is one directly before its slot; None where it can start now.

    A hotfix that was agreed on its own day was agreed for as soon as possible.
    """
    before = ground.profile.watch.start_before
    if case.slot is None or not before:
        return None
    day_of = ground.calendar.day_of
    what = effective(case.deployment, ground.customer, ground.profile)
    hurried = case.confirmed_at is not None and day_of(case.confirmed_at) == day_of(case.slot.start)
    earliest = case.slot.start.astimezone(UTC) - before
    return None if now >= earliest or (what.type is DeploymentType.HOTFIX and hurried) else earliest


def unmet(ready: tuple[Precondition, ...]) -> tuple[Precondition, ...]:
    """What a start is refused for."""
    return tuple(each for each in ready if each.blocks and not each.met)


def _of_the_start(rule: str) -> bool:
    return rule.startswith("PRE") or rule == "TEST-2"


def _of_rule(finding: Finding, case: Case) -> Precondition:
    aside = finding.rule in case.overridden
    blocks = finding.rule.startswith("PRE") and finding.severity is Severity.BLOCKS
    return Precondition(finding.rule, not finding.broken or aside, blocks, finding, override=_override(finding, case))


def _override(finding: Finding, case: Case) -> Override | None:
    """How the rule was set aside, where that is what lets the start through."""
    return next((each for each in reversed(case.overrides) if each.rule == finding.rule and finding.broken), None)
