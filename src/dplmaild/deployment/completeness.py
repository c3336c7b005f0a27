"""What a request or instructions still have to say: the whole list at once (SCHED-1, INST-1, INST-2)."""

from collections.abc import Callable, Mapping

from dplmaild.deployment.customer import Customer
from dplmaild.deployment.profile import Condition, Profile, Requirement, What
from dplmaild.deployment.rules.effective import effective, known_to
from dplmaild.deployment.terms import Deployment, Field, Side

_SAID: Mapping[Field, Callable[[Deployment], object]] = {
    Field.TYPE: lambda d: d.type,
    Field.PRODUCT: lambda d: d.product,
    Field.ENVIRONMENT: lambda d: d.environment,
    Field.WHEN: lambda d: d.when,
    Field.CURRENT_VERSION: lambda d: d.current_version,
    Field.TARGET_VERSION: lambda d: d.target_version,
    Field.DEPLOY_APP_TIER: lambda d: d.options.deploy_app_tier,
    Field.DEPLOY_WEB_TIER: lambda d: d.options.deploy_web_tier,
    Field.INVALIDATE_PAGE_CACHE: lambda d: d.options.invalidate_page_cache,
    Field.DB_MIGRATE: lambda d: d.options.db_migrate,
    Field.CARTRIDGES: lambda d: d.options.cartridges,
    Field.RELEASE_NOTES: lambda d: d.release_notes,
    Field.DESCRIPTION: lambda d: d.description,
    Field.SPECIAL_ACTIVITIES: lambda d: d.special_activities,
    Field.COMPONENTS: lambda d: d.components,
    Field.TICKETS: lambda d: d.tickets,
    Field.RESTARTS: lambda d: d.restarts,
    Field.DURATION: lambda d: d.duration,
    Field.TEST_WINDOW: lambda d: d.test_window,
    Field.VALIDATED: lambda d: d.validated,
    Field.ROLLBACK: lambda d: d.rollback,
    Field.ARTIFACT: lambda d: d.artifact,
    Field.ATTENDANT: lambda d: d.attendants,
    Field.MAILING_LIST: lambda d: d.mailing_list,
    Field.TESTED_ON: lambda d: d.tested_on,
}

_HOLDS: Mapping[Condition, Callable[[Deployment], bool]] = {
    Condition.ALWAYS: lambda _: True,
    Condition.DB_MIGRATE: lambda d: d.options.db_migrate is True,
    Condition.CHANGED_CODE: lambda d: any(component.version for component in d.components),
}


def missing_for_schedule(deployment: Deployment, customer: Customer, profile: Profile) -> tuple[Field, ...]:
    """What a request has not named yet, in the profile's order (SCHED)."""
    return _missing(profile.schedule_fields, deployment, customer, profile)


def missing_for_instructions(
    deployment: Deployment, customer: Customer, profile: Profile, owed_by: Side | None = None
) -> tuple[Field, ...]:
    """What instructions have not said yet, in order; `owed_by` picks one side's lines (INST-1, INST-2)."""
    owed = tuple(r for r in profile.instruction_fields if owed_by is None or _owes(owed_by, r))
    return _missing(owed, deployment, customer, profile)


def _owes(side: Side, requirement: Requirement) -> bool:
    """Partner and customer answer for each other; OPS answers for our own project team."""
    return (side is Side.OPS) == (requirement.owed_by is Side.OPS)


def _missing(
    requirements: tuple[Requirement, ...], deployment: Deployment, customer: Customer, profile: Profile
) -> tuple[Field, ...]:
    counts = effective(deployment, customer, profile)
    what = What(counts.type, counts.product, counts.treated_as, customer.sla, deployment)
    settled = {Field.TYPE: what.type, Field.PRODUCT: what.product}
    return tuple(
        requirement.field
        for requirement in requirements
        if requirement.covers(what)
        and _HOLDS[requirement.condition](deployment)
        and not _is_said(requirement.field, deployment, customer, profile)
        and settled.get(requirement.field) is None
    )


def _is_said(field: Field, deployment: Deployment, customer: Customer, profile: Profile) -> bool:
    """Whether something stands there; a no is an answer, blanks are none, and a type of another process is none."""
    if field is Field.TYPE and not known_to(customer, profile, deployment.type):
        return False
    value = _SAID[field](deployment) if field in _SAID else deployment.own_value(field).text
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != ()
