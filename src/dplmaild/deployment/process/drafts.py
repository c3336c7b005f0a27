"""What somebody wrote who may not give it, or forwarded without adopting it: the one who may is asked (MSG-10)."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, Case
from dplmaild.deployment.owed import LetterKind, Owed, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.judging import Judgement
from dplmaild.deployment.process.letters import alarm, facts_of, letter, told
from dplmaild.deployment.process.rights import ALLOWED, bare_forward, role_of
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Deployment, Role, State


def draft(case: Case, heard: Heard, ground: Ground, judged: Judgement | None = None) -> Decision:
    """A request that waits to be adopted; it keeps nothing on the schedule."""
    kept = replace(case, state=State.INCOMPLETE, asked_back=True, drafted=True)
    return _asked(kept, kept, heard, ground, judged)


def draft_of_instructions(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    """Instructions that wait to be adopted beside the agreed deployment, which stays as it is."""
    said = (case.draft or Deployment()).merged(deployment)
    kept = replace(case, draft=said, drafted=True)
    return _asked(kept, replace(kept, deployment=case.deployment.merged(said)), heard, ground, None)


def adoptable(case: Case) -> bool:
    """Whether a plain yes can only mean the draft."""
    return case.drafted and (case.draft is not None or case.state not in AGREED) and not case.held_offers


def _asked(kept: Case, shown: Case, heard: Heard, ground: Ground, judged: Judgement | None) -> Decision:
    mine = bare_forward(heard) and ground.profile.may_do(role_of(heard, ground), Act.REQUEST) in ALLOWED
    to = (heard.speaker.address,) if mine else ground.customer.addresses(Role.RELEASE_MANAGER)
    forward = heard.meaning.forward
    facts = facts_of(
        shown,
        ground,
        by="" if mine else heard.speaker.address,
        wanted=judged.asked.window if judged else None,
        findings=judged.worth_saying if judged else (),
        missing=judged.missing if judged else (),
        questions=judged.questions if judged else (),
        taken_from=forward.sender if forward else None,
        something_hidden=heard.meaning.something_hidden,
    )
    owed: tuple[Owed, ...] = told(kept, ground, letter(LetterKind.ADOPT, kept, to, facts, Trigger.MAIL))
    if not to:
        owed = (alarm(kept, ground, "a draft, and no release manager who could adopt it", by=heard.speaker.address),)
    why = "a bare forward: asked whether it is theirs" if mine else "a draft: the release manager is asked to adopt it"
    return Decision(Verdict.ASK_BACK, why, kept, owed, timers_of(kept, ground), judged)
