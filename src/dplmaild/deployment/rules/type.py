"""TYPE: what a type of deployment means, and whether the versions fit it."""

from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, not_concerned, open_
from dplmaild.deployment.terms import Severity

THIRD = 2  # the index of the position a hotfix may change


def product_settles(asked: Asked, ground: Ground) -> Verdict:
    """TYPE-1: PWA is code, IOM is full, whatever the mail says, unless it is a hotfix (caas 3.2, 3.3)."""
    what = asked.effective
    if what.product is None or what.product not in {s.product for s in ground.profile.product_types}:
        return not_concerned(product=what.product.value if what.product else None)
    requested = what.requested_type.value if what.requested_type else None
    effective = what.type.value if what.type else None
    return kept(not what.corrected, product=what.product.value, requested=requested, effective=effective)


def database_untouched(asked: Asked, _ground: Ground) -> Verdict:
    """TYPE-2: hotfix and code change nothing in the database; DBMigrate yes contradicts them (caas 3.2, 3.6)."""
    migrates = asked.deployment.options.db_migrate
    if migrates is None:
        return open_()
    type_ = asked.effective.type
    return kept(not migrates, type=type_.value if type_ else None, db_migrate=migrates)


def third_position(asked: Asked, _ground: Ground) -> Verdict:
    """TYPE-3: a hotfix changes the release number at the third position only (caas 3.2)."""
    current, target = asked.deployment.current_version, asked.deployment.target_version
    if current is None or target is None:
        return open_(current=str(current) if current else None, target=str(target) if target else None)
    was, now = _aligned(current.numbers, target.numbers)
    changed = {place for place in range(len(was)) if was[place] != now[place]}
    same = current.text == target.text  # said back by TYPE-5
    return kept(same or changed == {THIRD}, current=str(current), target=str(target))


def downtime_said(asked: Asked, ground: Ground) -> Verdict:
    """TYPE-4: a full deployment has downtime, code and hotfix have none (caas 3.6)."""
    policy = ground.profile.policy(asked.effective.type)
    if policy is None or policy.downtime is None:
        return open_()
    return kept(True, downtime=policy.downtime)


def version_rises(asked: Asked, _ground: Ground) -> Verdict:
    """TYPE-5: the target lies above the current version; equal is said back, lower is asked (derived)."""
    current, target = asked.deployment.current_version, asked.deployment.target_version
    if current is None or target is None:
        return open_(current=str(current) if current else None, target=str(target) if target else None)
    was, now = _aligned(current.numbers, target.numbers)
    weight = Severity.INFORMS if was == now else None
    return kept(now > was, weight, current=str(current), target=str(target), same_version=was == now)


def _aligned(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Both with as many numbers: 11.0 and 11.0.0 are the same."""
    length = max(len(one), len(other))
    return one + (0,) * (length - len(one)), other + (0,) * (length - len(other))


TYPE = (
    Rule("TYPE-1", About.WORDS, product_settles),
    Rule("TYPE-2", About.WORDS, database_untouched),
    Rule("TYPE-3", About.WORDS, third_position),
    Rule("TYPE-4", About.WORDS, downtime_said),
    Rule("TYPE-5", About.WORDS, version_rises),
)
