"""OPS's command lines in one message: each carried out or refused, and a transcript as the answer (section 7)."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CommandResult, Facts, Letter, LetterKind, Owed, TicketComment, Trigger
from dplmaild.deployment.process import Decision, Order, Verdict, carry_out, together
from dplmaild.deployment.process.letters import OPS_LANGUAGE
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Command
from dplmaild.desk.hearing import Hearing
from dplmaild.desk.overview import Overview
from dplmaild.desk.settling import item_of, refused
from dplmaild.desk.view import Grounds, View
from dplmaild.settings import Settings
from dplmaild.store.settlements import Item
from dplmaild.trust import taken_at

COMMANDS_LAST = timedelta(hours=24)  # an older one is asked back: its moment has passed
_SETTLES = "note"  # in answer to what was put before OPS
TOO_OLD = "This is older than 24 hours, so nothing was done; please send it again if it still holds."
_NAMED = re.compile(r"^\[?(DPL-\d{4}-\d{4,6})\]?(?![\w-])[:,]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a deployment by one line."""

    case: Case
    said: str
    owed: tuple[Owed, ...] = ()


@dataclass(slots=True)
class Sheet:
    """What the lines of one message have brought about so far."""

    hearing: Hearing
    view: View
    now: datetime
    lines: dict[str, list[Line]] = field(default_factory=dict)  # by the reference of the deployment
    results: list[CommandResult] = field(default_factory=list)
    items: list[tuple[Item, str]] = field(default_factory=list)  # what is settled, and why

    def case(self, reference: str) -> Case | None:
        """A deployment as the lines so far have left it."""
        return self.lines[reference][-1].case if reference in self.lines else self.view.case(reference)

    def refuse(self, command: Command, why: str, case: Case | str = "") -> None:
        """A line that is not even tried; a deployment that it is about hears of it, once."""
        self.results.append(CommandResult(line_of(command), False, why))
        if isinstance(case, Case) and case.reference not in self.lines:
            self.keep(Line(case.heard(self.hearing.message.message_id), why))

    def keep(self, line: Line) -> None:
        """One more line about a deployment."""
        self.lines.setdefault(line.case.reference, []).append(line)


@dataclass(frozen=True, slots=True)
class Commanded:
    """A message's commands, carried out: a decision for each deployment they were about, and the transcript."""

    decisions: tuple[Decision, ...]
    transcript: Owed
    why: str
    reference: str | None
    verdict: Verdict = Verdict.RECORD
    items: tuple[tuple[Item, str], ...] = ()  # put before OPS, and settled by a note, with its words


