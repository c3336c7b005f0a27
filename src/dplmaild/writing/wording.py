"""The voice of one letter: its language, its clocks and the sentences it can say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dplmaild.deployment.terms import Fact, Field
from dplmaild.writing.clean import one_line
from dplmaild.writing.moments import Clock, duration_in_words
from dplmaild.writing.phrases import Phrases, Worded

_LIST_LIMIT = 25  # entries of one enumeration; as many as a letter may have recipients


@dataclass(frozen=True, slots=True)
class Wording:
    """Turns single values into words."""

    phrases: Phrases
    clock: Clock

    def say(self, name: str, **worded: object) -> str:
        """One sentence, filled in."""
        return self.phrases.say(name, worded)

    def fill(self, name: str, worded: Worded) -> str:
        """One sentence, filled in from a table of values."""
        return self.phrases.say(name, worded)

    def word(self, group: str, key: str) -> str:
        """A term of the glossary in this language; the term itself where the language has no word for it."""
        name = f"words.{group}.{key}"
        return self.phrases.source(name) if name in self.phrases.names(name) else one_line(key)

    def label(self, field: Field) -> str:
        """How this language calls a field in forms and lists."""
        return self.phrases.source(f"labels.{field.value}")

    def listed(self, values: tuple[str, ...]) -> str:
        """Values one after the other, each harmless; the rest is counted."""
        shown = ", ".join(one_line(value) for value in values[:_LIST_LIMIT])
        return shown if len(values) <= _LIST_LIMIT else f"{shown}, … (+{len(values) - _LIST_LIMIT})"

    def yes_or_no(self, value: bool) -> str:
        """Yes or no."""
        return self.word("answer", "yes" if value else "no")

    def fact(self, value: Fact) -> str:
        """A rule's fact in words; nothing for what is not known."""
        if isinstance(value, tuple):
            return ", ".join(self.fact(each) for each in value[:_LIST_LIMIT])
        if isinstance(value, date | timedelta):
            return self._time(value)
        if isinstance(value, str):
            return self.term(value)
        return "" if value is None else self.yes_or_no(value) if isinstance(value, bool) else str(value)

    def _time(self, value: date | timedelta) -> str:
        if isinstance(value, timedelta):
            return duration_in_words(value)
        if not isinstance(value, datetime):
            return self.clock.day(value)
        return self.clock.moment(value) if value.tzinfo else f"{self.clock.day(value)}, {value:%H:%M}"

    def term(self, value: str) -> str:
        """A text fact: a weekday, a side or a day in ISO form becomes words, anything else stays as it is."""
        if value.lower() in _TERMS:
            return self.word("term", value.lower())
        side, colon, rest = value.partition(": ")
        if colon and side in _SIDES:  # "partner: Labour Day", as a calendar names whose day off it is
            reason = self.word("term", rest.lower()) if rest.lower() in _DAYS else one_line(rest)
            return f"{self.word('term', side)}: {reason}"
        return _iso_day(value, self.clock) or one_line(value)


_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_SIDES = frozenset({"ops", "partner", "customer"})
_TERMS = _DAYS | _SIDES | {"full", "code", "hotfix"}


def _iso_day(value: str, clock: Clock) -> str | None:
    if len(value) != 10 or value[4:5] != "-":
        return None
    try:
        return clock.day(date.fromisoformat(value))
    except ValueError:
        return None
