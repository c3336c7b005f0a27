"""What else sentences tell: special activities, duration, restarts, validation, people to inform."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading import values
from dplmaild.reading.fields.prose_taking import entry_of, is_open
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled


def special(usable: Sequence[Sentence], settled: Settled) -> None:
    """`no special activities`, or what is expected: `we expect an ICM upgrade`."""
    said = next((sentence for sentence in usable if sentence.scan.has("no_special")), None)
    if said and is_open(settled, Field.SPECIAL_ACTIVITIES):
        settled.take(Field.SPECIAL_ACTIVITIES, "none", entry_of(Field.SPECIAL_ACTIVITIES, said.text, said))
    _told("special", Field.SPECIAL_ACTIVITIES, usable, settled)


def duration(usable: Sequence[Sentence], settled: Settled) -> None:
    for sentence in usable:
        for hit in sentence.scan.of("duration"):
            length = values.duration(sentence.text[sentence.scan.span(hit)[1] :])
            if hit.group == "duration" and length and is_open(settled, Field.DURATION):
                settled.take(Field.DURATION, length, entry_of(Field.DURATION, sentence.text, sentence))


def restarts(usable: Sequence[Sentence], settled: Settled) -> None:
    said = next((sentence for sentence in usable if sentence.scan.has("restarts") and not sentence.question), None)
    if said and is_open(settled, Field.RESTARTS):
        none = any(
            said.negated(hit, 2) or (hit.first < 1 and said.scan.tokens[0].word == "no")
            for hit in said.scan.of("restarts")
        )
        settled.take(Field.RESTARTS, "none" if none else said.text, entry_of(Field.RESTARTS, said.text, said))


def people(usable: Sequence[Sentence], settled: Settled) -> None:
    """`Please also add oncall@example.com to the mailing list`."""
    for sentence in usable:
        named = values.addresses(sentence.text) if sentence.scan.has("add_people") else ()
        if (
            named
            and (not sentence.question or sentence.scan.has("polite"))
            and not sentence.scan.has("negation", "in_need")
            and is_open(settled, Field.MAILING_LIST)
        ):
            settled.take(Field.MAILING_LIST, named, entry_of(Field.MAILING_LIST, sentence.text, sentence))


def ready(usable: Sequence[Sentence], settled: Settled) -> None:
    """PRE-4 to PRE-6 in their own words: what was validated or the risk accepted, the rollback guide, the artifact."""
    _told("validated", Field.VALIDATED, usable, settled)
    _told("rollback_ready", Field.ROLLBACK, usable, settled)
    _told("artifact", Field.ARTIFACT, usable, settled)


def _told(group: str, field: Field, usable: Sequence[Sentence], settled: Settled) -> None:
    """A sentence that states something is the value itself; a question or a denial states nothing."""
    for sentence in usable:
        said = [hit for hit in sentence.scan.of(group) if hit.group == group and not sentence.negated(hit)]
        if said and not sentence.question and is_open(settled, field):
            settled.take(field, sentence.text, entry_of(field, sentence.text, sentence))
