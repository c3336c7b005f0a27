"""The OPS verbs: `dplmaild start DPL-2026-0042 ...` is the same call as `/start` in a mail (domain.md section 7)."""

import sys

import click

from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import Exit, told
from dplmaild.deployment.process import VERBS, Order, carry_out
from dplmaild.deployment.said import Command
from dplmaild.desk import Desk, Reception
from dplmaild.desk.reception import UnknownCaseError
from dplmaild.desk.view import RecordView
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
            order = (reference.upper(), Command(verb, " ".join(words)))
            done, answer = _would(room, order, address) if flags["dry_run"] else _do(room, order, address)
        if flags["as_json"]:
            print_json({"done": done, "answer": answer, "dry_run": flags["dry_run"]})
        else:
            click.echo(answer)
        sys.exit(Exit.DONE if done else Exit.REFUSED)

    return act


def _do(room: Room, order: tuple[str, Command], address: str | None) -> tuple[bool, str]:
    """Write it down; the running daemon pays what it owes within its next turn."""
    reference, command = order
    reception = Reception(room.database, Desk(room.settings), "command line")
    return reception.order(reference, command, room.engineer(address), now())


def _would(room: Room, order: tuple[str, Command], address: str | None) -> tuple[bool, str]:
    reference, command = order
    moment, desk = now(), Desk(room.settings)
    with room.database.reading() as connection:
        case = Cases(connection).load(reference)
        if case is None:
            raise UnknownCaseError(f"there is no deployment {reference}")
        customer = room.settings.directory.customer(case.customer)
        ground = desk.grounds.of(customer, (case.deployment,), RecordView(Cases(connection)), moment)
    carried = carry_out(case, Order(command, room.engineer(address), moment), ground)
    return carried.done, carried.answer


COMMANDS = tuple(_command(verb, (what.__doc__ or verb).strip().partition("\n")[0]) for verb, (_, what) in VERBS.items())
