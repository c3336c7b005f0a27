"""Our own form in a reply: a line that comes back as we had filled it in is not the author's (MSG-6)."""

from collections.abc import Sequence
from dataclasses import fields

from dplmaild.deployment.terms import Deployment, Options, WrittenMoment
from dplmaild.reading.fields import Clock, read_fields
from dplmaild.reading.visible import Block, Line


def without_our_own(blocks: Sequence[Block], filled: Deployment | None, clock: Clock) -> tuple[Block, ...]:
    """What the author wrote, without the lines of a quoted form in which nothing was changed.

    `filled` is what the form said when it went out; None where it was empty.
    """
    if filled is None:
        return tuple(blocks)
    return tuple(block for block in blocks if not (_is_answer(block) and _is_ours(block, filled, clock)))


def _is_answer(block: Block) -> bool:
    return isinstance(block, Line) and block.answer


def _is_ours(block: Block, filled: Deployment, clock: Clock) -> bool:
    read = read_fields((block,), clock)
    return len(read.deployments) == 1 and _repeats(read.deployments[0], filled)


def _repeats(said: Deployment | Options, filled: Deployment | Options) -> bool:
    """Whether everything that is said stands in the form as it was filled in."""
    pairs = ((getattr(said, each.name), getattr(filled, each.name)) for each in fields(said))
    return all(_same(one, other) for one, other in pairs)


def _same(said: object, filled: object) -> bool:
    """The same value; of a long text a quote can hold the beginning only, its lines were wrapped."""
    match said, filled:
        case (None | (), _):
            return True
        case (Options(), Options()):
            return _repeats(said, filled)
        case (WrittenMoment(), WrittenMoment()):
            return said.utc == filled.utc and (said.utc is not None or _plain(said.text) == _plain(filled.text))
        case (str(), str()):
            return _plain(filled).startswith(_plain(said))
        case _:
            return said == filled


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".…").lower()
