"""The OPS verbs: `dplmaild start DPL-2026-0042 ...` is the same call as `/start` in a mail (domain.md section 7)."""

import click

from dplmaild.cli.answers import show
from dplmaild.cli.context import Room, json_flag
from dplmaild.cli.errors import told
from dplmaild.deployment.owed import CommandResult
from dplmaild.deployment.process import VERBS, Order
from dplmaild.deployment.said import Command
from dplmaild.desk import Desk, Reception
from dplmaild.desk.commanding import line_of
from dplmaild.desk.ordering import tried
from dplmaild.store.cases import Cases
from dplmaild.wiring import now


def _command(verb: str, help_text: str) -> click.Command:
    @click.command(verb, help=help_text)
    @click.argument("reference")
    @click.argument("words", nargs=-1)
    @click.option("--as", "address", help="Which engineer acts; the first of OPS's people unless said.")
    @click.option("--dry-run", is_flag=True, help="Only say what would be done.")
    @json_flag
    @click.pass_obj
    def act(room: Room, /, reference: str, words: tuple[str, ...], address: str | None, **flags: bool) -> None:
        with told():
            command = Command(verb, " ".join(words))
            result = (_would if flags["dry_run"] else _do)(room, reference.upper(), command, address)
        show(room, result, dry_run=flags["dry_run"], as_json=flags["as_json"])

    return act


def _do(room: Room, reference: str, command: Command, address: str | None) -> CommandResult:
    """Write it down; the running daemon pays what it owes within its next turn."""
    reception = Reception(room.database, Desk(room.settings), "command line")
    return reception.order(reference, command, room.engineer(address), now())


def _would(room: Room, reference: str, command: Command, address: str | None) -> CommandResult:
    order = Order(command, room.engineer(address), now())
    with room.database.reading() as connection:
        _, _, carried = tried(Cases(connection), Desk(room.settings), reference, order)
    return carried.told(line_of(command))


_READING = "status"  # it changes nothing and has a command of its own
COMMANDS = tuple(
    _command(verb, (known.does.__doc__ or verb).strip().partition("\n")[0])
    for verb, known in VERBS.items()
    if verb != _READING
)
