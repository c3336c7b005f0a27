"""From the bytes of one message to who says what about which case. No decision is made here."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from dplmaild.deployment.case import AGREED, RUNNING, Case
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.process.drafts import adoptable
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import effective
from dplmaild.deployment.said import Automatic, Kind, Meaning
from dplmaild.deployment.terms import Deployment, Side, Speaker, State, Trust, Window
from dplmaild.desk.questions import Question, question_of, waits_for
from dplmaild.desk.view import View
from dplmaild.reading import Expecting, Hints, read_parsed
from dplmaild.reading.mime import Message, read_message
from dplmaild.reading.visible import Visible, visible
from dplmaild.settings import Settings
from dplmaild.trust import Roster, vouched

_REFERENCE = re.compile(r"\bDPL-\d{4}-\d{4,6}\b")
_SUBJECT_NOISE = re.compile(r"^(?: ?(?:re|aw|wg|fw|fwd|sv|rv|tr) ?(?:\[\d{1,9}\])? ?:)+|\[[^\]]{1,60}\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Posted:
    """One message as it is handed to the desk. `source` is mail, ticket (vouched for by Zammad) or ticket mail."""

    raw: bytes
    arrived: datetime
    source: str = "mail"
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard: nothing decided yet."""

    posted: Posted
    message: Message
    speaker: Speaker
    meaning: Meaning
    automatic: Automatic | None
    customer: Customer | None
    case: Case | None
    content_key: str
    named: tuple[Window, ...] = ()  # the slots of the letter that is answered
    besides: tuple[Case, ...] = ()  # another one that the subject names, while the thread is of `case`
    question: Question | None = None  # "which one?", which it answers

    @property
    def is_ours(self) -> bool:
        """Whether it is our business, or at least worth OPS's look (MSG-1)."""
        return self.automatic is None and self.meaning.kind not in {Kind.UNRELATED, Kind.AUTO_REPLY}


class Listener:
    """Hears messages with the eyes of one desk's settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._roster = Roster(settings.directory)

    @cached_property
    def _customers(self) -> Mapping[str, Customer]:
        return {c.id: c for c in self._settings.customers}

    def hear(self, posted: Posted, view: View, about: Case | None = None) -> Hearing:
        """Read one message, find out who speaks and which case it belongs to; `about` is the one it surely means."""
        message = read_message(posted.raw)
        speaker = self._speaker(message, posted)
        cases = self._cases(message, posted, speaker, view) if about is None else (about,)
        case = next(iter(cases), None)
        customer = self._customer(message, speaker, case)
        shown = visible(message)
        named = _slots_named(message, case, view)
        hints = self._hints(posted, speaker, customer, case, named)
        meaning = read_parsed(message, shown, hints)
        key = content_key(message, shown.new_text)
        heard = Hearing(posted, message, speaker, meaning, meaning.automatic, customer, case, key, named, cases[1:])
        return _apart(heard if about else self._answering(heard, shown, hints, view), view)

    def _answering(self, heard: Hearing, shown: Visible, hints: Hints, view: View) -> Hearing:
        """The same, read as an answer to "which one?" where it is one and no message of its own."""
        meaning = heard.meaning
        if heard.automatic or meaning.kind in {Kind.COMMAND, Kind.AUTO_REPLY} or meaning.requests or meaning.instructs:
            return heard
        if heard.case is not None and not (heard.case.has_ended or heard.besides or heard.posted.ticket):
            return heard  # its thread is of one deployment that goes on: nothing was asked there
        found = question_of(heard.message, heard.posted.ticket, heard.speaker, view)
        if found is None or (found.nearby and heard.case is not None and heard.case.offers):
            return heard  # beside an offer a number is that of a slot
        customer = self._customers[found.fits[0].customer]
        expected = waits_for(found, customer, self._settings.profile_of(customer))
        read = read_parsed(heard.message, shown, replace(hints, expecting=expected, zone=customer.zone))
        if read.which is None and (found.nearby or found.asked.meant is not None):
            return heard
        return replace(heard, meaning=read, customer=customer, question=found)

    def _speaker(self, message: Message, posted: Posted) -> Speaker:
        address = message.sender.address
        if posted.source == "ticket":
            trust = Trust.OK  # its author logged in to Zammad
        else:
            trust = vouched(message.headers, address, self._settings.desk.authserv_ids)
            unstamped = trust is Trust.UNVERIFIED and message.header("Authentication-Results") is None
            trust = Trust.OK if unstamped and self._settings.desk.believe_unstamped else trust
        if trust is Trust.OK and "from" in message.defects:
            trust = Trust.UNVERIFIED  # a From that two servers can read in two ways: vouched for is only one of them
        return self._roster.speaker(address, trust)

    def _cases(self, message: Message, posted: Posted, speaker: Speaker, view: View) -> tuple[Case, ...]:
        """MSG-4: by our Message-IDs, by the reference in the subject, by the ticket; only cases of their own.

        The first one counts. Two where thread and subject name different ones that both go on.
        """
        named = _REFERENCE.search(message.subject)
        references = (*message.references, *((message.in_reply_to,) if message.in_reply_to else ()))
        of_ticket = view.of_ticket(posted.ticket) if posted.ticket is not None else ()

        def theirs(case: Case | None) -> Case | None:
            return case if case is not None and case.customer in speaker.customers else None

        of_thread = theirs(view.of_thread(references))
        of_subject = of_thread
        if named and (of_thread is None or of_thread.reference != named[0]):
            of_subject = theirs(view.case(named[0]))
        found = [case for case in (of_thread, of_subject, theirs(of_ticket[-1]) if of_ticket else None) if case]
        if of_thread is None or of_subject is None or of_subject is of_thread:
            return tuple(found[:1])
        going = tuple(case for case in (of_thread, of_subject) if not case.has_ended)
        return going or (of_thread,)

    def _customer(self, message: Message, speaker: Speaker, case: Case | None) -> Customer | None:
        if case is not None:
            return self._customers.get(case.customer)
        if len(speaker.customers) == 1:
            return self._customers.get(speaker.customers[0])
        text = f"{message.subject}\n{message.text or ''}"[:20_000].lower()
        named = [c for c in speaker.customers if _names(self._customers[c], text)]
        return self._customers[named[0]] if len(named) == 1 else None

    def _hints(
        self,
        posted: Posted,
        speaker: Speaker,
        customer: Customer | None,
        case: Case | None,
        named: tuple[Window, ...],
    ) -> Hints:
        profile = self._settings.profile_of(customer) if customer else None
        return Hints(
            zone=customer.zone if customer else (profile.zone if profile else "Europe/Berlin"),
            day_first=customer.day_first if customer else None,
            language=customer.language if customer else None,
            received=posted.arrived,
            products=customer.products if customer else (),
            own_addresses=self._settings.desk.own,
            loop_mark=self._settings.desk.instance,
            known_sender=bool(speaker.customers),
            ops=is_ops(speaker),
            expecting=replace(expecting(case, named), filled=_filled(case, customer, profile)),
            components_free=bool(profile and not profile.types_matter),
        )


def _apart(heard: Hearing, view: View) -> Hearing:
    """What is known by its thread, and came by another customer's ticket, is answered by mail alone."""
    known = heard.case is not None or heard.question is not None
    if not known or heard.meaning.kind is Kind.COMMAND or not in_a_foreign_ticket(heard, view):
        return heard
    return replace(heard, posted=replace(heard.posted, ticket=None))


