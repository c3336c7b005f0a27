"""What the policy says of one request: findings, what is missing, slots instead; the same live and in `explain`."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from dplmaild.deployment.case import Case
from dplmaild.deployment.completeness import missing_for_instructions, missing_for_schedule
from dplmaild.deployment.deadlines import instruction_deadline
from dplmaild.deployment.owed import RefusedDay
from dplmaild.deployment.process.steps import with_steps
from dplmaild.deployment.rules import RULES, Asked, Ground, Standing, asked_of, judge, needs_approval, standing
from dplmaild.deployment.rules.rule import About
from dplmaild.deployment.rules.search import hinders
from dplmaild.deployment.said import Question
from dplmaild.deployment.schedule import Slots, next_slots, syn_step, uat_step
from dplmaild.deployment.terms import Deployment, Field, Finding, Severity, Side, Window

ONE_HOUR = timedelta(hours=1)
_ABOUT = {rule.id: rule.about for rule in RULES}
# Which field a broken rule about words is asked back for.
_ASKED_FOR = {
    "TYPE-2": Field.DB_MIGRATE,
    "TYPE-3": Field.TARGET_VERSION,
    "TYPE-5": Field.TARGET_VERSION,
    "TEST-1": Field.TEST_WINDOW,
}


class Upshot(Enum):
    """What a request comes to."""

    PASSES = auto()
    NEEDS_APPROVAL = auto()
    INCOMPLETE = auto()
    OTHER_SLOT = auto()
    PARTNER_PERFORMS = auto()
    NOT_OURS = auto()
    NO_PROCEDURE = auto()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole answer of the policy to one request."""

    upshot: Upshot
    asked: Asked
    findings: tuple[Finding, ...]
    missing: tuple[Field, ...] = ()
    questions: tuple[Question, ...] = ()
    slots: tuple[Window, ...] = ()
    refused_days: tuple[RefusedDay, ...] = ()
    earliest: Window | None = None
    uat_step: Window | None = None
    syn_step: Window | None = None
    deadline: datetime | None = None

    @property
    def worth_saying(self) -> tuple[Finding, ...]:
        """The findings that a letter names: what is broken."""
        return tuple(finding for finding in self.findings if finding.broken)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else is known when a request is judged."""

    arrived: datetime
    now: datetime
    instructs: bool = False
    asap: bool = False
    questions: tuple[Question, ...] = ()
    case: Case | None = None
    beside: tuple[Deployment, ...] = ()  # the other deployments of the same message


def judge_request(deployment: Deployment, ground: Ground, around: Circumstances) -> Judgement:
    """Ask the policy about one request, as far as its words allow."""
    asked = _asked(deployment, ground, around)
    findings = judge(asked, ground)
    elsewhere = {
        Standing.PARTNER_PERFORMS: Upshot.PARTNER_PERFORMS,
        Standing.NOT_OURS: Upshot.NOT_OURS,
        Standing.NO_PROCEDURE: Upshot.NO_PROCEDURE,
    }.get(standing(asked, ground))
    if elsewhere is not None:  # WHO-5: what is not scheduled by us is not asked about
        return Judgement(elsewhere, asked, findings)
    hotfix_asap = around.asap and asked.effective.type in ground.profile.asap_offers
    missing = _missing(deployment, ground, asap=hotfix_asap)
    unclear = _open_questions(around, asap=hotfix_asap)
    questions = (*unclear, *_contradictions(findings, unclear))
    if missing or questions:
        earliest = _earliest(asked, ground, around)
        return Judgement(Upshot.INCOMPLETE, asked, findings, missing, questions, earliest=earliest)
    return _timed(asked, findings, ground, around)


def judge_start(case: Case, ground: Ground, now: datetime) -> tuple[Finding, ...]:
    """What the rules say when a deployment is about to start: the PRE rules weigh what they weigh then."""
    asked = asked_of(case.deployment, ground, case.arrived or now, now)
    judged = replace(asked, window=case.slot, instructed=True, starting=True, reference=case.reference)
    return judge(judged, ground)


def judge_booked(case: Case, ground: Ground, now: datetime) -> tuple[Finding, ...]:
    """What stands in the way of a booked deployment by the calendars and rules of now.

    Without what OPS has set aside, and without vacations that nobody knows: they may well be none.
    """
    asked = asked_of(case.deployment, ground, case.arrived or now, now)
    judged = replace(asked, window=case.slot, instructed=case.instructed, reference=case.reference)
    found = judge(with_steps(judged, ground), ground)
    against = (finding for finding in found if hinders(finding) and "unread" not in finding.facts)
    return tuple(finding for finding in against if finding.rule not in case.overridden)


def judge_instructions(case: Case, ground: Ground, now: datetime, questions: tuple[Question, ...]) -> Judgement:
    """What the rules say of the words of instructions, for the slot that is agreed, and what is still missing."""
    asked = asked_of(case.deployment, ground, case.arrived or now, now)
    judged = with_steps(replace(asked, window=case.slot, instructed=True, reference=case.reference), ground)
    findings = judge(judged, ground)
    missing = still_missing(case, ground)
    wanted = (*questions, *_contradictions(findings, questions))
    upshot = Upshot.INCOMPLETE if missing or wanted else Upshot.PASSES
    return Judgement(upshot, judged, findings, missing, wanted, deadline=case.deadline)


def broken(findings: tuple[Finding, ...], severity: Severity) -> tuple[Finding, ...]:
    """The broken findings of one weight."""
    return tuple(f for f in findings if f.broken and f.severity is severity)


def still_missing(case: Case, ground: Ground) -> tuple[Field, ...]:
    """What the partner's side still owes of the instructions (INST-1, INST-2)."""
    named = case.deployment.mailing_list or case.mailing_list  # INST-9: To and Cc count
    known = replace(case.deployment, mailing_list=named)
    return missing_for_instructions(known, ground.customer, ground.profile, Side.PARTNER)


