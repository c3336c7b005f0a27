"""WHO: whether a deployment is ours to schedule, and who performs it. These rules go first (WHO-5)."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import product as pairs

from dplmaild.deployment.profile import Profile, What
from dplmaild.deployment.rules.effective import types_of
from dplmaild.deployment.rules.ground import Asked, Ground, what_of
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, not_concerned, open_
from dplmaild.deployment.terms import DeploymentType, Management, Performer, Phase, Product


class Standing(StrEnum):
    """Whose business a deployment is."""

    OURS = "ours"  # scheduled by us; also while it is not known who performs it
    PARTNER_PERFORMS = "partner performs"  # needs no slot: errors are watched and reported by the partner
    NOT_OURS = "not ours"  # the customer is managed by the partner alone
    NO_PROCEDURE = "no procedure"  # the environment is not productive: said, recorded, nothing scheduled


def standing(asked: Asked, ground: Ground) -> Standing:
    """Whose business this deployment is; everything else is judged only where it is OURS."""
    profile, customer = ground.profile, ground.customer
    if profile.has("WHO-3") and customer.management is Management.PARTNER:
        return Standing.NOT_OURS
    if profile.has("WHO-4") and not _productive(asked, ground):
        return Standing.NO_PROCEDURE
    if performer(asked, ground) is Performer.PARTNER:
        return Standing.PARTNER_PERFORMS
    return Standing.OURS


def performer(asked: Asked, ground: Ground) -> Performer | None:
    """Who performs it (WHO-1, WHO-2); None while type or product could still change the answer."""
    if ground.profile.has("WHO-2") and ground.customer.phase is Phase.SETUP:
        return Performer.PARTNER
    return _by_matrix(asked, ground) if ground.profile.has("WHO-1") else Performer.OPS


def _by_matrix(asked: Asked, ground: Ground) -> Performer | None:
    """Whom the matrix names, whatever the phase."""
    what = asked.effective
    types = (what.type,) if what.type else types_of(ground.customer, ground.profile) or DeploymentType.shipped
    products = (what.product,) if what.product else (ground.customer.products or tuple(Product))
    known = what_of(asked, ground)
    wholes = (replace(known, type=type_, product=product) for type_, product in pairs(types, products))
    answers = {answer for whole in wholes for answer in _cells(whole, ground.profile)}
    return answers.pop() if len(answers) == 1 else None


def _cells(what: What, profile: Profile) -> Iterator[Performer | None]:
    """Whom the first cell that fits names; also those named before it, where a fact not stated yet could decide."""
    for cell in profile.performs:
        fits = cell.fits(what)
        if fits is not False:
            yield cell.by
        if fits:
            return
    yield None


def _productive(asked: Asked, ground: Ground) -> bool:
    return asked.effective.environment.name in ground.customer.productive


def matrix(asked: Asked, ground: Ground) -> Verdict:
    """WHO-1: the responsibility matrix says who performs; broken means the partner does (caas 3.5)."""
    by = _by_matrix(asked, ground)
    where = asked.effective.environment.name
    if by is None:
        return open_(environment=where)
    confirmed = not ground.profile.performs_to_be_confirmed
    return kept(by is Performer.OPS, performer=by.value, environment=where, matrix_confirmed=confirmed)


def setup_phase(_asked: Asked, ground: Ground) -> Verdict:
    """WHO-2: before go-live every environment is the partner's own (caas 3.7)."""
    if ground.customer.phase is not Phase.SETUP:
        return not_concerned(phase=ground.customer.phase.value)
    return kept(False, phase=Phase.SETUP.value, performer=Performer.PARTNER.value)


def managed_by_us(_asked: Asked, ground: Ground) -> Verdict:
    """WHO-3: customers managed only by their partner are not ours; delegated ones are (caas 3.5, prod)."""
    return kept(ground.customer.management is not Management.PARTNER, management=ground.customer.management.value)


def is_productive(asked: Asked, ground: Ground) -> Verdict:
    """WHO-4: an environment that is not productive needs no procedure (prod)."""
    where, declared = asked.effective.environment.name, ground.customer.productive
    return kept(_productive(asked, ground), environment=where, productive=declared)


def treated(asked: Asked, _ground: Ground) -> Verdict:
    """WHO-5: what the rules take an environment for that is declared productive or has no cell (derived)."""
    what = asked.effective
    if what.treated_as == what.environment:
        return not_concerned(environment=what.environment.name)
    return kept(True, environment=what.environment.name, treated_as=what.treated_as.name)


WHO = (
    Rule("WHO-1", About.WHO, matrix),
    Rule("WHO-2", About.WHO, setup_phase),
    Rule("WHO-3", About.WHO, managed_by_us),
    Rule("WHO-4", About.WHO, is_productive),
    Rule("WHO-5", About.WHO, treated),
)
