"""What a desk does about one message. The same code for the live path, `explain` and `simulate` (SEE-11)."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Alarm, Facts, Letter, LetterKind, Owed, Trigger
from dplmaild.deployment.process import Decision, Heard, Verdict, cannot_read, strictest
from dplmaild.deployment.process.alone import judge_alone
from dplmaild.deployment.process.nothing import nothing_said
from dplmaild.deployment.process.passing import passed_to_ops
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.process.which import ask_which, may_name, named_already
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Kind, Returned
from dplmaild.deployment.terms import Finding, Trust
from dplmaild.desk.commanding import Commanding
from dplmaild.desk.heard import as_heard
from dplmaild.desk.hearing import Hearing, Listener, Posted, in_a_foreign_ticket, is_ops
from dplmaild.desk.matching import decide_each, decide_named
from dplmaild.desk.missed import in_words, not_reached, reasons
from dplmaild.desk.overview import Overview
from dplmaild.desk.questions import Question
from dplmaild.desk.view import Grounds, View
from dplmaild.ports import Outcome
from dplmaild.settings import Settings
from dplmaild.store.questions import Asked
from dplmaild.store.settlements import Item

_OUTCOMES = {
    Verdict.CONFIRM: Outcome.ANSWERED,
    Verdict.APPROVAL: Outcome.ANSWERED,
    Verdict.OTHER_SLOT: Outcome.ANSWERED,
    Verdict.PARTNER_PERFORMS: Outcome.ANSWERED,
    Verdict.TOO_LATE: Outcome.ANSWERED,
    Verdict.ASK_BACK: Outcome.ASKED,
    Verdict.RECORD: Outcome.RECORDED,
    Verdict.TRIAGE: Outcome.TRIAGE,
    Verdict.NOT_OURS: Outcome.LEFT_ALONE,
    Verdict.NO_ACTION: Outcome.LEFT_ALONE,
}


@dataclass(frozen=True, slots=True)
class Considered:
    """Everything that follows from one message."""

    hearing: Hearing
    outcome: Outcome
    why: str
    verdict: Verdict
    decisions: tuple[Decision, ...] = ()
    owed: tuple[Owed, ...] = ()  # besides what the decisions owe: to OPS
    reference: str | None = None
    settles: tuple[Asked, str] | None = None  # a question, with the reference that was named
    items: tuple[tuple[Item, str], ...] = ()  # what OPS has settled, and why

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules said, of all its deployments."""
        return tuple(f for d in self.decisions if d.judgement for f in d.judgement.findings)


