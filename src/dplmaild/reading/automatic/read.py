"""Which kind of machine sent a mail, if one did; in doubt it was a person, whose mail must not be lost."""

from collections.abc import Callable

from dplmaild.deployment.said import Automatic
from dplmaild.reading.automatic.absence import is_absence_note
from dplmaild.reading.automatic.bounce import is_bounce
from dplmaild.reading.automatic.calendar import is_calendar_reply
from dplmaild.reading.automatic.lists import is_list
from dplmaild.reading.automatic.phrases import said
from dplmaild.reading.automatic.signs import notified_by_service, null_sender, precedence, replied_by_machine, submitted
from dplmaild.reading.mime import Message
from dplmaild.reading.visible import Visible

LOOP_HEADER = "X-Dplmaild-Loop"  # on every letter of ours (SEE-9); its value names the instance


def automatic(
    message: Message,
    seen: Visible,
    own_addresses: frozenset[str] = frozenset(),
    loop_mark: str | None = None,
    *,
    known_sender: bool = False,
) -> Automatic | None:
    """The kind of machine that sent it, or None for a person.

    `own_addresses` are ours in lower case, `loop_mark` is the value of our own loop header; None takes any value.
    `known_sender`: somebody of the directory wrote it.
    """
    first_match: tuple[tuple[Automatic, Callable[[], bool]], ...] = (
        (Automatic.OWN, lambda: _is_own(message, own_addresses, loop_mark)),
        (Automatic.BOUNCE, lambda: is_bounce(message)),
        (Automatic.CALENDAR_REPLY, lambda: is_calendar_reply(message, seen)),
        (Automatic.OUT_OF_OFFICE, lambda: is_absence_note(message, seen)),
        (Automatic.LIST, lambda: is_list(message, own_addresses, known_sender=known_sender)),
        (Automatic.AUTO_GENERATED, lambda: _is_generated(message)),
    )
    return next((kind for kind, is_it in first_match if is_it()), None)


def _is_own(message: Message, own_addresses: frozenset[str], loop_mark: str | None) -> bool:
    marks = {mark.strip() for mark in message.all(LOOP_HEADER)}
    looped = bool(marks) if loop_mark is None else loop_mark in marks
    return looped or message.sender.address in own_addresses - {""}


def _is_generated(message: Message) -> bool:
    if submitted(message) not in ("", "no") or replied_by_machine(message) or notified_by_service(message):
        return True
    if message.children and said(message.subject).has("complaint"):
        return True  # a provider's complaint of abuse, with the mail it is about (what came before RFC 5965)
    return precedence(message) in ("bulk", "junk") or null_sender(message) or message.content_type == "multipart/report"
