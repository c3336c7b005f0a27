"""LEAD-1, and the DPL block it looks at: UAT, then PRD, with working days of everybody between them."""

from dataclasses import replace
from datetime import date

from dplmaild.deployment.profile import BlockPolicy
from dplmaild.deployment.rules.capacity import CAPACITY
from dplmaild.deployment.rules.day import DAY
from dplmaild.deployment.rules.effective import in_block
from dplmaild.deployment.rules.ground import Asked, Ground, what_of
from dplmaild.deployment.rules.hour import HOUR
from dplmaild.deployment.rules.lead import LIES_AHEAD, notice
from dplmaild.deployment.rules.pre import recorded
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, open_
from dplmaild.deployment.rules.search import Wish, first_legal, tries_of
from dplmaild.deployment.terms import Environment, Fact, Severity, Window
from dplmaild.deployment.workdays import ONE_DAY

SYN = "SYN"
STEP_RULES = (*DAY, LIES_AHEAD, *HOUR, CAPACITY)


def full_notice(asked: Asked, ground: Ground) -> Verdict:
    """LEAD-1: full needs a week, better two; in a block that counts to PRD, and a UAT step fits before (caas 3.4)."""
    block = ground.profile.block
    place = in_block(what_of(asked, ground), ground.customer, ground.profile)
    if block is not None and place == "step":
        return _before(asked, ground, (block.step, block.last), block.working_days_between)
    if block is not None and block.syn is not None and place == "syn":
        return _before(asked, ground, (SYN, block.step), block.syn.working_days_between)
    verdict = notice(asked, ground)
    refused = verdict.kept is False and verdict.severity is not Severity.WARNS
    if block is None or place != "last" or asked.window is None or refused:
        return verdict
    fits, facts = _step_fits(asked, ground, block)
    return replace(
        verdict,
        kept=verdict.kept is True and fits,
        severity=verdict.severity if fits else None,
        facts={**verdict.facts, **facts, "step_fits": fits},
    )


def _before(asked: Asked, ground: Ground, steps: tuple[str, str], between: int) -> Verdict:
    """A step asked for alone: judged against the one that follows where that is known, and not bound to the week."""
    (step, last), block = steps, ground.profile.block
    follows = asked.uat if step == SYN else asked.prd
    if block is None or asked.window is None or follows is None:
        return open_(step=step)
    day, then = ground.calendar.day_of(asked.window.start), ground.calendar.day_of(follows.start)
    latest = latest_step_day(then, ground, between, block.at_most_days)
    facts: dict[str, Fact] = {"step": step, "day": day, "last": last, "prd_day": then, "latest": latest}
    return kept(latest is not None and day <= latest, **facts, working_days_between=between)


def _step_fits(asked: Asked, ground: Ground, block: BlockPolicy) -> tuple[bool, dict[str, Fact]]:
    """Whether the UAT step of this PRD date is done, agreed early enough, or has a legal day left."""
    if recorded(asked, ground, Environment(block.step)):
        return True, {"step": block.step, "step_done": True}
    facts: dict[str, Fact] = {"step": block.step, "working_days_between": block.working_days_between}
    step = asked.uat or last_step(asked, ground)
    if step is None or asked.window is None:
        return False, {**facts, "step_day": None}
    day = ground.calendar.day_of(step.start)
    prd_day = ground.calendar.day_of(asked.window.start)
    latest = latest_step_day(prd_day, ground, block.working_days_between, block.at_most_days)
    return latest is not None and day <= latest, {**facts, "step_day": day}


def latest_step_day(then: date, ground: Ground, working_days: int, at_most_days: int) -> date | None:
    """The last day with enough working days of everybody between it and the next step; None where none is near."""
    left = working_days
    for count in range(1, at_most_days + 1):
        day = then - count * ONE_DAY
        left -= ground.calendar.is_working_day(day)
        if left <= 0:
            return day
    return None


def last_step(asked: Asked, ground: Ground) -> Window | None:
    """The last legal UAT window before this PRD one, at PRD's time of day where that is legal (SCHED-9)."""
    block = ground.profile.block
    if block is None or asked.window is None:
        return None
    step = Environment(block.step)
    uat = replace(asked, effective=replace(asked.effective, environment=step, treated_as=step))
    at = asked.window.start.astimezone(ground.calendar.zone).time()
    wish = Wish(max(asked.now, asked.arrived) + ground.profile.minimum_notice, at)
    prd_day = ground.calendar.day_of(asked.window.start)
    earliest = max(ground.calendar.day_of(wish.since), prd_day - block.at_most_days * ONE_DAY)
    latest = latest_step_day(prd_day, ground, block.working_days_between, block.at_most_days)
    return _last_legal(uat, ground, wish, earliest, latest) if latest else None


def syn_before(uat: Window, asked: Asked, ground: Ground) -> Window | None:
    """The last legal SYN before a UAT step, at its time of day where that is legal; None where none is in place."""
    block = ground.profile.block
    if block is None or block.syn is None or not ground.customer.syn:
        return None
    step = Environment(block.step)
    what = replace(asked.effective, environment=step, treated_as=step)
    policy = ground.profile.policy(block.syn.type) if block.syn.type else None
    length = policy.duration + ground.profile.tests.least if policy else block.syn.duration
    syn = replace(asked, effective=what, window=Window(uat.start, length), step_days=None)
    wish = Wish(
        max(asked.now, asked.arrived) + ground.profile.minimum_notice, uat.start.astimezone(ground.calendar.zone).time()
    )
    day, earliest = ground.calendar.day_of(uat.start), ground.calendar.day_of(wish.since)
    latest = latest_step_day(day, ground, block.syn.working_days_between, block.at_most_days)
    return _last_legal(syn, ground, wish, max(earliest, day - block.at_most_days * ONE_DAY), latest) if latest else None


def _last_legal(uat: Asked, ground: Ground, wish: Wish, earliest: date, latest: date) -> Window | None:
    """The last legal UAT window between two days, both included.

    A search for slots goes forward: what it found on or before a day stays the last one for all that come later.
    """
    known = {} if uat.step_days is None else uat.step_days
    tries, day, passed, found = tries_of(uat, ground, STEP_RULES), latest, list[date](), None
    while found is None and day >= earliest and (day, wish.at) not in known:
        found = first_legal(uat, ground, tries, day, wish)
        passed.append(day)
        day -= ONE_DAY
    last = found or known.get((day, wish.at))
    known.update({(day, wish.at): last for day in passed})
    return last if last and ground.calendar.day_of(last.start) >= earliest else None


FULL_NOTICE = Rule("LEAD-1", About.DAY, full_notice, dear=True)
