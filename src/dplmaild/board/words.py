"""What the pages say: texts, and lists of texts, in the sentences that letters and the command line use."""

from dataclasses import dataclass
from typing import Any

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CalendarEntry, Letter, LogRow, letter_in, readers_of
from dplmaild.deployment.status import Digest, Status
from dplmaild.deployment.terms import PRD, Deployment, Field, Finding
from dplmaild.desk.dossier import Dossier, TimerWords, customer_of
from dplmaild.desk.recording import findings_in
from dplmaild.desk.saying import Said, saying
from dplmaild.settings import Settings
from dplmaild.store.cases import Entry
from dplmaild.store.debts import Debt, name_of
from dplmaild.writing.clean import one_line
from dplmaild.writing.digest import digest_in_words, summary_of
from dplmaild.writing.letters import Letters
from dplmaild.writing.stated import stated, thing
from dplmaild.writing.status import status_in_words
from dplmaild.writing.wording import Wording

_STEPS = 50  # of a history; the command line lists all of it
_SAID = 50  # letters and entries

Sheet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """In which language a page speaks."""

    letters: Letters
    settings: Settings
    language: str

    def on(self, zone: str) -> Wording:
        """The voice on one wall clock."""
        return self.letters.wording(self.language, zone, zone)

    def say(self, name: str, **worded: object) -> str:
        """A sentence that names no moment."""
        return self.on("UTC").say(f"board.{name}", **worded)


def day_sheet(digest: Digest | None, voice: Voice) -> Sheet:
    """The day, word for word as the digest has it."""
    if digest is None:
        return {"title": voice.say("day"), "summary": voice.say("no_day"), "sections": [], "as_of": None}
    wording = voice.on(digest.zone)
    return {
        "title": f"{voice.say('day')}: {wording.clock.day(digest.today)}",
        "summary": summary_of(digest, wording),
        "sections": digest_in_words(digest, wording),
        "as_of": wording.say("board.as_of", moment=wording.clock.moment(digest.at)),
    }


def row(case: Case, voice: Voice) -> Sheet:
    """One deployment in a list."""
    customer = customer_of(case, voice.settings)
    wording = voice.on(_zone_of(case, voice.settings))
    environment = case.deployment.environment.name if case.deployment.environment else ""
    what = ", ".join(filter(None, (one_line(environment), thing(case.deployment, wording))))
    return {
        "reference": case.reference,
        "customer": one_line(customer.name if customer else case.customer),
        "state": _state(case.state.name, wording),
        "slot": wording.clock.window(case.slot) if case.slot else voice.say("no_slot"),
        "what": what,
    }


def deployment_sheet(dossier: Dossier, status: Status | None, voice: Voice) -> Sheet:
    """Everything of one deployment."""
    case = dossier.case
    customer = customer_of(case, voice.settings)
    wording = voice.on(_zone_of(case, voice.settings))
    said = saying(voice.letters, voice.settings, customer, voice.language)
    title, lines = _standing(case, status, wording)
    timers = TimerWords.of(case, customer, voice.settings, voice.letters, voice.language)
    return {
        "title": title,
        "subject": one_line(case.subject),
        "lines": lines,
        **_found(dossier, said, wording),
        **_stated(case, status.deployment if status else case.deployment, wording),
        # What lies ahead is said by how it stands; all of it where that cannot be said.
        "timers": [_timer(each, timers) for each in dossier.timers if status is None or each[1] is not None],
        "steps": [_step(entry, dossier, said, wording) for entry in reversed(dossier.history[-_STEPS:])],
        "older": max(0, len(dossier.history) - _STEPS),
        "said": [_said(debt, voice.letters, wording) for debt, _ in reversed(dossier.owed[-_SAID:])],
    }


def _standing(case: Case, status: Status | None, wording: Wording) -> tuple[str, list[str]]:
    """The same words as `/status`; less where its customer is gone."""
    if status is not None:
        return status_in_words(status, wording)
    slot = wording.say("ops.status.slot", slot=wording.clock.window(case.slot)) if case.slot else None
    lines = [slot or wording.say("ops.status.no_slot"), wording.say("board.unknown")]
    return f"{case.reference}, {one_line(case.customer)}: {_state(case.state.name, wording)}", lines