def own_lines(case: Case, ground: Ground) -> tuple[Field, ...]:
    """What our own project team still has to say (INST-2); the partner is never asked for it."""
    return missing_for_instructions(case.deployment, ground.customer, ground.profile, Side.OPS)


def _asked(deployment: Deployment, ground: Ground, around: Circumstances) -> Asked:
    asked = asked_of(deployment, ground, around.arrived, around.now)
    reference = around.case.reference if around.case else None
    known = replace(asked, instructed=around.instructs, reference=reference)
    return with_steps(known, ground, around.beside)


def _missing(deployment: Deployment, ground: Ground, *, asap: bool) -> tuple[Field, ...]:
    missing = missing_for_schedule(deployment, ground.customer, ground.profile)
    return tuple(f for f in missing if not (asap and f is Field.WHEN))


def _open_questions(around: Circumstances, *, asap: bool) -> tuple[Question, ...]:
    return tuple(q for q in around.questions if not (asap and q.field is Field.WHEN))


def _contradictions(findings: tuple[Finding, ...], already: tuple[Question, ...]) -> tuple[Question, ...]:
    """The rules about words that are broken, each asked back for its field; a field is asked for once."""
    wrong = (f for f in broken(findings, Severity.BLOCKS) if _ABOUT.get(f.rule) is About.WORDS)
    asked = {question.field for question in already}
    found: dict[Field, Question] = {}
    for finding in wrong:
        field = _ASKED_FOR.get(finding.rule, Field.TYPE)
        if field not in asked:
            found.setdefault(field, Question(field, finding.rule))
    return tuple(found.values())


def _timed(asked: Asked, findings: tuple[Finding, ...], ground: Ground, around: Circumstances) -> Judgement:
    """Everything needed was said: does the slot hold, and if not, which do?"""
    settled = around.case.overridden if around.case else ()  # SCHED-4: set aside by OPS, with a reason
    blocked = [f for f in broken(findings, Severity.BLOCKS) if f.rule not in settled]
    if blocked or asked.window is None:
        return _other_slots(asked, findings, ground)
    step = uat_step(asked, ground) if asked.effective.with_uat and asked.uat is None else None
    approval = bool(broken(findings, Severity.APPROVAL)) or needs_approval(asked, ground)
    upshot = Upshot.NEEDS_APPROVAL if approval else Upshot.PASSES
    deadline = (
        None if approval else instruction_deadline(asked.window.start, around.now, ground.calendar, ground.profile)
    )
    syn = syn_step(asked, ground, step)
    return Judgement(upshot, asked, findings, uat_step=step, syn_step=syn, deadline=deadline)


def _other_slots(asked: Asked, findings: tuple[Finding, ...], ground: Ground) -> Judgement:
    found: Slots = next_slots(asked, ground)
    refused = tuple(RefusedDay(ground.calendar.at(day, ground.profile.hours.since), why) for day, why in found.refused)
    return Judgement(Upshot.OTHER_SLOT, asked, findings, slots=found.slots, refused_days=refused)


def _earliest(asked: Asked, ground: Ground, around: Circumstances) -> Window | None:
    """SCHED-10: "as soon as possible" is answered with the earliest legal slot, when the rest is known."""
    if not around.asap or asked.effective.type is None:
        return None
    found = next_slots(asked, ground, count=1)
    return found.slots[0] if found.slots else None
