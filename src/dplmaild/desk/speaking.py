"""Whether a mail is a human's authorised word in its conversation, and no machine's answer to an answer (P12)."""

from datetime import datetime, timedelta

from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.said import Kind, Meaning
from dplmaild.deployment.terms import Trust
from dplmaild.desk.hearing import Hearing
from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import visible
from dplmaild.settings import Settings
from dplmaild.store.inbox import Inbox, Stored

_MAY = frozenset({May.YES, May.FOR_CUSTOMER, May.CONFIRM_BY})
_ACTS = (Act.REQUEST, Act.INSTRUCT, Act.REPORT)
_DAY = timedelta(days=1)
_NOTHING_NEW = frozenset({Kind.UNSURE, Kind.UNRELATED, Kind.AUTO_REPLY})


def speaks_anew(hearing: Hearing, reference: str | None, stored: Stored, inbox: Inbox, settings: Settings) -> bool:
    """Somebody who is believed and has a right to speak here says what is understood, and has not said it lately."""
    if reference is None or not _may_speak(hearing, settings) or not _says_something(hearing.meaning):
        return False
    return _is_new(hearing, reference, stored, inbox)


def _may_speak(hearing: Hearing, settings: Settings) -> bool:
    speaker, customer = hearing.speaker, hearing.customer
    if hearing.automatic is not None or speaker.trust is not Trust.OK or customer is None:
        return False
    contact = customer.contact(speaker.address)
    role = contact.role if contact else speaker.role
    profile = settings.profile_of(customer)
    return any(profile.may_do(role, act) in _MAY for act in _ACTS)


def _says_something(meaning: Meaning) -> bool:
    """Not what is unclear, empty, only thanks, or passed on without a word that adopts it."""
    if meaning.kind in _NOTHING_NEW or meaning.says_nothing or (meaning.forward and not meaning.forward.adopted):
        return False
    said = meaning.intent is not None or meaning.which is not None or bool(meaning.deployments)
    return said or meaning.requests or meaning.instructs


def _is_new(hearing: Hearing, reference: str, stored: Stored, inbox: Inbox) -> bool:
    """Whether the sender said something else in every other mail of the day; numbers do not make a difference.

    A machine answers in the words it always has, with another ticket, counter or date in them.
    """
    since: datetime = stored.arrived - _DAY
    sender = hearing.message.sender.address
    earlier = inbox.said_in(reference, sender, since, stored.id)
    words = _words(hearing.meaning.new_text)
    return bool(words) and all(words != _words(visible(read_message(raw)).new_text) for raw in earlier)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.lower().split() if not any(sign.isdigit() for sign in word))
