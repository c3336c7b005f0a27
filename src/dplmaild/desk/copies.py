"""Whether the same words in a conversation are a copy of what it began with (MSG-8)."""

from dplmaild.deployment.case import Case
from dplmaild.deployment.said import Intent, Kind
from dplmaild.desk.hearing import Hearing
from dplmaild.store.inbox import Same


def is_copy_of_opening(case: Case | None, found: Same, hearing: Hearing) -> bool:
    """Whether the earlier message is the one the case began with: written below its ticket again it is a copy.

    Not where the date was moved since: the first words again may want it back.
    """
    if case is None or hearing.meaning.kind is not Kind.REPLY or case.thread[:1] != (found.message_id,):
        return False
    known, again = case.deployment.when, [d.when for d in hearing.meaning.deployments if d.when is not None]
    unmoved = known is not None and all(when.utc == known.utc for when in again)
    return unmoved and hearing.meaning.intent in {None, Intent.CORRECTION}
