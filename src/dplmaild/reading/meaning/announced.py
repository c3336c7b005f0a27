"""What a mail says of itself: that it is instructions, a start notice, or about a date that was agreed before."""

from zoneinfo import ZoneInfo

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields import Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.meaning.source import SWITCHES, Words

INSTRUCTS = SWITCHES | {
    Field.CURRENT_VERSION,
    Field.CARTRIDGES,
    Field.RELEASE_NOTES,
    Field.DESCRIPTION,
    Field.MAILING_LIST,
    Field.TICKETS,
    Field.RESTARTS,
    Field.DURATION,
    Field.VALIDATED,
    Field.ROLLBACK,
    Field.ARTIFACT,
}  # what only instructions say
_MANY = 3  # labels that only a form of instructions has


def announces(words: Words) -> bool:
    """Whether the mail calls itself instructions, the bare word counting above a form of them, or is a start notice."""
    whole = len(words.read.labelled & INSTRUCTS) >= _MANY
    return any(_names_itself(s, whole=whole) for s in words.asking) or gives_notice(words)


def _names_itself(sentence: Sentence, *, whole: bool) -> bool:
    named = sentence.scan.has("instruct") or (
        whole
        and not sentence.idle
        and any(not sentence.negated(hit) for hit in sentence.scan.hits.get("instructions", ()))
    )
    return named and not sentence.scan.has("promise") and not sentence.question


def gives_notice(words: Words) -> bool:
    """RUN-1 in a team's own words: `today we deploy to PRD`, with tickets or components listed, and no later day."""
    if not words.read.labelled & {Field.TICKETS, Field.COMPONENTS}:
        return False
    said = [s for s in words.own if s.scan.has("notice") and not s.idle and not s.question]
    today = words.clock.said_on.astimezone(ZoneInfo(words.clock.zone)).date()
    days = {moment.day for s in words.own for _, _, moment in spans(s, words.clock)}
    return bool(said) and days <= {None, today}


def wants_a_date(words: Words) -> bool:
    """Whether a sentence beside the instructions asks for a day: `We want to deploy on Tuesday. Instructions below.`"""
    return any(
        s.wishes and not s.idle and not s.scan.has("instruct", "instructions", "notice") and spans(s, words.clock)
        for s in words.asking
    )


def refers_to_agreed(words: Words) -> bool:
    """Whether it speaks of a date that was agreed before."""
    return any(s.scan.has("agreed") and not s.idle for s in words.asking)
