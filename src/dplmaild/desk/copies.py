"""Whether a message says what another one said before (MSG-8)."""

from datetime import timedelta

from dplmaild.deployment.case import Case
from dplmaild.deployment.said import Intent, Kind
from dplmaild.desk.consider import Considered
from dplmaild.desk.hearing import Hearing
from dplmaild.desk.recording import Books
from dplmaild.store.inbox import Same, Stored

AGE = timedelta(days=3)  # how long equal words by the same sender are the same request


def same_words(books: Books, stored: Stored, considered: Considered) -> tuple[int, str | None] | None:
    """An earlier message of the same words by the same sender, whose deployment is still going; with its reference."""
    hearing = considered.hearing
    if not hearing.is_ours or not considered.decisions:
        return None
    message_id = hearing.message.message_id
    found = books.inbox.same_content(hearing.content_key, stored.arrived - AGE, stored.id, message_id)
    if found is None:
        return None
    same_id = found.message_id is not None and found.message_id == message_id
    case = books.cases.load(found.reference) if found.reference else None
    opens = hearing.meaning.kind in {Kind.SCHEDULE_REQUEST, Kind.INSTRUCTIONS}
    whole = opens or is_copy_of_opening(case, found, hearing)
    still_open = case is not None and not case.has_ended
    return (found.id, found.reference) if same_id or (whole and still_open) else None


def is_copy_of_opening(case: Case | None, found: Same, hearing: Hearing) -> bool:
    """Whether the earlier message is the one the case began with: written below its ticket again it is a copy.

    Not where the date was moved since: the first words again may want it back.
    """
    if case is None or hearing.meaning.kind is not Kind.REPLY or case.thread[:1] != (found.message_id,):
        return False
    known, again = case.deployment.when, [d.when for d in hearing.meaning.deployments if d.when is not None]
    unmoved = known is not None and all(when.utc == known.utc for when in again)
    return unmoved and hearing.meaning.intent in {None, Intent.CORRECTION}
