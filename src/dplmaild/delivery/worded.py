"""What is owed, in words: a mail's bytes, an event of the calendar."""

from dplmaild.delivery.records import event_of, invitation_of
from dplmaild.deployment.owed import CalendarEntry, Letter, LetterKind
from dplmaild.log import get_logger
from dplmaild.settings.model import Desk
from dplmaild.store.debts import Debt
from dplmaild.writing.invitation import Event, invitation_bytes
from dplmaild.writing.letters import Letters, Written, language_of
from dplmaild.writing.message import message_bytes
from dplmaild.writing.phrases import FALLBACK

_CANCELS = frozenset({LetterKind.CANCELLED, LetterKind.TOO_LATE, LetterKind.DECLINED})

log = get_logger()


def written(letters: Letters, letter: Letter) -> Written:
    """The letter in words; a letter of the desk's own that failed is told."""
    words = letters.render(letter)
    if words.not_own:
        log.warning("own letter failed, the shipped one goes out", kind=letter.kind.value, why=words.not_own)
    return words


def mail_of(debt: Debt, letter: Letter, letters: Letters, desk: Desk) -> bytes:
    """The whole message; the same bytes in every attempt, for its Message-ID and date are those of the debt."""
    invitation = None
    if letter.invitation:
        words = letters.event(letter.facts, language_of(letter))
        event = invitation_of(letter, words, desk.address, debt.owed_at, cancelled=letter.kind in _CANCELS)
        invitation = invitation_bytes(event) if event else None
    return message_bytes(
        letter,
        written(letters, letter),
        message_id=debt.message_id or "",
        sender=desk.address,
        sender_name=desk.name,
        reply_to=desk.address,
        date=debt.owed_at,
        loop_mark=desk.instance,
        invitation=invitation,
    )


def event_on_calendar(debt: Debt, entry: CalendarEntry, letters: Letters, desk: Desk) -> Event:
    """The event of OPS's calendar, in OPS's English."""
    return event_of(entry, letters.event(entry.facts, FALLBACK), desk.address, debt.owed_at)
