"""What a message cannot bring about: it is passed on to OPS, or refused with what is possible now."""

from dataclasses import replace

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Alarm, LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.letters import alarm, facts_of, letter, told
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground


def passed_to_ops(case: Case, heard: Heard, ground: Ground, reason: str = "") -> Decision:
    """OPS gets the words, after the reason why they are not acted on where there is one; the sender gets one line."""
    text = heard.meaning.notes or heard.meaning.new_text
    said = letter(LetterKind.NOTED, case, (heard.speaker.address,), facts_of(case, ground, text=text), Trigger.MAIL)
    call = alarm(case, ground, f"{reason}: {text}" if reason else text, by=heard.speaker.address)
    what = heard.meaning.intent or heard.meaning.kind
    why = f"{what.value.replace('_', ' ')}: {reason and f'{reason}, '}passed on to OPS"
    return Decision(Verdict.RECORD, why, case, (*told(case, ground, said), call), timers_of(case, ground))


def not_theirs(case: Case, heard: Heard, ground: Ground) -> Decision:
    """Somebody who may not (section 7): nothing changes and OPS decides; a stranger to a case hears nothing."""
    if not case.is_new:
        return passed_to_ops(case, heard, ground)
    why = f"{heard.speaker.address} may not ask for this"
    said = alarm(case, ground, why, by=heard.speaker.address).letter
    call = Alarm(replace(said, facts=replace(said.facts, reference=None)))
    return Decision(Verdict.TRIAGE, why, None, (call,))


def refuse(case: Case, heard: Heard, ground: Ground) -> Decision:
    """STATE-1: not possible now; the letter says what is, by the state."""
    said = letter(LetterKind.REFUSED, case, (heard.speaker.address,), facts_of(case, ground), Trigger.MAIL)
    why = f"not possible while {case.state.value}"
    return Decision(Verdict.RECORD, why, case, told(case, ground, said), timers_of(case, ground))
