"""The rules of domain.md section 3: one small function each, one table, judged all at once (POLICY-5)."""

from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules.block import FULL_NOTICE
from dplmaild.deployment.rules.capacity import CAPACITY
from dplmaild.deployment.rules.day import DAY
from dplmaild.deployment.rules.effective import Effective, effective, length_of, window_of
from dplmaild.deployment.rules.ground import Agreed, Asked, Done, Ground, asked_of, ground_of
from dplmaild.deployment.rules.hour import HOUR
from dplmaild.deployment.rules.lead import LEAD
from dplmaild.deployment.rules.own import own_rule
from dplmaild.deployment.rules.pre import PRE
from dplmaild.deployment.rules.rule import About, Rule
from dplmaild.deployment.rules.test import TEST
from dplmaild.deployment.rules.type import TYPE
from dplmaild.deployment.rules.who import WHO, Standing, performer, standing
from dplmaild.deployment.terms import Finding, Severity

RULES: tuple[Rule, ...] = (*WHO, *TYPE, *PRE, FULL_NOTICE, *LEAD, *DAY, *HOUR, *TEST, CAPACITY)

_STRICTEST_FIRST = (Severity.BLOCKS, Severity.APPROVAL, Severity.WARNS, Severity.INFORMS)


def rules_of(profile: Profile) -> tuple[Rule, ...]:
    """The table of rules with the profile's own ones behind it."""
    return (*RULES, *map(own_rule, profile.own_rules)) if profile.own_rules else RULES


def judge(asked: Asked, ground: Ground) -> tuple[Finding, ...]:
    """Every rule of the profile as a finding, in the order of the table; WHO-5: others only where it is ours."""
    chosen = [rule for rule in rules_of(ground.profile) if ground.profile.choice(rule.id)]
    whose = standing(asked, ground)
    return tuple(
        rule.finding(asked, ground)
        if whose is Standing.OURS or rule.about is About.WHO
        else rule.silent(ground, whose.value)
        for rule in chosen
    )


def decision(findings: tuple[Finding, ...]) -> Severity | None:
    """The strictest severity among the broken rules; None when every rule is kept."""
    broken = {finding.severity for finding in findings if finding.broken}
    return next((severity for severity in _STRICTEST_FIRST if severity in broken), None)


def needs_approval(asked: Asked, ground: Ground) -> bool:
    """SCHED-4: whether a request that passes every rule is put before the deployment manager all the same."""
    chosen = ground.customer.approval
    if chosen is not None and ground.profile.types_matter:
        return asked.effective.type in chosen
    policy = ground.profile.policy(asked.effective.type)
    return bool(chosen) if chosen is not None else policy is not None and policy.approval


def check_profile(profile: Profile) -> list[str]:
    """What no schema can see: rules that do not exist, one sentence each; empty when the profile can be used."""
    known = {rule.id for rule in RULES}
    unknown = [f"rules: there is no rule {name}" for name in profile.rules if name not in known]
    return unknown + [f"own_rules: {own.id} is a rule already" for own in profile.own_rules if own.id in known]


__all__ = [
    "RULES",
    "About",
    "Agreed",
    "Asked",
    "Done",
    "Effective",
    "Ground",
    "Rule",
    "Standing",
    "asked_of",
    "check_profile",
    "decision",
    "effective",
    "ground_of",
    "judge",
    "length_of",
    "needs_approval",
    "performer",
    "rules_of",
    "standing",
    "window_of",
]
