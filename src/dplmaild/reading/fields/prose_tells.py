"""What else sentences tell: switches, special activities, duration, restarts, validation, people to inform."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading import values
from dplmaild.reading.fields.prose_taking import NEAR, entry_of, is_open
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled
from dplmaild.reading.lexicon import SWITCHES, Hit


def switches(sentence: Sentence, settled: Settled) -> None:
    """`no DBMigrate`, `DeployWebTier is not needed`, `with page cache invalidation`."""
    scan = sentence.scan
    for key in SWITCHES:
        for hit in scan.of(f"switch.{key}"):
            answer = _switched(sentence, hit)
            if answer is not None and is_open(settled, Field(key)):
                settled.take(Field(key), answer, entry_of(Field(key), sentence.text, sentence))


def _switched(sentence: Sentence, hit: Hit) -> bool | None:
    scan = sentence.scan
    after = {
        g: [o for o in scan.of(g) if o.group == g and 0 < o.first - hit.last <= NEAR] for g in ("not_needed", "needed")
    }
    before = {
        g: [o for o in scan.of(g) if o.group == g and 0 < hit.first - o.last <= 2] for g in ("without", "with_word")
    }
    if sentence.question or scan.has("unclear"):
        return None
    needed = [hit for hit in after["needed"] if not any(hit.first >= no.first for no in after["not_needed"])]
    if after["not_needed"] and needed:  # "AppTier/WebTier: yes/no"
        return None
    if after["not_needed"] or before["without"]:
        return False
    return True if after["needed"] or before["with_word"] else None


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
            and not sentence.question
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
