"""A message that can mean more than one deployment, or one that is on record already: asked or said, never guessed."""

from dataclasses import replace
from datetime import timedelta

from dplmaild.deployment.case import AGREED, Case
from dplmaild.deployment.owed import Affected, LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict, Which
from dplmaild.deployment.process.judging import still_missing
from dplmaild.deployment.process.letters import facts_of, letter, stray_letter, told, with_offers
from dplmaild.deployment.process.overtaken import overtaken
from dplmaild.deployment.process.request import new_case
from dplmaild.deployment.process.rights import REPORTS, may
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.said import Meaning
from dplmaild.deployment.terms import Deployment, Speaker, State

SAME_REQUEST_AGE = timedelta(days=3)  # MSG-8: within it the same request by the same sender is a copy, and no question


def ask_which(
    heard: Heard, cases: tuple[Case, ...], ground: Ground, part: int | None = None, message: int | None = None
) -> Decision:
    """The sender is told which deployments fit, and asked to name one; until then nothing of the message counts.

    `part` is the deployment of the message that is meant, None the whole of it; `message` an earlier one.
    """
    shown = tuple(_listed(case, ground) for case in cases)
    said = stray_letter(LetterKind.WHICH, heard, ground, Deployment(), affected=shown)
    fits = tuple(case.reference for case in cases)
    why = f"fits {', '.join(fits)}: asked which is meant"
    owed = told(new_case(heard, Deployment(), ground, ""), ground, said)
    return Decision(Verdict.ASK_BACK, why, None, owed, which=Which(fits, part, message))


def may_name(heard: Heard, asked: Speaker, meaning: Meaning, ground: Ground) -> bool:
    """Whether somebody may say which deployment a message of `asked` meant: who wrote it, or who may order the like."""
    act = Act.REPORT if meaning.intent in REPORTS else Act.REQUEST
    return heard.speaker.address == asked.address or may(heard, ground, act)


def named_already(case: Case, heard: Heard, ground: Ground) -> Decision:
    """A further answer to a question that is settled: said so, and nothing is done twice (P2)."""
    known = case.heard(heard.message_id)
    to = (heard.speaker.address,)
    said = letter(LetterKind.NAMED_ALREADY, known, to, facts_of(known, ground), Trigger.MAIL)
    why = f"which one was meant is settled: {case.reference}"
    here = replace(known, ticket=heard.ticket if heard.ticket is not None else known.ticket)  # where it was answered
    return Decision(Verdict.RECORD, why, known, told(here, ground, said), timers_of(known, ground))


def known_already(case: Case, heard: Heard, ground: Ground) -> Decision:
    """MSG-8: one request is one case. A copy is noted; somebody else, or after days, is told that it is on record."""
    age = heard.arrived - (case.arrived or heard.arrived)
    why = f"the same request as {case.reference}: noted"
    if heard.speaker.address == case.requested_by and age <= SAME_REQUEST_AGE:
        return Decision(Verdict.RECORD, why, case, (), timers_of(case, ground))
    missing = still_missing(case, ground) if case.state is State.SCHEDULED else ()
    facts = with_offers(facts_of(case, ground, missing=missing), case.standing_offers)
    said = letter(LetterKind.KNOWN, case, (heard.speaker.address,), facts, Trigger.MAIL)
    return Decision(Verdict.RECORD, why, case, told(case, ground, said), timers_of(case, ground))


def older_request(case: Case, heard: Heard, newer: tuple[Case, ...], ground: Ground) -> Decision:
    """A request that was written before one that is on record: it is taken only when somebody says yes to it."""
    kept = case.heard(heard.message_id).moved_to(State.INCOMPLETE, asked_back=True, drafted=True)
    return overtaken(kept, heard, ground, affected=tuple(_listed(each, ground) for each in newer))


def same_thing(one: Deployment, other: Deployment, ground: Ground) -> bool:
    """Whether two requests are about the same product, type and environment, by what the profile makes of them."""
    first, second = (effective(each, ground.customer, ground.profile) for each in (one, other))
    known = first.type is not None and (first.product is not None or not ground.profile.types_matter)
    same = (first.type, first.product, first.environment) == (second.type, second.product, second.environment)
    versions = (one.target_version, other.target_version)
    return (known or not ground.profile.types_matter) and same and (None in versions or versions[0] == versions[1])


def same_request(case: Case, deployment: Deployment, ground: Ground) -> bool:
    """Whether a request asks for what a case holds, or was asked for, at the same moment."""
    when, was = deployment.when, case.deployment.when
    start = case.slot.start if case.slot and case.state in AGREED else was.utc if was else None
    return (
        when is not None
        and when.utc is not None
        and when.utc == start
        and same_thing(case.deployment, deployment, ground)
        and deployment.components == case.deployment.components
    )


def _listed(case: Case, ground: Ground) -> Affected:
    return Affected(case.reference, ground.customer.name, case.deployment, case.slot, ground.profile.zone, ())
