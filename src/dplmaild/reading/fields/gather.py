"""Lines in order: labels with values that run over several lines, headings that open a block, and prose."""

from dataclasses import dataclass, field, replace

from dplmaild.deployment.said import Place
from dplmaild.deployment.terms import Environment, Field
from dplmaild.reading import values
from dplmaild.reading.fields.drawn import with_drawn_tables
from dplmaild.reading.fields.entries import FREE, LISTS, Entry, Gathered
from dplmaild.reading.fields.labels import Matched
from dplmaild.reading.fields.pairs import (
    Fits,
    Heading,
    Pair,
    asked_for,
    cut_after_sentence,
    cut_before_label,
    heading,
    is_bullet,
    labels_behind,
    pair,
    stripped,
)
from dplmaild.reading.fields.sentences import sentence
from dplmaild.reading.fields.switch_lines import switches_in
from dplmaild.reading.fields.tables import read_table
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.visible import Block, Line, Table

_MOST_ENTRIES = 400
_MOST_LINES = 3000
_LONGEST_VALUE = 8000


@dataclass(slots=True)
class _Open:
    """A label whose value may still grow."""

    pair: Pair
    line: Line
    group: int
    lines: list[str] = field(default_factory=list)
    blank: bool = False
    listed: bool = False  # opened by the heading of a list


def gather(blocks: tuple[Block, ...], fits: Fits) -> Gathered:
    """All labels, values, headings and prose of the blocks."""
    collector = _Collector(Gathered(), fits)
    for block in with_drawn_tables(blocks[:_MOST_LINES]):
        if isinstance(block, Table):
            collector.table(block)
        else:
            collector.line(block)
    collector.close()
    told = {entry.group for entry in collector.found.entries}
    collector.found.prose += [line for group, line in collector.headings.items() if group not in told]
    return collector.found


