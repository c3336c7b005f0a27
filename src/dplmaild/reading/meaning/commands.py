"""OPS lines: a slash and a verb at the start of a newly written line (domain.md section 7)."""

from dplmaild.deployment.said import Command
from dplmaild.reading.visible import Block, Line

# fmt: off
VERBS = frozenset({
    "approve", "propose", "decline", "hold", "resume", "confirm", "abort", "start", "postpone", "delay", "issue",
    "update", "complete", "rollback", "rolledback", "fail", "cancel", "override", "note", "status",
})
# fmt: on
_MOST = 20
_LONGEST = 1000


def commands(blocks: tuple[Block, ...]) -> tuple[Command, ...]:
    """The commands of new lines, in order; a slash anywhere else in a line is text."""
    found = (command(block.text) for block in blocks if isinstance(block, Line) and block.text.startswith("/"))
    return tuple(one for one in found if one)[:_MOST]


def command(text: str) -> Command | None:
    """One line as a command, or None."""
    head, _, rest = text[1:_LONGEST].rstrip().partition(" ")
    return Command(head.lower(), rest.strip()) if head.lower() in VERBS else None