class Desk:
    """Decides about messages, commands and timers; writes nothing down itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.listener = Listener(settings)
        self.grounds = Grounds(settings)
        self.overview = Overview(settings, self.grounds)
        self._commanding = Commanding(settings, self.grounds, self.overview)

    def consider(self, posted: Posted, view: View, now: datetime) -> Considered:
        """Everything that follows from one message, with nothing sent or written."""
        hearing = self.listener.hear(posted, view)
        if (done := self._needs_no_deciding(hearing, view, now)) is not None:
            return done
        doubt = _doubt(hearing)
        if not doubt and hearing.meaning.kind is Kind.COMMAND:
            return self._commanded(hearing, view, now)
        if doubt or hearing.customer is None:
            return self._triage(hearing, doubt or "it is not clear which customer this is about")
        if in_a_foreign_ticket(hearing, view):
            return self._triage(hearing, "it was written into a ticket of another customer")
        if hearing.case is not None and any(case.customer != hearing.case.customer for case in hearing.besides):
            return self._triage(hearing, "its thread and its subject are of two customers")
        # Instructions can mean a case that their thread does not name, and a request one that is on record already.
        opens = hearing.meaning.requests and hearing.case is None
        cases = view.open_of(hearing.customer.id) if hearing.meaning.instructs or opens else ()
        known = (hearing.case, *cases) if hearing.case else cases
        named = (*hearing.meaning.deployments, *(case.deployment for case in known))
        ground = self.grounds.of(hearing.customer, named, view, now)
        return self._decided(hearing, cases, ground, view, now)

    def _needs_no_deciding(self, hearing: Hearing, view: View, now: datetime) -> Considered | None:
        """What a machine sent, what is not about us, and what only says which deployment an earlier mail meant."""
        if hearing.automatic is not None or hearing.meaning.kind is Kind.AUTO_REPLY:
            return self._automatic(hearing, view, now)
        if hearing.question is not None:
            return self._named(hearing, hearing.question, view, now)
        if hearing.meaning.kind is Kind.UNRELATED:
            return Considered(hearing, Outcome.LEFT_ALONE, "not about a deployment of ours", Verdict.NO_ACTION)
        return None

    def _decided(
        self, hearing: Hearing, cases: tuple[Case, ...], ground: Ground, view: View, now: datetime
    ) -> Considered:
        heard = self._heard(hearing, view, now)
        if hearing.meaning.kind is Kind.REPLY and hearing.case is None and not view.alone:
            return self._triage(hearing, "a reply to nothing that is known here")
        if hearing.case is not None and hearing.besides:
            decisions: tuple[Decision, ...] = (ask_which(heard, (hearing.case, *hearing.besides), ground),)
        elif hearing.case is not None and hearing.meaning.says_nothing:
            decisions = (nothing_said(hearing.case, heard, ground),)
        elif hearing.meaning.unreadable:
            decisions = (cannot_read(hearing.case, heard, ground),)
        elif view.alone and judged_apart(hearing):
            decisions = judge_alone(heard, ground, view.next_reference(_year(heard, ground)))
        else:
            year = _year(heard, ground)
            decisions = decide_each(heard, hearing.case, cases, ground, lambda: view.next_reference(year))
        return _filed(hearing, decisions)

    def _named(self, hearing: Hearing, question: Question, view: View, now: datetime) -> Considered:
        """An answer to "which one?": what the earlier message says is done to the deployment that is named, once."""
        if hearing.speaker.trust is not Trust.OK:
            return self._triage(hearing, f"the sender is {hearing.speaker.trust.value}")
        asked, customer = question.asked, self.settings.directory.customer(question.fits[0].customer)
        heard = self._heard(hearing, view, now)
        ground = self.grounds.of(customer, tuple(case.deployment for case in question.fits), view, now)
        if asked.meant is not None:
            known = next(case for case in question.fits if case.reference == asked.meant)
            return _filed(hearing, (named_already(known, heard, ground),))
        if hearing.meaning.which is not None:
            case = question.fits[hearing.meaning.which]
            return self._meant(hearing, (asked, case), (heard, ground), view, now)
        if asked.again:
            return self._triage(hearing, "asked twice which deployment is meant, and it is still not clear")
        return _filed(hearing, (ask_which(heard, question.fits, ground, asked.part, asked.message),))

    def _meant(
        self, hearing: Hearing, named: tuple[Asked, Case], answer: tuple[Heard, Ground], view: View, now: datetime
    ) -> Considered:
        """Whether the earlier message is clear about the deployment named, and may be said to mean it by who does."""
        (asked, case), (heard, ground) = named, answer
        kept = view.kept(asked.message)
        was = self.listener.hear(Posted(kept.raw, kept.arrived, kept.source, kept.ticket), view, case) if kept else None
        if was is None or _doubt(was) or was.customer is None:
            return self._triage(hearing, f"names {case.reference}, but message {asked.message} is not clear")
        if not may_name(heard, was.speaker, was.meaning, ground):
            why = "names which deployment is meant, and may not give the order"
            return _filed(hearing, (passed_to_ops(case.heard(heard.message_id), heard, ground, why),))
        return self._as_named(hearing, was, named, view, now)

    def _as_named(
        self, hearing: Hearing, was: Hearing, named: tuple[Asked, Case], view: View, now: datetime
    ) -> Considered:
        """The earlier message decided now, from its own arrival (SCHED-11); its letters answer the answer."""
        asked, case = named
        first, again = self._heard(was, view, now), self._heard(hearing, view, now)
        ticket = again.ticket if again.ticket is not None else first.ticket
        arrived = again.arrived if _corrects_late(case, was, again) else first.arrived
        heard = replace(first, message_id=again.message_id, references=again.references, ticket=ticket, arrived=arrived)
        mine = case.heard(first.message_id)
        mine = replace(mine, ticket=ticket) if mine.ticket is None else mine
        others = tuple(each for each in view.open_of(case.customer) if each.reference != case.reference)
        customer = self.settings.directory.customer(case.customer)
        said = (*was.meaning.deployments, *(each.deployment for each in (case, *others)))
        ground = self.grounds.of(customer, said, view, now)
        year = _year(heard, ground)
        decisions = decide_named(heard, mine, asked.part, (mine, *others), ground, lambda: view.next_reference(year))
        asks = any(decision.which for decision in decisions)
        filed = _filed(hearing, tuple(_because(decision, asked.message) for decision in decisions))
        return filed if asks else replace(filed, settles=(asked, case.reference))

    def _heard(self, hearing: Hearing, view: View, now: datetime) -> Heard:
        return as_heard(hearing, self.settings.desk.own, now, alone=view.alone)

    def _commanded(self, hearing: Hearing, view: View, now: datetime) -> Considered:
        """OPS's command lines, each with its answer."""
        if not is_ops(hearing.speaker):
            return self._triage(hearing, "a command by somebody who is not of OPS")
        if hearing.meaning.forward is not None:
            return self._triage(hearing, "a command in a forwarded message")
        done = self._commanding.obey(hearing, view, now)
        outcome = Outcome.ASKED if done.verdict is Verdict.ASK_BACK else Outcome.RECORDED
        owed = (done.transcript,)
        filed = Considered(hearing, outcome, done.why, done.verdict, done.decisions, owed, done.reference)
        return replace(filed, items=done.items)

    def _automatic(self, hearing: Hearing, view: View, now: datetime) -> Considered:
        """MSG-3: never answered; a bounce of our own mail is shown to OPS."""
        back = hearing.meaning.returned
        case = view.of_thread(back.message_ids) if back else None
        if back is not None and case is not None:
            return self._came_back(hearing, back, case, view, now)
        kind = hearing.automatic.value.replace("_", " ") if hearing.automatic else "automatic"
        return Considered(hearing, Outcome.LEFT_ALONE, f"automatic mail: {kind}", Verdict.NO_ACTION)

    def _came_back(self, hearing: Hearing, back: Returned, case: Case, view: View, now: datetime) -> Considered:
        """Whom a letter of ours did not reach stands in the deployment's history, and OPS is told (P5)."""
        customer = self.settings.directory.customer(case.customer)
        missed = not_reached(back, customer, self.settings.ops, self.settings.desk.own)
        why = f"a letter of ours came back: {in_words(missed)}"
        calls: tuple[Alarm, ...] = (self._to_ops(LetterKind.ALARM, hearing, why, case, reasons(missed)),)
        if {each.address for each in missed} == {self.settings.ops.address}:
            calls = ()  # it would come back as well
        ground = self.grounds.of(customer, (case.deployment,), view, now)
        decision = Decision(Verdict.NO_ACTION, why, case, calls, timers_of(case, ground))
        return Considered(hearing, Outcome.RECORDED, why, Verdict.NO_ACTION, (decision,), (), case.reference)

    def _triage(self, hearing: Hearing, why: str) -> Considered:
        """MSG-2: nothing goes to the sender; OPS gets it with the reading so far."""
        call = self._to_ops(LetterKind.TRIAGE, hearing, why)
        reference = hearing.case.reference if hearing.case else None
        return Considered(hearing, Outcome.TRIAGE, why, Verdict.TRIAGE, (), (call,), reference)

    def _to_ops(
        self,
        kind: LetterKind,
        hearing: Hearing,
        text: str,
        case: Case | None = None,
        more: tuple[tuple[str, str], ...] = (),
    ) -> Alarm:
        message, meaning = hearing.message, hearing.meaning
        about = case or hearing.case
        known = (
            ("from", message.sender.address),
            ("trust", hearing.speaker.trust.value),
            ("subject", message.subject),
            ("read as", meaning.kind.value),
            *((found.field.value, found.text) for found in meaning.found[:20]),
            *more,
        )
        facts = Facts(
            reference=about.reference if about else None,
            customer=hearing.customer.name if hearing.customer else "",
            arrived=hearing.posted.arrived,
            text=text,
            triage=known,
        )
        return Alarm(Letter(kind, (self.settings.ops.address,), "en", message.subject, facts, Trigger.TIMER))