@dataclass(slots=True)
class _Collector:
    found: Gathered
    fits: Fits
    group: int = 0
    opened: _Open | None = None
    last: int = 0  # the number of the line before
    first_key: str = ""
    outer: Environment | None = None  # the place that a heading above other headings names
    keys: set[str] = field(default_factory=set)
    headings: dict[int, Line] = field(default_factory=dict)  # by group; one that heads nothing is a sentence

    def table(self, table: Table) -> None:
        """A table of labels, or else its cells as lines."""
        self.close()
        if not read_table(table, self.found, self.fits, self.group):
            for row in table.rows:
                for cell in row:
                    for text in cell.split("\n"):
                        self.line(Line(text, table.number, table.part))
            self.close()

    def line(self, line: Line) -> None:
        """One line: blank, a pair, a heading, more of the open value, or prose."""
        if not line.text.strip():
            if self.opened:
                self.opened.blank = True
            return
        if self.opened and line.number > self.last + 1 > 1 and line.part == self.opened.line.part:
            self.opened.blank = True  # blank lines are not handed on, but counted
        self.last = line.number
        if self._takes_as_is(line) or self._guidance(line):
            return
        several = switches_in(line.text)
        found = None if several else pair(line.text, self.fits) or asked_for(line.question, line.text, self.fits)
        for one in several:
            self._open_all(one, line)
        if several:
            return
        if found:
            self._open_all(found, line)
        elif not (self._heading(line) or self._list_heading(line) or self._continue(line)):
            self.close()
            self._prose(line)

    def _open_all(self, found: Pair, line: Line) -> None:
        """A label, and the further ones on the same line (`Type: code, Environment: PRD`)."""
        value, rest = cut_before_label(found.value) if ":" in found.value else (found.value, "")
        value, behind = cut_after_sentence(found.matched.key, value)
        self._open(found._replace(value=value), line)
        if behind:
            self._behind(behind, line)
        further = pair(rest, self.fits) if rest else None
        if further:
            self._open_all(further, line)

    def _behind(self, text: str, line: Line) -> None:
        """What follows a value on its line: `Type: code. Environment: PRD. Please deploy at ten.`"""
        further = pair(text, self.fits)
        if further and further.value and further.matched.sure >= 1.0:
            self._open_all(further, line)
        else:
            self.found.prose.append(replace(line, text=text))

    def _prose(self, line: Line) -> None:
        """A line of sentences; labels that stand behind them are labels."""
        text, labelled = labels_behind(line.text, self.fits)
        if text.strip():
            self.found.prose.append(replace(line, text=text) if labelled else line)
        for one in labelled:
            self._open_all(one, line)

    def _takes_as_is(self, line: Line) -> bool:
        """An empty `Environment:` takes the next line even where it looks like a heading (`PRD`)."""
        opened = self.opened
        if not opened or opened.lines or opened.pair.matched.key not in ("environment", "product", "type"):
            return False
        text = stripped(line.text)
        if not self.fits(opened.pair.matched.key, text) or ":" in text:
            return False
        opened.lines.append(text)
        return True

    def _guidance(self, line: Line) -> bool:
        """`(migration path information and change log): ...` below its label: the guide's own words, then the value."""
        opened, text = self.opened, line.text.strip()
        if not opened or opened.lines or opened.blank or not text.startswith("(") or ")" not in text:
            return False
        rest = text.partition(")")[2].lstrip(" :")
        opened.lines += [rest] if rest else []
        return True

    def _open(self, found: Pair, line: Line) -> None:
        self.close()
        found = _with_its_environment(found)
        group = self._group_of(found)
        self.opened = _Open(found, line, group, [found.value] if found.value else [])
        self.found.vote(found.matched.languages)

    def _group_of(self, found: Pair) -> int:
        """The block's group, one of the label's own environment, or a new one where the first label comes again."""
        key = found.matched.key
        if found.matched.environment:
            return self.found.new_group(found.matched.environment)
        if key == self.first_key and len(self.keys) > 1 and found.value:
            self._start_again()
        self.first_key = self.first_key or key
        self.keys.add(key)
        return self.group

    def _start_again(self) -> None:
        if self.group == 0:
            fresh = self.found.new_group()
            self.found.entries[:] = [
                _moved(entry, fresh) if entry.group == 0 else entry for entry in self.found.entries
            ]
        self.found.groups.append(type(self.found.groups[0])())
        self.group, self.keys = len(self.found.groups) - 1, set()

    def _heading(self, line: Line) -> bool:
        text = stripped(line.text)
        before, colon, after = text.partition(":")
        dated = bool(after.strip()) and self.fits("when", after)
        found = heading(before if colon else text, dated=dated)
        if not found or (after.strip() and not dated):
            return False
        if not after.strip() and self.opened and self.opened.listed:
            return False
        self.close()
        self.group = self.found.new_group(found.environment or self._around(found), found.product)
        self.first_key, self.keys = "", set()
        self.headings.setdefault(self.group, line)
        if after.strip():
            place = Place(line.part, before, line.number, sure=0.9)
            self.found.entries.append(Entry("when", after.strip(), place, self.group))
        return True

    def _around(self, found: Heading) -> Environment | None:
        """`Instructions for PRD:` with nothing of its own, then `ICM` and `PWA`: the place of both."""
        above = self.found.groups[self.group]
        if above.product is None and not any(entry.group == self.group for entry in self.found.entries):
            self.outer = above.environment
        return self.outer if found.product and above.environment is self.outer else None

    def _list_heading(self, line: Line) -> bool:
        """`... de los siguientes tickets:`, `The components to deploy are the following:`."""
        text = line.text.strip()
        if not text.endswith(":") or len(text) > 160:
            return False
        hits = lexicon().scan(text).of("headings.")
        if not hits:
            return False
        self.close()
        key = hits[-1].group.removeprefix("headings.")
        found = Pair(text.rstrip(":"), Matched(key, 0.9, frozenset()), "")
        self.opened = _Open(found, line, self.group, listed=True)
        self.found.prose.append(line)
        return True

    def _continue(self, line: Line) -> bool:
        opened = self.opened
        if not opened or not self._belongs(opened, line):
            return False
        opened.lines.append(stripped(line.text))
        opened.blank = False
        return True

    def _belongs(self, opened: _Open, line: Line) -> bool:
        key, text = opened.pair.matched.key, stripped(line.text)
        bullet = line.bullet or is_bullet(line.text)
        if not bullet and key in FREE and _turns_away(text):
            return False
        if not opened.lines:
            return not opened.blank or key in FREE or (bullet and key in LISTS) or self.fits(key, text)
        if text.startswith(("/", "(")) or (values.is_none_word(opened.lines[0]) and not bullet):
            return False
        if key in FREE:
            return bullet or (not opened.blank and not _looks_like_label(text))
        if key in LISTS:
            more = bullet or opened.lines[-1].rstrip().endswith((",", ";")) or (opened.listed and not opened.blank)
            return more or (key in ("mailing_list", "attendant") and bool(values.addresses(text)) and not opened.blank)
        return False

    def close(self) -> None:
        """The open label gets the lines it has."""
        opened, self.opened = self.opened, None
        if opened and opened.lines and len(self.found.entries) < _MOST_ENTRIES:
            matched, line = opened.pair.matched, opened.line
            place = Place(line.part, opened.pair.label, line.number, sure=matched.sure)
            text = "\n".join(opened.lines)[:_LONGEST_VALUE].strip()
            self.found.entries.append(Entry(matched.key, text, place, opened.group))


def _with_its_environment(found: Pair) -> Pair:
    """`Tested on UAT: yes` says where in its label; that is no deployment of its own."""
    matched = found.matched
    if matched.key != Field.TESTED_ON or matched.environment is None:
        return found
    value = f"{matched.environment}: {found.value}" if values.yes_no(found.value) is not None else found.value
    return found._replace(matched=matched._replace(environment=None), value=value)


def _moved(entry: Entry, group: int) -> Entry:
    return Entry(entry.key, entry.value, entry.place, group)


def _turns_away(text: str) -> bool:
    """Whether a line no longer tells the value of the label above it: it asks, greets or thanks."""
    said = sentence(text, Place(""))
    return said.asks or said.scan.has("promise") or bool(said.scan.tokens and said.scan.of("thanks"))


def _looks_like_label(text: str) -> bool:
    head, colon, _ = text.partition(":")
    return bool(colon) and len(head) <= 40 and len(head.split()) <= 5 and "/" not in head
