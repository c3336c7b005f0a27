"""What is reported of a deployment: tests that went well, problems whenever they are told (RUN-3, RUN-4)."""

from dataclasses import replace

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.letters import facts_of, letter, row, told
from dplmaild.deployment.process.overtaken import before_the_tests
from dplmaild.deployment.process.passing import passed_to_ops, refuse
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.recipients import the_list, with_sender
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.said import Intent
from dplmaild.deployment.terms import Deployment, State

_ENDING = {State.TESTING: State.SUCCEEDED, State.TESTING_ROLLBACK: State.ROLLED_BACK}


def tests_ok(case: Case, heard: Heard, ground: Ground, said: Deployment) -> Decision:
    """RUN-3, RUN-4: the attendant's word ends the process, where nobody says otherwise.

    `said` names the deployment that is meant, where the mail does.
    """
    if case.state in _ENDING.values():
        return Decision(Verdict.RECORD, "confirmed already, nothing to do", case, (), timers_of(case, ground))
    ending = _ENDING.get(case.state)
    if ending is None:
        return refuse(case, heard, ground)
    if names_another(case, said, ground):
        return passed_to_ops(case, heard, ground, "speaks of another deployment than this one")
    if case.state is State.TESTING_ROLLBACK and case.tests_since and heard.said_at < case.tests_since:
        return before_the_tests(case, heard, ground)
    if case.problem_by not in {"", heard.speaker.address}:
        return passed_to_ops(case, heard, ground, f"confirms, but {case.problem_by} has reported a problem")
    by = heard.speaker.name or heard.speaker.address
    ended = case.moved_to(ending, result=f"confirmed by {by}", tests_until=None, problem_by="")
    kind = LetterKind.SUCCEEDED if ending is State.SUCCEEDED else LetterKind.ROLLED_BACK
    to = with_sender(heard.speaker.address, the_list(ended))
    owed = told(ended, ground, letter(kind, ended, to, facts_of(ended, ground, by=by), Trigger.MAIL))
    return Decision(Verdict.RECORD, ended.result, ended, (*owed, row(ended)))


def problem(case: Case, heard: Heard, ground: Ground, _said: Deployment) -> Decision:
    """RUN-4: a problem or a delay reaches OPS at once, whenever it is told; what to do is OPS's decision."""
    blocks = case.state in _ENDING and heard.meaning.intent is not Intent.DELAY
    return passed_to_ops(replace(case, problem_by=heard.speaker.address) if blocks else case, heard, ground)


def names_another(case: Case, said: Deployment, ground: Ground) -> bool:
    """`We withdraw UAT` in the thread of PRD: not this one, and which other one is not for us to guess."""
    known = effective(case.deployment, ground.customer, ground.profile)
    pairs = ((known.environment, said.environment), (known.product, said.product))
    return any(one and other and one != other for one, other in pairs)
