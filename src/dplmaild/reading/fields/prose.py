"""Fields said in sentences: `please deploy 11.0.3 to PRD next Tuesday at ten, no DBMigrate`."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.prose_moments import moments_said, settle_said_moments
from dplmaild.reading.fields.prose_switches import switches
from dplmaild.reading.fields.prose_taking import asked
from dplmaild.reading.fields.prose_tells import duration, people, ready, restarts, special
from dplmaild.reading.fields.prose_terse import is_telegram
from dplmaild.reading.fields.prose_versions import versions
from dplmaild.reading.fields.prose_what import environments, places_named, products, products_named, tested_on, types
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled

__all__ = ["places_named", "products_named", "read_prose"]


def read_prose(sentences: Sequence[Sentence], settled: Settled, clock: Clock) -> None:
    """Fill in what no label said. Sentences about the past, about others or about what may be are not read."""
    usable = [sentence for sentence in sentences if not sentence.idle]
    asking = [sentence for sentence in usable if sentence.asks or is_telegram(sentence, clock)]
    asking = asking or [sentence for sentence in usable if _wishes_a_day(sentence, clock)] or usable[:1]
    for read in (types, products, environments):
        read(asking, usable, settled)
    versions(asking, usable, settled, clock)
    for tell in (tested_on, special, duration, restarts, people, ready):
        tell(usable, settled)
    for sentence in usable:
        switches(sentence, settled)
    if Field.WHEN.value not in settled.said and not settled.asap and not asked(settled, Field.WHEN):
        wishing = [sentence for sentence in usable if sentence.books or _wishes_a_day(sentence, clock)]
        said = moments_said(asking, clock) or moments_said(wishing, clock) or moments_said(usable, clock)
        if any(one.scan.has("asap") for one in asking) and not any(moment.utc for _, moment in said):
            said = []  # `today, as early as possible`
        settle_said_moments(said, settled)
        _asap(asking, usable, settled)


def _wishes_a_day(sentence: Sentence, clock: Clock) -> bool:
    """`11.6.2 has passed UAT. We'd like it on PRD on 16 December`: the second says what is wanted."""
    return sentence.scan.has("want", "polite", "proposes", "polite_if") and bool(clock.moments_in(sentence.text))


def _asap(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    said = next((sentence for sentence in (*asking, *usable) if sentence.scan.has("asap")), None)
    if said and Field.WHEN.value not in settled.said and not asked(settled, Field.WHEN):
        settled.asap = True
