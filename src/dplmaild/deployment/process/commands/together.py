"""Several commands in one message: two changes of state in the same transaction are one letter (SEE-7)."""

from collections.abc import Sequence
from dataclasses import replace

from dplmaild.deployment.owed import Letter, LetterKind, OnTicket, Owed

# The letters that tell a state; a delay, a problem or news beside them keeps a letter of its own (RUN-2).
_OF_A_STATE = frozenset(
    {LetterKind.OFFERED, LetterKind.CONFIRMED, LetterKind.CONFIRMED_AND_BINDING, LetterKind.CHANGED}
    | {LetterKind.STARTED, LetterKind.COMPLETED, LetterKind.SUCCEEDED, LetterKind.ROLLING_BACK, LetterKind.ROLLED_BACK}
    | {LetterKind.FAILED, LetterKind.ABORTED, LetterKind.CANCELLED, LetterKind.DECLINED}
)


def together(owed: Sequence[tuple[Owed, ...]]) -> tuple[Owed, ...]:
    """What commands owe, each command's apart: of the letters about a state the last command's (SEE-14).

    It says the words of the earlier ones as well, and brings the calendar entry where one of them would have.
    """
    telling = [count for count, each in enumerate(owed) if any(_tells(what) for what in each)]
    last, earlier = telling[-1:], telling[:-1]
    dropped = [said for count in earlier for what in owed[count] if (said := _tells(what))]
    kept: list[Owed] = []
    for count, each in enumerate(owed):
        rest = each if count not in earlier else tuple(what for what in each if not _tells(what))
        kept += [_with_words(what, dropped) for what in rest] if count in last else rest
    return tuple(kept)


def _tells(what: Owed) -> Letter | None:
    """The letter about a state that this is."""
    said = what.letter if isinstance(what, OnTicket) else what
    return said if isinstance(said, Letter) and said.kind in _OF_A_STATE else None


def _with_words(what: Owed, dropped: Sequence[Letter]) -> Owed:
    said = _tells(what)
    if said is None or not dropped:
        return what
    words = dict.fromkeys(text for letter in (*dropped, said) if (text := letter.facts.text))
    invites = said.invitation or any(letter.invitation for letter in dropped)
    whole = replace(said, facts=replace(said.facts, text="\n".join(words)), invitation=invites)
    return replace(what, letter=whole) if isinstance(what, OnTicket) else whole
