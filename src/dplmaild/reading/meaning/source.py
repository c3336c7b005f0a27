"""Whose words are read: the author's own, an adopted forward, an attachment that holds a form."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from dplmaild.deployment.said import Forward, Found, Place
from dplmaild.deployment.terms import Deployment, Field
from dplmaild.reading.attachments import blocks_of, is_release_notes
from dplmaild.reading.fields import Clock, FieldsRead, Sentence, read_fields, sentence
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.language import elected, votes
from dplmaild.reading.meaning.ours import without_our_own
from dplmaild.reading.mime import Attachment, Message
from dplmaild.reading.visible import Block, Forwarded, Line, Visible, bare_subject, is_reply

_MOST_ATTACHMENTS = 10
_MOST_COSTLY = 2
_GLANCE = 2_000  # characters
_CLOCKS_APART = timedelta(days=2)  # a Date further than this from the arrival is a wrong clock
SWITCHES = frozenset({Field.DEPLOY_APP_TIER, Field.DEPLOY_WEB_TIER, Field.INVALIDATE_PAGE_CACHE, Field.DB_MIGRATE})
STRONG = SWITCHES | {Field.TYPE, Field.SPECIAL_ACTIVITIES, Field.CURRENT_VERSION, Field.TARGET_VERSION}


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says in the words that count."""

    read: FieldsRead
    own: tuple[Sentence, ...]  # the author's own sentences
    asking: tuple[Sentence, ...]  # all sentences that may ask: own, subject, forwarded
    forward: Forward | None
    source: str
    language: str
    clock: Clock
    ballot: Counter[str]
    answers: bool = False  # words typed into a quoted form


def words_of(message: Message, seen: Visible, hints: Hints, *, answers: bool) -> Words:
    """Read the author's words, then what they pass on, then what they attach.

    What `answers` a letter of ours is read closely, and so is what introduces a forward: there a bare date counts.
    """
    forwarded = seen.forwarded
    subject = bare_subject(message.subject)
    ballot = votes(f"{seen.new_text} {subject} {forwarded.text[:4000] if forwarded else ''}")
    language = elected(ballot, hints.language)
    clock = Clock(_said_on(message, hints), hints.zone, hints.day_first, language)
    extra = (sentence(subject, Place("subject", sure=0.7)),) if subject and not is_reply(message.subject) else ()
    passed_on = _forwarded_fields(forwarded, clock)
    files = _forms(_worth_opening(message, seen, subject, answers=answers), clock)
    skim = not (answers or forwarded)
    new = without_our_own(seen.new, hints.expecting.filled, clock)
    own = read_fields((*new, *files), clock, () if passed_on else extra, skim=skim)
    read = _with_release_notes(message, _overlaid(passed_on, own) if passed_on and passed_on.fields else own)
    adopted = any(s.scan.has("adopt", "ask") and not s.idle and not s.question for s in own.sentences)
    forward = Forward(forwarded.sender, forwarded.date, forwarded.subject, adopted) if forwarded else None
    return Words(
        read=read,
        own=own.sentences,
        asking=(*own.sentences, *extra, *(passed_on.sentences if passed_on else ())),
        forward=forward,
        source=_source(read),
        language=language,
        clock=clock,
        ballot=ballot + (read.votes or Counter()),
        answers=any(isinstance(block, Line) and block.answer for block in new),
    )


def _overlaid(passed_on: FieldsRead, own: FieldsRead) -> FieldsRead:
    """What was passed on, the forwarder's own words winning field by field; of several deployments only one side."""
    if not own.fields:
        return passed_on
    if len(own.deployments) != 1 or len(passed_on.deployments) != 1:
        return own if own.deployments else passed_on
    newer = own.fields
    return FieldsRead(
        deployments=(passed_on.deployments[0].merged(own.deployments[0]),),
        found=(*own.found, *(found for found in passed_on.found if found.field not in newer)),
        questions=(*own.questions, *(question for question in passed_on.questions if question.field not in newer)),
        asap=own.asap or (passed_on.asap and Field.WHEN not in newer),
        labelled=own.labelled | passed_on.labelled,
        sentences=own.sentences,
        votes=(own.votes or Counter()) + (passed_on.votes or Counter()),
        copied=own.copied or passed_on.copied,
    )


