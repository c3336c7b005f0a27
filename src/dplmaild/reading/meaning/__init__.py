"""Words to meaning: what one message says, with where every value was found and why it was taken so."""

from collections.abc import Sequence
from dataclasses import replace

from dplmaild.deployment.said import Automatic, Intent, Kind, Meaning, Place
from dplmaild.deployment.terms import Deployment, Field
from dplmaild.reading.automatic import automatic, is_commented, method_of, returned, speaks_of_absence
from dplmaild.reading.fields import sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.meaning.bare import with_bare_answers
from dplmaild.reading.meaning.commands import commands
from dplmaild.reading.meaning.components import with_components
from dplmaild.reading.meaning.hints import Candidate, Expecting, Hints
from dplmaild.reading.meaning.intents import settled_intent, wishes
from dplmaild.reading.meaning.kinds import judge, without_bare_days
from dplmaild.reading.meaning.language import elected
from dplmaild.reading.meaning.nothing import says_nothing
from dplmaild.reading.meaning.reference import reference_in
from dplmaild.reading.meaning.replies import Answered, answered
from dplmaild.reading.meaning.source import Words, words_of
from dplmaild.reading.meaning.which import which_one
from dplmaild.reading.mime import Message, read_message
from dplmaild.reading.visible import Visible, bare_subject, visible

__all__ = ["Candidate", "Expecting", "Hints", "read", "read_parsed"]

_LONGEST_NOTES = 2000
_ARMOUR = "-----BEGIN PGP MESSAGE-----"


def read(raw: bytes, hints: Hints) -> Meaning:
    """What a mail says. Never raises: what even breaks the reader is UNSURE, with the error's name in `why`."""
    try:
        message = read_message(raw)
        return read_parsed(message, visible(message), hints)
    except Exception as error:  # a reader's bug costs a look by OPS, never the mail (P13)
        return Meaning(Kind.UNSURE, why=(f"the reader failed: {type(error).__name__}",))


def read_parsed(message: Message, seen: Visible, hints: Hints) -> Meaning:
    """What a parsed mail says."""
    reference = reference_in(message.subject, seen.new_text, seen.quoted_text)
    base = Meaning(
        Kind.UNRELATED,
        new_text=seen.new_text,
        refers_to=reference,
        something_hidden=seen.hidden,
        language=hints.language or "en",
    )
    orders = commands(seen.new, ops=hints.ops)
    known = hints.known_sender and not orders  # a group may bring what a person says, but no command
    machine = automatic(message, seen, hints.own_addresses, hints.loop_mark, known_sender=known)
    ours = bool(reference) or hints.expecting.known_reference
    if machine is Automatic.CALENDAR_REPLY and ours and is_commented(seen):
        return replace(base, kind=Kind.UNSURE, why=("a person's words beside a calendar's answer",))
    if machine:
        back = returned(message) if machine is Automatic.BOUNCE else None
        why = (f"sent by a machine: {machine}",)
        return replace(base, kind=Kind.AUTO_REPLY, automatic=machine, returned=back, why=why)
    if _is_sealed(message, seen):
        return _sealed(base, message, hints)
    words = words_of(message, seen, hints, answers=ours)
    base = replace(base, language=elected(words.ballot, hints.language), forward=words.forward)
    if orders:
        return replace(base, kind=Kind.COMMAND, commands=orders, why=("lines that start with a slash",))
    number = which_one(words, hints) if hints.expecting.which else None
    if ours and not words.forward:
        return replace(_reply(base, words, message, hints), which=number)
    return _opening(base, words, message, hints)


def _is_sealed(message: Message, seen: Visible) -> bool:
    """Whether all words are hidden from us; own words beside a sealed part are read."""
    words = seen.new_text.strip()
    return message.unreadable is not None and (not words or words.startswith(_ARMOUR))


def _sealed(base: Meaning, message: Message, hints: Hints) -> Meaning:
    """No words to read: ours by its thread or reference, or where the subject alone asks for a deployment."""
    asks = sentence(bare_subject(message.subject), Place("subject")).asks
    ours = bool(base.refers_to) or hints.expecting.known_reference or asks
    why = (f"cannot be read: {message.unreadable}",)
    kind = Kind.UNSURE if ours else Kind.UNRELATED
    return replace(base, kind=kind, unreadable=message.unreadable, language=hints.language or "en", why=why)


def _reply(base: Meaning, words: Words, message: Message, hints: Hints) -> Meaning:
    words = with_bare_answers(words, base.new_text, hints)
    answer = answered(words, hints)
    if _may_be_a_meetings(message, answer, words):
        return replace(base, kind=Kind.UNSURE, why=("an invitation: its time may be that of a meeting",))
    if _is_a_bare_date(answer, words) and speaks_of_absence(base.new_text) and not _wanted_apart(words):
        return replace(base, kind=Kind.UNSURE, why=("a date in words of an absence: it may be that of the return",))
    filled = _with_fields(base, words, message, hints) if answer.keeps_fields else _naming(base, words, answer)
    return replace(
        filled,
        kind=answer.kind,
        intent=answer.intent,
        choice=answer.choice,
        requests=answer.requests,
        instructs=answer.instructs,
        questions=(*filled.questions, *answer.questions),
        says_nothing=answer.intent is None and not answer.keeps_fields and says_nothing(base.new_text, hints.expecting),
        notes=base.new_text.strip()[:_LONGEST_NOTES],
        why=(answer.why,),
    )


