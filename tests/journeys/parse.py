"""Reads a story, strictly: a line that is no part of the format is an error with file and line, never left out."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from journeys.cast import cast
from journeys.head import Head, read_head
from journeys.lines import Lines, StoryError
from journeys.story import Act, Answer, Ending, Letter, Note, Step, Story, Way

CLOCK = ZoneInfo("Europe/Berlin")  # the wall clock of every moment in a story

_MOMENT = r"([A-Z][a-z]{2}) (\d{4}-\d{2}-\d{2} \d{2}:\d{2})"
_AT = re.compile(rf"## {_MOMENT}(?: - .+)?")
_ABOUT = r'(?: in (?:"([^"]+)"|(DPL-\d{4}-\d{4})))?'
_ONLY = r"(?: \(by (mail|ticket)\))?"
_WRITES = re.compile(rf'(\w+) writes "([^"]+)"(?:, sent {_MOMENT})?:')
_REPLIES = re.compile(rf"(\w+) replies{_ABOUT}(?:, sent {_MOMENT})?:")
_ORDERS = re.compile(rf"(\w+) orders{_ABOUT}:")
_SAME = re.compile(r"(\w+) sends the same (again|the other way)\.")
_LETTER = re.compile(rf"Letter to ([\w, ]+?)(?:, copy to ([\w, ]+?))?{_ONLY}:")
_ALSO = re.compile(r"Also on ([0-9]+(?:, [0-9]+)*)\.")
_NOTE = re.compile(rf"Note on the ticket{_ONLY}: (.+)")
_ANSWER = re.compile(r"Answer: (done|not done)(?: - (.+))?")
_STATE = re.compile(r"(DPL-\d{4}-\d{4}) is ([a-z ]+)\.")
_PLAIN = {"The desk goes down.": Act.DOWN, "The desk is up again.": Act.UP}
_END = "## At the end"
_NO_LETTER, _NO_CASE = "No letter.", "No deployment is on record."


def read_story(path: Path) -> Story:
    """The story in a file; raises StoryError."""
    lines = Lines.of(path)
    head = read_head(lines)
    steps: list[Step] = []
    while not lines.at_end and lines.peek() != _END:
        steps += _section(lines, head, steps[-1].at if steps else None)
    if lines.at_end:
        raise lines.wrong(f"the story needs its end: {_END}")
    lines.take()
    return Story(path, head.title, head.why, head.people, head.only, tuple(steps), _endings(lines), head.tickets)


def _section(lines: Lines, head: Head, before: datetime | None) -> list[Step]:
    """One moment with everything that happens at it."""
    match = lines.match(_AT, "a moment like `## Mon 2026-11-02 09:10`, or `## At the end`")
    at, line = _moment(lines, match[1], match[2]), lines.number
    if before is not None and at <= before:
        raise lines.wrong("a moment has to lie after the one before")
    steps = [] if _starts_a_step(lines) else [_with_outcome(lines, head, Step(at, line, Act.PASSES))]
    while _starts_a_step(lines):
        steps.append(_with_outcome(lines, head, _step(lines, head, at)))
    return steps


def _starts_a_step(lines: Lines) -> bool:
    line = "" if lines.at_end else lines.peek()
    return line in _PLAIN or any(pattern.fullmatch(line) for pattern in (_WRITES, _REPLIES, _ORDERS, _SAME))


def _step(lines: Lines, head: Head, at: datetime) -> Step:
    line = lines.take()
    step = Step(at, lines.number, _PLAIN.get(line, Act.PASSES))
    if match := _WRITES.fullmatch(line):
        step = replace(step, act=Act.WRITES, subject=match[2], sent=_sent(lines, match[3], match[4]))
    elif match := _REPLIES.fullmatch(line):
        about = match[2] or match[3] or ""
        step = replace(step, act=Act.REPLIES, about=about, sent=_sent(lines, match[4], match[5]))
    elif match := _ORDERS.fullmatch(line):
        step = replace(step, act=Act.ORDERS, about=match[2] or match[3] or "")
    elif match := _SAME.fullmatch(line):
        return replace(step, act=Act(f"sends the same {match[2]}"), who=_name(lines, head, match[1]))
    else:
        return step
    who = _name(lines, head, match[1])
    if step.act is Act.ORDERS and not cast()[who].of_ops:
        raise lines.wrong(f"{who} is not of OPS and orders nothing; let them reply")
    return replace(step, who=who, text=lines.text())


def _sent(lines: Lines, weekday: str | None, written: str | None) -> datetime | None:
    return _moment(lines, weekday, written) if weekday and written else None


def _with_outcome(lines: Lines, head: Head, step: Step) -> Step:
    """The step with all that goes out because of it: letters, notes and answers, or explicitly no letter."""
    letters, notes, answers, nothing = list[Letter](), list[Note](), list[Answer](), False
    while not (lines.at_end or lines.peek().startswith("## ") or _starts_a_step(lines)):
        line = lines.take()
        if line == _NO_LETTER:
            nothing = True
        elif match := _LETTER.fullmatch(line):
            letters.append(_letter(lines, head, match))
        elif match := _NOTE.fullmatch(line):
            notes.append(Note(match[2], Way(match[1]) if match[1] else None, lines.number))
        elif match := _ANSWER.fullmatch(line):
            answers.append(Answer(match[1] == "done", match[2] or "", lines.number))
        elif not line.startswith("Because: "):
            raise lines.wrong(f"unknown: {line}")
    quiet = step.act in {Act.ORDERS, Act.DOWN}
    if nothing == bool(letters) and not (quiet and not nothing):
        raise lines.wrong(f"say which letters go out at line {step.line}, or: {_NO_LETTER}", step.line)
    if step.act is Act.ORDERS and len(answers) != len(step.text.splitlines()):
        raise lines.wrong("each command line needs its `Answer: done` or `Answer: not done - WORDS`", step.line)
    if answers and step.act is not Act.ORDERS:
        raise lines.wrong("only orders have an `Answer:`", step.line)
    return replace(step, letters=tuple(letters), notes=tuple(notes), answers=tuple(answers))


def _letter(lines: Lines, head: Head, match: re.Match[str]) -> Letter:
    number = lines.number
    to, copy = (
        tuple(_name(lines, head, n.strip()) for n in (g or "").split(",") if n.strip()) for g in match.group(1, 2)
    )
    first = lines.take()
    if first.startswith("- "):
        raise lines.wrong("a letter begins with its first line, state and slot")
    words, absent = list[str](), list[str]()
    while not lines.at_end and lines.peek().startswith("- "):
        said = lines.take().removeprefix("- ")
        (absent if said.startswith("not: ") else words).append(said.removeprefix("not: "))
    also = None if lines.at_end else _ALSO.fullmatch(lines.peek())
    also_on = tuple(lines.take().removeprefix("Also on ").removesuffix(".").split(", ")) if also else ()
    only = Way(match[3]) if match[3] else None
    return Letter(to, copy, first, tuple(words), tuple(absent), only, number, also_on)


def _endings(lines: Lines) -> tuple[Ending, ...]:
    endings: list[Ending] = []
    if not lines.at_end and lines.peek() == _NO_CASE:
        lines.take()
    else:
        endings.append(_ending(lines))
    while not lines.at_end:
        endings.append(_ending(lines))
    return tuple(endings)


def _ending(lines: Lines) -> Ending:
    match = lines.match(_STATE, f"`DPL-2026-0001 is succeeded.` or `{_NO_CASE}`")
    line = lines.number
    log, calendar, history = (lines.after(f"{what}: ") for what in ("Log", "Calendar", "History"))
    while not lines.at_end and lines.peek().startswith("Because: "):
        lines.take()
    return Ending(match[1], match[2], log, calendar, history, line)


def _name(lines: Lines, head: Head, name: str) -> str:
    if name not in head.people and name != "OPS":
        raise lines.wrong(f"{name} is not among `With:` in the head")
    return name


def _moment(lines: Lines, weekday: str, written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written).replace(tzinfo=CLOCK)
    except ValueError:
        raise lines.wrong(f"no such moment: {written}") from None
    if f"{moment:%a}" != weekday:
        raise lines.wrong(f"{written} is a {moment:%a}, not a {weekday}")
    return moment


__all__ = ["CLOCK", "StoryError", "read_story"]
