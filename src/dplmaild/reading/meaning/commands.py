"""OPS lines: a slash and a verb at the start of a newly written line (domain.md section 7)."""

import re

from dplmaild.deployment.said import VERBS, Command, nearest_verb
from dplmaild.reading.visible import Block, Line

_MOST = 20
_LONGEST = 1000
_WORD = re.compile(r"/([A-Za-z]{2,20})[.:,;!]?(?!\S)")


def commands(blocks: tuple[Block, ...], *, ops: bool = False) -> tuple[Command, ...]:
    """The commands of new lines, in order; a slash anywhere else in a line is text.

    In a mail of OPS a verb that is hardly a known one, or stands beside known ones, is a command as well: it is told
    to be none, and never passed over in silence.
    """
    lines = [block.text for block in blocks if isinstance(block, Line) and block.text.startswith("/")]
    found = tuple(one for text in lines if (one := command(text)))
    known = [one for one in found if one.verb in VERBS]
    if ops and (known or any(nearest_verb(one.verb) for one in found)):
        return found[:_MOST]
    return tuple(known)[:_MOST]


def command(text: str) -> Command | None:
    """One line as a command, known or not; None where no word follows the slash: `/var/log` is a path."""
    match = _WORD.match(text[:_LONGEST])
    return Command(match[1].lower(), text[match.end() : _LONGEST].strip()) if match else None