def _filed(hearing: Hearing, decisions: tuple[Decision, ...]) -> Considered:
    """What was decided, under the strictest of its verdicts."""
    verdict = strictest(tuple(d.verdict for d in decisions))
    reference = next((d.case.reference for d in decisions if d.case), hearing.case and hearing.case.reference)
    why = "; ".join(dict.fromkeys(d.why for d in decisions))
    return Considered(hearing, _outcome(verdict, decisions), why, verdict, decisions, (), reference or None)


def _corrects_late(case: Case, was: Hearing, again: Heard) -> bool:
    """Whether what is binding would be corrected by a word that is clear only after the deadline (INST-7).

    OPS has prepared by what stood then; what was never binding keeps the arrival of its own mail.
    """
    late = case.instructed and case.deadline is not None and again.arrived > case.deadline
    return late and was.meaning.instructs


def _because(decision: Decision, message: int) -> Decision:
    """Decided by an earlier message, which an answer has made clear."""
    which = replace(decision.which, message=message) if decision.which else None
    return replace(decision, why=f"message {message}, as its sender meant it: {decision.why}", which=which)


def _doubt(hearing: Hearing) -> str | None:
    """Why a message is put before OPS instead of being acted on; None when there is no doubt (MSG-2, MSG-5)."""
    if hearing.speaker.trust is not Trust.OK:
        return f"the sender is {hearing.speaker.trust.value}"
    answers_nothing = hearing.meaning.says_nothing and hearing.case is not None
    if hearing.meaning.kind is Kind.UNSURE and not hearing.meaning.unreadable and not answers_nothing:
        return "it is not clear what is wanted"
    return None


def judged_apart(hearing: Hearing) -> bool:
    """Whether a mail that is judged alone speaks of a conversation that cannot be known."""
    meaning = hearing.meaning
    names_date = any(d.when is not None for d in meaning.deployments)
    return meaning.kind is Kind.REPLY or (meaning.kind is Kind.INSTRUCTIONS and not (meaning.requests and names_date))


def _outcome(verdict: Verdict, decisions: tuple[Decision, ...]) -> Outcome:
    """A recorded message that is also answered counts as answered."""
    answered = any(isinstance(owed, Letter) for d in decisions for owed in d.owed)
    return Outcome.ANSWERED if verdict is Verdict.RECORD and answered else _OUTCOMES[verdict]


def _year(heard: Heard, ground: Ground) -> int:
    return heard.now.astimezone(ZoneInfo(ground.profile.zone)).year