def _said_on(message: Message, hints: Hints) -> datetime:
    """Relative words count from the mail's own date, unless its clock is plainly wrong."""
    if message.date and abs(message.date - hints.received) <= _CLOCKS_APART:
        return message.date
    return hints.received


def _forward_date(forwarded: Forwarded | None, clock: Clock) -> datetime:
    """`Tomorrow` in a forwarded mail counts from that mail's date."""
    text = forwarded.date if forwarded else None
    if not text:
        return clock.said_on
    try:
        stated = parsedate_to_datetime(text)
        return stated if stated.utcoffset() is not None else stated.replace(tzinfo=clock.said_on.tzinfo)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = clock.read(text)
        return moment.utc if moment and moment.utc else clock.said_on


def _forwarded_fields(forwarded: Forwarded | None, clock: Clock) -> FieldsRead | None:
    if not forwarded:
        return None
    extra = (sentence(bare_subject(forwarded.subject or ""), Place("subject", sure=0.7)),)
    return read_fields(forwarded.blocks, replace(clock, said_on=_forward_date(forwarded, clock)), extra)


def _worth_opening(message: Message, seen: Visible, subject: str, *, answers: bool) -> list[Attachment]:
    """The first files; of PDF, which cost a process each, two, and only where the mail is about a deployment."""
    files = [each for each in message.attachments[:_MOST_ATTACHMENTS] if not each.inline]
    costly = [each for each in files if each.name.lower().endswith(".pdf")]
    about = answers or (
        bool(costly) and lexicon().scan(f"{subject}. {seen.new_text[:_GLANCE]}").has("deploy_word", "deploy_thing")
    )
    left_out = costly[_MOST_COSTLY:] if about else costly
    return [each for each in files if each not in left_out]


def _forms(attachments: Sequence[Attachment], clock: Clock) -> tuple[Block, ...]:
    """The blocks of attachments in which at least two of a deployment's own labels stand."""
    found: list[Block] = []
    for attachment in attachments:
        if is_release_notes(attachment):
            continue
        blocks = blocks_of(attachment)
        if blocks and len(read_fields(blocks, clock).labelled & (STRONG | {Field.WHEN, Field.ENVIRONMENT})) >= 2:
            found += [Line("", 0, f"attachment:{attachment.name}"), *blocks]
    return tuple(found)


def _with_release_notes(message: Message, read: FieldsRead) -> FieldsRead:
    """A file named release notes is the release notes, where the mail says nothing else of them."""
    notes = next((a for a in message.attachments if not a.inline and is_release_notes(a)), None)
    if not notes or not read.deployments or any(not _refers_to_attachment(one) for one in read.deployments):
        return read
    place = Place(f"attachment:{notes.name}", sure=0.9)
    found = tuple(Found(Field.RELEASE_NOTES, notes.name, place, i) for i in range(len(read.deployments)))
    deployments = tuple(replace(one, release_notes=notes.name) for one in read.deployments)
    return replace(read, deployments=deployments, found=(*read.found, *found))


def _refers_to_attachment(one: Deployment) -> bool:
    """Whether nothing is said of release notes, or only that they are attached."""
    said = one.release_notes
    return said is None or lexicon().in_list("reference", said)


def _source(read: FieldsRead) -> str:
    parts: Sequence[str] = [found.place.part for found in read.found if found.field is not Field.RELEASE_NOTES]
    attached = [part for part in parts if part.startswith("attachment:")]
    return "attachment" if len(attached) * 2 > len(parts) else "body"