def _naming(base: Meaning, words: Words, answer: Answered) -> Meaning:
    """`We withdraw UAT`, `UAT is fine`: which deployment is meant, and nothing else of it."""
    named = {(one.environment, one.product) for one in words.read.deployments} - {(None, None)}
    if answer.intent not in (Intent.WITHDRAWAL, Intent.SUCCESS_CONFIRMED) or len(named) != 1:
        return base
    environment, product = named.pop()
    return replace(base, deployments=(Deployment(environment=environment, product=product),))


def _may_be_a_meetings(message: Message, answer: Answered, words: Words) -> bool:
    """Whether a date in a thread of ours may be one that a calendar program wrote, or a meeting is called off."""
    method = method_of(message)
    dated = Field.WHEN in words.read.fields or (answer.choice is not None and answer.choice.when is not None)
    return method == "cancel" or (method is not None and dated)


def _is_a_bare_date(answer: Answered, words: Words) -> bool:
    """Whether an answer is a date and nothing else: no number of a slot, no label."""
    if answer.intent is Intent.ACCEPT_SLOT:
        return answer.choice is not None and answer.choice.when is not None
    return answer.intent is Intent.CORRECTION and words.read.fields <= {Field.WHEN} and not words.read.labelled


def _wanted_apart(words: Words) -> bool:
    """`I am away this week. Tuesday works for us`: a sentence of its own wants the date."""
    wishes = (s for s in words.own if s.scan.has("want", "polite", "accept") and spans(s, words.clock))
    return any(not speaks_of_absence(sentence.text) for sentence in wishes)


def _opening(base: Meaning, words: Words, message: Message, hints: Hints) -> Meaning:
    """A mail without a case: a request, instructions, something about a deployment we do not know, or not ours."""
    judged = judge(words, hints)
    stray = _stray_intent(words)
    if stray is Intent.WITHDRAWAL and _asks_besides(words):
        stray = None
        if not _only_restricts(words):
            judged = judged._replace(kind=Kind.UNSURE, why=("withdraws a deployment and asks for one",))
    if stray and (judged.kind is Kind.UNRELATED or stray is Intent.WITHDRAWAL):
        filled = _with_fields(base, words, message, hints)
        why = ("speaks of a deployment of ours without a reference",)
        return replace(filled, kind=Kind.REPLY, intent=stray, notes=base.new_text.strip()[:_LONGEST_NOTES], why=why)
    if judged.kind is Kind.UNRELATED:
        return replace(base, forward=None, why=judged.why)
    filled = _with_fields(base, words, message, hints)
    if judged.kind is Kind.INSTRUCTIONS and Field.WHEN not in words.read.labelled:
        filled = replace(filled, questions=without_bare_days(filled.questions))
    return replace(filled, kind=judged.kind, requests=judged.requests, instructs=judged.instructs, why=judged.why)


def _stray_intent(words: Words) -> Intent | None:
    """A withdrawal or change of date that itself names a deployment and a field, in a mail without our reference."""
    if not words.read.fields & {Field.WHEN, Field.TARGET_VERSION, Field.ENVIRONMENT, Field.TYPE, Field.PRODUCT}:
        return None
    said = wishes([s for s in words.own if s.scan.has("deploy_word") and not s.scan.has("strong_not_ask")])
    intent = settled_intent(said)
    return intent if intent in (Intent.WITHDRAWAL, Intent.RESCHEDULE) and not said.supposed else None


def _asks_besides(words: Words) -> bool:
    """Whether another sentence asks for a deployment, plainly."""
    return any(s.asks and not s.question and not s.scan.has("withdraw", "reschedule") for s in words.own)


def _only_restricts(words: Words) -> bool:
    """`Please don't deploy on Friday` beside a request only says which day is not meant."""
    return all(s.scan.has("dont_deploy") for s in words.own if s.scan.has("withdraw"))


def _with_fields(base: Meaning, words: Words, message: Message, hints: Hints) -> Meaning:
    read_ = with_components(words.read, words.own) if hints.components_free else words.read
    deployments = read_.deployments
    return replace(
        base,
        deployments=deployments or ((Deployment(),) if read_.asap else ()),
        questions=read_.questions,
        found=read_.found,
        asap=read_.asap,
        source=words.source,
        mailing_list=_mailing_list(deployments, message, hints),
    )


def _mailing_list(deployments: Sequence[Deployment], message: Message, hints: Hints) -> tuple[str, ...]:
    """INST-9: the field, then To and Cc; our own addresses are not on it."""
    named = [address for one in deployments for address in one.mailing_list]
    copied = [mailbox.address for mailbox in (*message.to, *message.cc)]
    own = {address.lower() for address in hints.own_addresses}
    return tuple(dict.fromkeys(a for a in (*named, *copied) if a and a.lower() not in own))