def in_a_foreign_ticket(heard: Hearing, view: View) -> bool:
    """Whether our answer on this ticket would be read by another customer: a mail with its number gets anybody in."""
    if heard.posted.ticket is None or heard.customer is None:
        return False
    cases = view.of_ticket(heard.posted.ticket)
    return bool(cases) and all(case.customer != heard.customer.id for case in cases)


def _slots_named(message: Message, case: Case | None, view: View) -> tuple[Window, ...]:
    """The slots by their numbers in the very letter that is answered: `2` means its second, not that of a newer one."""
    if case is None or message.in_reply_to is None or not (case.offers or case.state in AGREED):
        return ()
    answered = view.letter(case.reference, message.in_reply_to)
    return answered.facts.slots if answered else ()


def expecting(case: Case | None, named: tuple[Window, ...] = ()) -> Expecting:
    """What a thread waits for, so that a bare `2`, `ok` or, for a draft, `yes` can be understood."""
    if case is None:
        return Expecting()
    return Expecting(
        known_reference=True,
        offered=1 if adoptable(case) else len(named) or max((offer.number for offer in case.offers), default=0),
        starts=tuple(slot.start for slot in named) or _starts(case),
        form=case.asked_back or case.state in AGREED,
        agreed=case.state in AGREED,
        answer=case.state is State.INCOMPLETE,
        verdict=case.state in RUNNING and case.state is not State.IN_PROGRESS,
    )


def _filled(case: Case | None, customer: Customer | None, profile: Profile | None) -> Deployment | None:
    """What the form of a draft says, as its letter had filled it in (MSG-10)."""
    if case is None or customer is None or profile is None or not case.drafted:
        return None
    said = case.deployment.merged(case.draft or Deployment())
    counts = effective(said, customer, profile)
    return replace(said, type=counts.type, environment=counts.environment, product=counts.product)


def _starts(case: Case) -> tuple[datetime, ...]:
    """The starts of the offered slots by their numbers; empty once one has lapsed and the numbers have gaps."""
    whole = all(offer.number == place for place, offer in enumerate(case.offers, 1))
    return tuple(offer.slot.start for offer in case.offers) if whole else ()


def content_key(message: Message, new_text: str) -> str:
    """The same words by the same sender give the same key, however they came (MSG-8)."""
    subject = _SUBJECT_NOISE.sub("", " ".join(message.subject.split()))
    words = " ".join(f"{subject} {new_text}".split()).lower()
    return hashlib.sha256(f"{message.sender.address}\n{words}".encode()).hexdigest()


def _names(customer: Customer, text: str) -> bool:
    return customer.name.lower() in text or re.search(rf"\b{re.escape(customer.id)}\b", text) is not None


def is_ops(speaker: Speaker) -> bool:
    """Whether OPS speaks."""
    return speaker.side is Side.OPS
