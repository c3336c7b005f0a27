"""`settle`: what was put before OPS is done with, by whom and why (MSG-2)."""

import sys
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import Exit, told
from dplmaild.deployment.owed import CommandResult
from dplmaild.desk.settling import refused
from dplmaild.desk.settling import settle as settled_by
from dplmaild.store.settlements import Item, Settlements
from dplmaild.wiring import now

_MOST = 100


@click.command()
@click.argument("message", type=int, required=False)
@click.argument("words", nargs=-1)
@click.option("--as", "address", help="Which engineer acts; the first of OPS's people unless said.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_flag
@click.pass_obj
def settle(
    room: Room, message: int | None, words: tuple[str, ...], address: str | None, dry_run: bool, as_json: bool
) -> None:
    """Settle a message that was put before OPS, with the reason; without a number list what waits."""
    with told():
        if message is None:
            _print_waiting(room, as_json=as_json)
            return
        why = " ".join(words)
        result = _would(room, message, why) if dry_run else _do(room, message, why, address)
    if as_json:
        print_json({"done": result.done, "answer": result.answer, "dry_run": dry_run})
    else:
        click.echo(result.answer)
    sys.exit(Exit.DONE if result.done else Exit.REFUSED)


def _do(room: Room, message: int, why: str, address: str | None) -> CommandResult:
    return settled_by(room.database, room.settings, message, why, room.engineer(address), now())


def _would(room: Room, message: int, why: str) -> CommandResult:
    with room.database.reading() as connection:
        item = Settlements(connection).item(message)
    line = f"settle {message}"
    against = refused(item, why) if item else f"There is no message {message}."
    return CommandResult(line, against is None, against or f"message {message} would be settled")


def _print_waiting(room: Room, *, as_json: bool) -> None:
    with room.database.reading() as connection:
        settlements = Settlements(connection)
        waiting, count = settlements.waiting(_MOST), settlements.count_waiting()
    if as_json:
        print_json({"waiting": [item_json(each) for each in waiting], "left_out": count - len(waiting)})
        return
    if not waiting:
        click.echo("nothing waits for a look")
        return
    table = Table("message", "arrived", "from", "why")
    for each in waiting:
        table.add_row(str(each.message), f"{each.arrived:%Y-%m-%d %H:%M}", each.sender, each.reason)
    Console().print(table)
    if count > len(waiting):
        click.echo(f"and {count - len(waiting)} more")


def item_json(item: Item) -> dict[str, Any]:
    """An item as JSON's own types; with who settled it, when and why where somebody has."""
    by = item.settled
    return {
        "message": item.message,
        "from": item.sender,
        "outcome": item.outcome.value if item.outcome else None,
        "why": item.reason,
        "arrived": item.arrived,
        "reference": item.reference,
        "settled": {"who": by.who, "at": by.at, "why": by.why} if by else None,
    }
