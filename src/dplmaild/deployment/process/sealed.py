"""A message whose words only another program can open: its sender is asked for them, and nothing changes."""

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.letters import facts_of, letter, stray_letter, told
from dplmaild.deployment.process.request import new_case
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Deployment


def cannot_read(case: Case | None, heard: Heard, ground: Ground) -> Decision:
    """Said to the sender alone, in the thread of the case where there is one."""
    why = f"cannot be read: {heard.meaning.unreadable}"
    ground = ground.under(case.deployment) if case else ground
    if case is None:
        said = stray_letter(LetterKind.UNREADABLE, heard, ground, Deployment())
        return Decision(Verdict.ASK_BACK, why, None, told(new_case(heard, Deployment(), ground, ""), ground, said))
    known = case.heard(heard.message_id)
    said = letter(LetterKind.UNREADABLE, known, (heard.speaker.address,), facts_of(known, ground), Trigger.MAIL)
    return Decision(Verdict.ASK_BACK, why, known, told(known, ground, said), timers_of(known, ground))
