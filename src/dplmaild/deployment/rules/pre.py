"""PRE: what has to be proved before the start. Not shown, it warns with the instructions and blocks the start."""

from dplmaild.deployment.rules.effective import in_block
from dplmaild.deployment.rules.ground import Asked, Done, Ground, what_of
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, not_concerned, open_
from dplmaild.deployment.terms import Environment, Version


def same_release(one: Version, other: Version) -> bool:
    """The same tag; `v11.0.2` and `11.0.2` are one."""
    return one.text.lower().removeprefix("v") == other.text.lower().removeprefix("v")


def recorded(asked: Asked, ground: Ground, environment: Environment) -> bool:
    """Whether our record shows this product and version as successful on this environment."""
    target, product = asked.deployment.target_version, asked.effective.product
    return target is not None and any(_matches(done, environment, product, target) for done in ground.done)


def _matches(done: Done, environment: Environment, product: object, target: Version) -> bool:
    return (done.environment, done.product) == (environment, product) and same_release(done.version, target)


def _ran_before(asked: Asked, ground: Ground) -> Verdict:
    """The same version ran where the profile wants it: our record, or the partner's statement."""
    if not (asked.instructed or asked.starting):
        return open_()
    customer, stated = ground.customer, asked.deployment.tested_on
    wanted = [Environment(name) for name in ground.profile.proved_on]
    lower = [e for e in wanted if customer.treated_as(e) == e and e != asked.effective.environment]
    shown = [e for e in lower if recorded(asked, ground, e)]
    missing = [e for e in lower if e not in shown and e not in stated]
    version = asked.deployment.target_version
    return kept(
        not missing,
        version=str(version) if version else None,
        on_record=tuple(e.name for e in shown),
        stated=tuple(e.name for e in lower if e in stated),
        missing=tuple(e.name for e in missing),
    )


def hotfix_ran_before(asked: Asked, ground: Ground) -> Verdict:
    """PRE-1: a hotfix for PRD ran successfully on INT and UAT before, in the same version (caas 3.2)."""
    return _ran_before(asked, ground)


def code_ran_before(asked: Asked, ground: Ground) -> Verdict:
    """PRE-2: code for PRD ran on INT and UAT and all tests passed, in the same version (caas 3.2)."""
    return _ran_before(asked, ground)


def step_done(asked: Asked, ground: Ground) -> Verdict:
    """PRE-3: UAT was deployed in the same block with the same tag; our record alone shows it (caas 3.3)."""
    block = ground.profile.block
    place = in_block(what_of(asked, ground), ground.customer, ground.profile)
    if block is None or place != "last":
        return not_concerned(place=place)
    if not (asked.instructed or asked.starting):
        return open_(step=block.step)
    version = asked.deployment.target_version
    done = recorded(asked, ground, Environment(block.step))
    return kept(done, step=block.step, version=str(version) if version else None)


def _shown(asked: Asked, text: str | None) -> Verdict:
    return kept(bool(text and text.strip()), stated=text) if asked.instructed or asked.starting else open_()


def validated(asked: Asked, _ground: Ground) -> Verdict:
    """PRE-4: validated in a test environment and with the customer, or the risk accepted in writing (prod)."""
    return _shown(asked, asked.deployment.validated)


def rollback_prepared(asked: Asked, _ground: Ground) -> Verdict:
    """PRE-5: a rollback guide and what it needs are prepared (prod)."""
    return _shown(asked, asked.deployment.rollback)


def artifact_released(asked: Asked, _ground: Ground) -> Verdict:
    """PRE-6: where code changed, the released artifact is what was validated and what is deployed (prod)."""
    if not asked.deployment.artifact and not any(c.version for c in asked.deployment.components):
        return not_concerned(components=())
    return _shown(asked, asked.deployment.artifact)


PRE = (
    Rule("PRE-1", About.RELEASE, hotfix_ran_before),
    Rule("PRE-2", About.RELEASE, code_ran_before),
    Rule("PRE-3", About.RELEASE, step_done),
    Rule("PRE-4", About.RELEASE, validated),
    Rule("PRE-5", About.RELEASE, rollback_prepared),
    Rule("PRE-6", About.RELEASE, artifact_released),
)
