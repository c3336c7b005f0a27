"""TEST: the tests after a deployment, and who does them."""

from dplmaild.deployment.rules.effective import length_of, tests_of
from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, open_
from dplmaild.deployment.terms import Role


def tests_end_in_time(asked: Asked, ground: Ground) -> Verdict:
    """TEST-1: tests end within 30 minutes unless longer was agreed when scheduling (caas 2.4, prod)."""
    tests, limit = tests_of(asked.deployment, ground.profile), ground.profile.tests.limit
    length = length_of(asked.deployment, ground.customer, ground.profile)
    # The window was made for the tests that were agreed: whatever still fits into it is agreed as well.
    agreed = asked.window is None or length is None or length <= asked.window.length
    return kept(tests <= limit or agreed, tests=tests, limit=limit, longer=tests > limit)


def attendant_named(asked: Asked, ground: Ground) -> Verdict:
    """TEST-2: an attendant is named and available for the whole window (caas 2.4)."""
    if not (asked.instructed or asked.starting):
        return open_()
    named = asked.deployment.attendants
    known = ground.customer.addresses(Role.ATTENDANT)
    return kept(bool(named or known), named=named, in_directory=known)


TEST = (Rule("TEST-1", About.WORDS, tests_end_in_time), Rule("TEST-2", About.RELEASE, attendant_named))
