"""Prose as sentences, each scanned once for everything the vocabulary knows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dplmaild.deployment.said import Place
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.fields.pairs import is_bullet, stripped
from dplmaild.reading.lexicon import Hit, Scan, lexicon
from dplmaild.reading.values import versions_in
from dplmaild.reading.visible import Line

_WRAPPED_FROM = 50  # characters; a shorter line was ended by its author
_MOST = 400
_BEHIND = 8  # words
_OBJECT = 4  # words: `deploy the new SSL certificate`
_TOPIC = 3  # words: `Schulung zum Deployment`
_LONGEST = 1000
_MOST_TEXT = 40_000  # characters of prose in all: nobody writes a request of more
_NUMBERED = re.compile(r"^\s{0,20}\d{1,2}\.\s")
_CLAUSE = re.compile(r"[,;!?]\s|:\s|\s[-–—]\s|[()]")
_END = re.compile(r"(?<=[.!?…])[\s)]+(?=\S)")
# A full stop that ends no sentence: a lone number (1. Dezember) or an abbreviation.
_NO_END = re.compile(
    r"(?:^|[\s(])(?:\d{1,2}|mon|tue|wed|thu|fri|mo|di|mi|do|fr|lun|mar|mié|jue|vie|ca|nr|no|núm|z\.\s?b|bzw|e\.g|i\.e"
    r"|rel|vers?|approx|st|sr|sra|dr|jan|feb|apr|aug|sept?|oct|okt|nov|dec|dez|dic|ene|abr|ago|des|gen|incl|inkl|evtl|ggf|vs)\.$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:^|[\s(])\d{1,2}\.\s?\d{1,2}\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its scan; `question` where it ends with a question mark."""

    scan: Scan
    place: Place
    question: bool = False

    @property
    def text(self) -> str:
        """The words as written."""
        return self.scan.text

    @property
    def asks(self) -> bool:
        """Whether it asks for a deployment, and not about one."""
        return (self.scan.has("instruct") or self.wishes) and not self.idle

    @property
    def wishes(self) -> bool:
        """Whether words of asking stand in it, plainly or as a supposition."""
        asked = self.scan.has("ask") or self.composed or self.repeats
        return asked and not self._of_other_things and not self._is_topic

    @property
    def composed(self) -> bool:
        """Whether a wish and a word of deploying stand together, in words no phrase of ours foresees."""
        scan = self.scan
        asks_to_know = scan.has("query", "promise") or (self.question and scan.has("question_word"))
        return scan.has("want") and scan.has("deploy_thing") and not asks_to_know

    @property
    def _is_topic(self) -> bool:
        """`We'd like to book a training on deployments`: what they gather for, and not what they want done."""
        gathering = self.scan.hits.get("gathering", ())
        things = self.scan.hits.get("deploy_thing", ())
        return bool(things) and all(any(0 < hit.first - one.last <= _TOPIC for one in gathering) for hit in things)

    @property
    def repeats(self) -> bool:
        """Whether it wants the same again, of a release: `same procedure as last time please, but with Rel. 11.0.5`."""
        scan = self.scan
        again = scan.has("again") and scan.has("want") and not scan.has("query", "promise")
        return again and (scan.has("deploy_word") or bool(versions_in(self.text)))

    @property
    def books(self) -> bool:
        """Whether it wants a date kept, without a word of what for: `could you please reserve Tuesday for us?`"""
        scan = self.scan
        return scan.has("book") and scan.has("want") and not scan.has("gathering", "other_thing", "query", "promise")

    @property
    def _of_other_things(self) -> bool:
        """`Please install the certificate on PRD` asks for no release, nor does `please deploy the certificate`."""
        scan = self.scan
        if not scan.has("other_thing") or versions_in(self.text) or scan.of("products.") or scan.of("prose_types."):
            return scan.has("other_thing") and not scan.has("deploy_thing")
        verbs, things = scan.hits.get("deploy_thing", ()), scan.hits["other_thing"]
        return all(any(0 < thing.first - verb.last <= _OBJECT for thing in things) for verb in verbs)

    @property
    def idle(self) -> bool:
        """Whether it speaks of what was, what may be or what others sell: nothing to be read as an order."""
        return self.scan.has("quoting") or self.reports or self.conditional

    @property
    def reports(self) -> bool:
        """Whether it tells of a deployment that was: not `before that please plan a deployment`, nor `after lunch`."""
        inside = [hit for group in ("please", "ask", "polite", "meal") for hit in self.scan.hits.get(group, ())]
        told = self.scan.hits.get("not_ask", ())
        return any(not any(hit.first <= one.first < hit.last for one in inside) for hit in told)

    @property
    def conditional(self) -> bool:
        """Whether it supposes; `sí, nos va bien` does not, though `si nos va bien` does, nor does `if you can`."""
        polite = {hit.first for hit in self.scan.hits.get("polite_if", ())}
        hits = (hit for hit in self.scan.hits.get("conditional", ()) if hit.first not in polite)
        return any(not self.scan.words(hit).casefold().startswith("sí") for hit in hits)

    def negated(self, hit: Hit, reach: int = 3) -> bool:
        """Whether a negation stands within `reach` words before the hit, in the same clause."""
        for other in self.scan.of("negation"):
            if (
                other.group == "negation"
                and 0 < hit.first - other.last <= reach
                and not self._break(other.last, hit.first)
            ):
                return True
        return False

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between commas around a place; what stands inside the place cuts nothing."""
        first, last = 0, len(self.text)
        for match in _CLAUSE.finditer(self.text):
            if match.end() <= start:
                first = match.end()
            elif match.start() >= end:
                last = match.start()
                break
        return first, last

    def says(self, stretch: tuple[int, int], *groups: str) -> bool:
        """Whether a word of these groups begins within a stretch."""
        hits = (hit for group in groups for hit in self.scan.hits.get(group, ()))
        return any(stretch[0] <= self.scan.span(hit)[0] < stretch[1] for hit in hits)

    def not_needed(self, hit: Hit) -> bool:
        """Whether the words behind say that it is not needed: `a rollback is in our view not necessary`."""
        behind = (other for other in self.scan.of("not_needed") if other.group == "not_needed")
        return any(
            other.last > other.first
            and 0 < other.first - hit.last <= _BEHIND
            and not any(mark in self.text[self.scan.span(hit)[1] : self.scan.span(other)[0]] for mark in ",;:")
            for other in behind
        )

    def _break(self, first: int, last: int) -> bool:
        """Whether a comma, a `but` or a `please` stands between two words."""
        between = self.scan.text[self.scan.tokens[first].end : self.scan.tokens[last].start]
        hits = (hit for group in ("contrast", "please") for hit in self.scan.hits.get(group, ()))
        return any(mark in between for mark in ",;:") or any(first < hit.first < last for hit in hits)


def sentences(lines: Sequence[Line]) -> tuple[Sentence, ...]:
    """The sentences of prose lines, wrapped lines joined; bounded in number and length."""
    found: list[Sentence] = []
    room = _MOST_TEXT
    for text, place in _paragraphs(lines):
        for part in _parts(text):
            if len(found) < _MOST and room > 0:
                found.append(sentence(part, place))
                room -= len(found[-1].text)
    return tuple(found)


def sentence(text: str, place: Place) -> Sentence:
    """One sentence from its words."""
    kept = text.strip()[:_LONGEST]
    return Sentence(_with_moves(lexicon().scan(kept)), place, kept.rstrip(" )\"'").endswith("?"))


def _with_moves(scan: Scan) -> Scan:
    """`Auf den 9.12. legen` moves a date, `auf den Server legen` a file: such words count beside a day only."""
    weak = scan.hits.get("reschedule_to", ())
    if not weak or not may_name_a_day(scan.text, by_moving=False):
        return scan
    moves = (*scan.hits.get("reschedule", ()), *(hit._replace(group="reschedule") for hit in weak))
    return scan.with_hits("reschedule", moves)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[str, Place]]:
    text, first, last = "", None, None
    listed = sum(1 for line in lines if _NUMBERED.match(line.text)) > 1
    for line in lines:
        joins = last is not None and line.part == last.part and line.number == last.number + 1
        if (
            joins
            and len(last.text if last else "") >= _WRAPPED_FROM
            and not is_bullet(line.text)
            and len(text) < _LONGEST
        ):
            text = f"{text} {line.text.strip()}"
        else:
            if first:
                yield text, Place(first.part, line=first.number, sure=0.8)
            lone = not listed and _NUMBERED.match(line.text)  # "2. Dezember" is no list of one
            text, first = line.text.strip() if lone else stripped(line.text), line
        last = line
    if first:
        yield text, Place(first.part, line=first.number, sure=0.8)


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether the full stop ends no sentence: `am 8.12. um 10 Uhr`, but `am 8.12. Danke`."""
    dated = _DATED.search(text, start, end.start()) and not text[end.end()].isupper()
    return bool(dated or _NO_END.search(text, start, end.start()))


def _parts(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        if not _goes_on(text, max(start, match.start() - 12), match):
            yield text[start : match.start()]
            start = match.end()
    if text[start:].strip():
        yield text[start:]