def _found(dossier: Dossier, said: Said, wording: Wording) -> Sheet:
    """What the rules said when they were asked last, and why they were."""
    judged = dossier.judged
    if judged is None:
        return {"found_at": wording.say("board.not_judged"), "found": []}
    entry, findings = judged
    told = {"who": one_line(entry.who), "cause": one_line(entry.cause), "at": wording.clock.moment(entry.at)}
    return {"found_at": wording.say("board.found_at", **told), "found": [_finding(f, said, wording) for f in findings]}


def _finding(finding: Finding, said: Said, wording: Wording) -> Sheet:
    severity = wording.word("severity", finding.severity.value)
    return {
        "rule": one_line(finding.rule),
        "ruling": finding.ruling.value,
        "verdict": wording.word("ruling", finding.ruling.value),
        "severity": severity if finding.broken else wording.say("board.if_broken", severity=severity),
        "words": said(finding),
    }


def _stated(case: Case, deployment: Deployment, wording: Wording) -> Sheet:
    """What will be deployed, under the word that says whether it is final (INST-6)."""
    since = wording.clock.moment(case.instructed_at) if case.instructed_at else None
    title = wording.say("board.binding", since=since) if since else wording.say("board.stated")
    values = dict(stated(deployment, wording))
    if deployment.type:
        values[Field.TYPE] = wording.word("type", deployment.type.value)
    return {"rows_title": title, "rows": [(wording.label(field), value) for field, value in values.items()]}


def _timer(each: Any, words: TimerWords) -> str:
    timer, ended, note = each
    clock = words.wording.clock
    told = {"due": clock.moment(timer.due), "does": words.does(timer), "note": one_line(note)}
    return words.wording.say("board.timer", **told, ended=clock.moment(ended) if ended else None)


def _step(entry: Entry, dossier: Dossier, said: Said, wording: Wording) -> Sheet:
    """Who did what, when, and why (STATE-2), and what was found then; what was found last stands above already."""
    told = {"at": wording.clock.moment(entry.at), "who": one_line(entry.who), "cause": one_line(entry.cause)}
    was, became = (_state(state.name, wording) if state else None for state in (entry.was, entry.became))
    moved = wording.say("board.moved", was=was, became=became) if became and became != was else None
    is_last = dossier.judged is not None and dossier.judged[0] is entry
    found = () if is_last else findings_in(entry.why)
    return {
        "title": wording.say("board.step", **told),
        "moved": moved,
        "why": one_line(str(entry.why.get("why", ""))),
        "findings": [_finding(finding, said, wording) for finding in found],
    }


def _said(debt: Debt, letters: Letters, wording: Wording) -> str:
    """One thing that was owed; of a letter its first line, as it was written."""
    letter = letter_in(debt.what)
    what = _first_line(letter, letters) if letter else _entry(debt, wording)
    to = wording.listed(readers_of(debt.what)) if letter else None
    state = wording.say(f"board.debt.{debt.state.name.lower()}")
    note = one_line(debt.note)
    return wording.say(
        "board.said_line", at=wording.clock.moment(debt.owed_at), what=what, to=to, state=state, note=note
    )


def _first_line(letter: Letter, letters: Letters) -> str:
    return one_line(letters.render(letter).text.partition("\n")[0])


def _entry(debt: Debt, wording: Wording) -> str:
    match debt.what:
        case CalendarEntry():
            return wording.say("board.what.calendar_entry")
        case LogRow():
            return wording.say("board.what.log_row")
        case _:
            return name_of(debt.what)


def _state(name: str, wording: Wording) -> str:
    return wording.word("state", name.lower())


def _zone_of(case: Case, settings: Settings) -> str:
    """OPS's wall clock of the profile that the deployment is under; UTC where its customer is gone."""
    customer = customer_of(case, settings)
    if customer is None:
        return "UTC"
    profile = settings.profiles.get(customer.profile_for(case.deployment.product, case.deployment.environment or PRD))
    return profile.zone if profile else "UTC"
