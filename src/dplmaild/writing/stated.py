"""What is known of a deployment, field by field, in words: for lists, for forms and for the start notice."""

from collections.abc import Mapping

from dplmaild.deployment.terms import Component, Deployment, Field, Options
from dplmaild.writing.clean import one_line
from dplmaild.writing.moments import Clock, duration_in_words
from dplmaild.writing.wording import Wording


def stated(deployment: Deployment, wording: Wording) -> Mapping[Field, str]:
    """The value of every field that was stated, in the order of the glossary; what never was is not there."""
    said = {
        Field.TYPE: deployment.type.value if deployment.type else None,
        Field.PRODUCT: deployment.product.value if deployment.product else None,
        Field.ENVIRONMENT: deployment.environment.name if deployment.environment else None,
        Field.WHEN: _when(deployment, wording.clock),
        Field.CURRENT_VERSION: deployment.current_version.text if deployment.current_version else None,
        Field.TARGET_VERSION: deployment.target_version.text if deployment.target_version else None,
        **_options(deployment.options, wording),
        **_work(deployment, wording),
        Field.MAILING_LIST: wording.listed(deployment.mailing_list),
        Field.TESTED_ON: wording.listed(tuple(each.name for each in deployment.tested_on)),
    }
    own = {value.field: one_line(value.text) for value in deployment.own}
    return {field: said[field] or "" for field in Field if said.get(field)} | own


def thing(deployment: Deployment, wording: Wording) -> str:
    """What is deployed, in a few words: `ICM 11.0.2`, or the components."""
    if deployment.components:
        return wording.listed(tuple(map(component, deployment.components)))
    named = deployment.product.value if deployment.product else ""
    version = deployment.target_version.text if deployment.target_version else ""
    return one_line(f"{named} {version}")


def component(one: Component) -> str:
    """`addon-x 3.2.11`, or the name alone."""
    return f"{one.name} {one.version}" if one.version else one.name


def _options(options: Options, wording: Wording) -> dict[Field, str | None]:
    switches = {
        Field.DEPLOY_APP_TIER: options.deploy_app_tier,
        Field.DEPLOY_WEB_TIER: options.deploy_web_tier,
        Field.INVALIDATE_PAGE_CACHE: options.invalidate_page_cache,
        Field.DB_MIGRATE: options.db_migrate,
    }
    words = {field: None if on is None else wording.yes_or_no(on) for field, on in switches.items()}
    return {**words, Field.CARTRIDGES: wording.listed(options.cartridges)}


def _work(deployment: Deployment, wording: Wording) -> dict[Field, str | None]:
    spans = {Field.DURATION: deployment.duration, Field.TEST_WINDOW: deployment.test_window}
    texts = {
        Field.RELEASE_NOTES: deployment.release_notes,
        Field.DESCRIPTION: deployment.description,
        Field.SPECIAL_ACTIVITIES: deployment.special_activities,
        Field.RESTARTS: deployment.restarts,
        Field.VALIDATED: deployment.validated,
        Field.ROLLBACK: deployment.rollback,
        Field.ARTIFACT: deployment.artifact,
    }
    lists = {
        Field.COMPONENTS: tuple(map(component, deployment.components)),
        Field.TICKETS: deployment.tickets,
        Field.ATTENDANT: deployment.attendants,
    }
    return {
        **{field: duration_in_words(span) for field, span in spans.items() if span is not None},
        **{field: one_line(text) for field, text in texts.items() if text},
        **{field: wording.listed(values) for field, values in lists.items() if values},
    }


def _when(deployment: Deployment, clock: Clock) -> str | None:
    when = deployment.when
    if when is None:
        return None
    if when.utc is None:
        return one_line(when.text)
    return Clock(clock.language, clock.other, clock.other).moment(when.utc)