class Commanding:
    """Carries out what somebody of OPS wrote behind a slash."""

    def __init__(self, settings: Settings, grounds: Grounds, overview: Overview) -> None:
        self._settings = settings
        self._grounds = grounds
        self._overview = overview

    def obey(self, hearing: Hearing, view: View, now: datetime) -> Commanded:
        """Every line in turn; a command that lay about is asked back instead."""
        sheet = Sheet(hearing, view, now)
        late = now - _given_at(hearing, self._settings.desk.authserv_ids) > COMMANDS_LAST
        for command in hearing.meaning.commands:
            named, rest = _named(command.rest)
            case = _about(named, sheet)
            item = item_of(hearing, view) if command.verb == _SETTLES and named is None and not late else None
            if late:
                sheet.refuse(command, TOO_OLD, case)
            elif item is not None and (item.waits or not isinstance(case, Case)):
                self._settle(item, Command(command.verb, rest), case, sheet)
            elif isinstance(case, Case):
                self._carry(case, Command(command.verb, rest), sheet)
            elif named is None and command == Command("status", ""):
                self._show_the_day(sheet)
            else:
                sheet.refuse(command, case)
        return self._settled(sheet, late=late)

    def _carry(self, case: Case, command: Command, sheet: Sheet) -> None:
        heard = case.heard(sheet.hearing.message.message_id)
        order = Order(command, sheet.hearing.speaker, sheet.now)
        carried = carry_out(heard, order, self._ground(case, sheet))
        sheet.results.append(carried.told(line_of(command)))
        sheet.keep(Line(carried.case, f"{line_of(command)}: {carried.answer}", carried.owed))

    def _settle(self, item: Item, command: Command, case: Case | str, sheet: Sheet) -> None:
        """A note in answer to what was put before OPS settles it, once; the deployment's history has it as well."""
        given = any(one.message == item.message for one, _ in sheet.items)
        against = f"Message {item.message} is settled by the line above." if given else refused(item, command.rest)
        if against is not None:
            sheet.refuse(command, against, case)
            return
        if isinstance(case, Case):
            self._carry(case, command, sheet)
            sheet.results.pop()
        sheet.items.append((item, command.rest))
        sheet.results.append(CommandResult(line_of(command), True, f"message {item.message} is settled"))

    def _show_the_day(self, sheet: Sheet) -> None:
        """`/status` that names no deployment: what the digest shows, as it stands now."""
        digest = self._overview.at(sheet.view, sheet.now)
        answer = "how the day stands" if digest else "nothing is on record here"
        sheet.results.append(CommandResult("/status", digest is not None, answer, digest=digest))

    def _settled(self, sheet: Sheet, *, late: bool) -> Commanded:
        verdict = Verdict.ASK_BACK if late else Verdict.RECORD
        each = (self._decisions(lines, verdict, sheet) for lines in sheet.lines.values())
        decisions = tuple(decision for group in each for decision in group)
        why = TOO_OLD if late else "; ".join(f"{one.line}: {one.answer}" for one in sheet.results)
        first = next(iter(sheet.lines), None)
        return Commanded(decisions, self._transcript(sheet), why, first, verdict, tuple(sheet.items))

    def _decisions(self, lines: list[Line], verdict: Verdict, sheet: Sheet) -> list[Decision]:
        """STATE-2: every line has its own entry in the history; what is owed goes with the last (SEE-7)."""
        owed = together([line.owed for line in lines])
        return [
            Decision(
                verdict,
                line.said,
                line.case,
                owed if line is lines[-1] else (),
                timers_of(line.case, self._ground(line.case, sheet)),
            )
            for line in lines
        ]

    def _ground(self, case: Case, sheet: Sheet) -> Ground:
        customer = self._settings.directory.customer(case.customer)
        return self._grounds.of(customer, (case.deployment,), sheet.view, sheet.now)

    def _transcript(self, sheet: Sheet) -> Owed:
        """The answer to who wrote; below the note where it was written into a ticket."""
        hearing, case = sheet.hearing, sheet.case(next(iter(sheet.lines), ""))
        facts = Facts(transcript=tuple(sheet.results))
        if case is not None:
            name = self._settings.directory.customer(case.customer).name
            facts = Facts(case.reference, name, case.state, transcript=tuple(sheet.results))
        message_id = hearing.message.message_id
        said = Letter(
            LetterKind.TRANSCRIPT,
            (hearing.speaker.address,),
            OPS_LANGUAGE,
            hearing.message.subject,
            facts,
            Trigger.OPS,
            in_reply_to=message_id,
            references=(*hearing.message.references, *((message_id,) if message_id else ())),
        )
        posted = hearing.posted
        if posted.source == "ticket" and posted.ticket is not None:
            return TicketComment(posted.ticket, said, internal=True)
        return said


def line_of(command: Command) -> str:
    """A command as it was written."""
    return f"/{command.verb} {command.rest}".strip()


def _about(named: str | None, sheet: Sheet) -> Case | str:
    """The deployment that a line is about: the one it names, else that of the thread; or why there is none."""
    thread = sheet.hearing.case
    if named is None and thread is None:
        return (
            "Nothing was done, for no deployment is named: "
            "write its reference behind the verb, or answer one of its letters."
        )
    known = [case.reference for case in (thread, *sheet.hearing.besides) if case is not None]
    if named is None and len(known) > 1:
        return (
            f"{' and '.join(known)} are both named: nothing was done; please write behind the verb which one is meant."
        )
    if named is not None and thread is not None and named not in known:
        return f"Nothing was done: this thread is about {thread.reference}, and the line names {named}."
    reference = named or (thread.reference if thread else "")
    found = sheet.case(reference)
    theirs = found is not None and found.customer in sheet.hearing.speaker.customers
    return found if found is not None and theirs else f"There is no deployment {reference}."


def _named(rest: str) -> tuple[str | None, str]:
    """`DPL-2026-0042 reason` as (DPL-2026-0042, reason)."""
    match = _NAMED.match(rest)
    return (match[1].upper(), rest[match.end() :].strip()) if match else (None, rest)


def _given_at(hearing: Hearing, authserv_ids: tuple[str, ...]) -> datetime:
    """The oldest sign of its age: a restored mail shows it by our own Received, a replayed one only by its Date."""
    message = hearing.message
    taken = taken_at(message.headers, authserv_ids)
    return min(each for each in (hearing.posted.arrived, taken, message.date) if each is not None)
