"""`status` and `digest`: how one deployment, or the whole day, stands. They change nothing."""

import click

from dplmaild.cli.answers import digest_json, print_sections, show, voice
from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import told
from dplmaild.deployment.process import Order
from dplmaild.deployment.said import Command
from dplmaild.deployment.status import Digest
from dplmaild.desk import Desk
from dplmaild.desk.commanding import line_of
from dplmaild.desk.ordering import tried
from dplmaild.desk.view import RecordView
from dplmaild.store.cases import Cases
from dplmaild.store.daybook import Daybook
from dplmaild.wiring import letters_of, now
from dplmaild.writing.digest import digest_in_words, summary_of

_STATUS = Command("status", "")


@click.command()
@click.argument("reference", required=False)
@json_flag
@click.pass_obj
def status(room: Room, reference: str | None, as_json: bool) -> None:
    """How a deployment stands; without a reference how the day stands."""
    if reference is None:
        _print_day(room, as_json=as_json)
        return
    with told():
        order = Order(_STATUS, room.engineer(None), now())
        with room.database.reading() as connection:
            _, _, carried = tried(Cases(connection), Desk(room.settings), reference.upper(), order)
    show(room, carried.told(line_of(_STATUS)), dry_run=True, as_json=as_json)


@click.command()
@json_flag
@click.pass_obj
def digest(room: Room, as_json: bool) -> None:
    """The day: what is due, what is missing, who waits for whom, what went wrong."""
    _print_day(room, as_json=as_json)


def _print_day(room: Room, *, as_json: bool) -> None:
    with told():
        day = _day(room)
    if as_json:
        print_json(digest_json(day) if day else None)
        return
    if day is None:
        click.echo("no customer is configured")
        return
    words = voice(room, day)
    click.echo(f"{words.clock.day(day.today)}: {summary_of(day, words)}")
    print_sections(digest_in_words(day, words))


def _day(room: Room) -> Digest | None:
    desk, letters = Desk(room.settings), letters_of(room.settings)
    with room.database.reading() as connection:
        view = RecordView(Cases(connection), daybook=Daybook(connection))
        return desk.overview.at(view, now(), (), letters)
