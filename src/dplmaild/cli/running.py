"""`run`: the daemon, with a live table on a terminal and one-line JSON logs elsewhere."""

import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from dplmaild.cli.context import Room
from dplmaild.cli.errors import told
from dplmaild.cli.quiet import Quiet
from dplmaild.daemon.loop import Watching
from dplmaild.log import get_logger, into
from dplmaild.settings import ConfigurationError, Settings, load
from dplmaild.wiring import House, build, filled, letters_of, speak
from dplmaild.writing.letters import Letters

_LOG = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
log = get_logger()


@click.command()
@click.option("--live/--no-live", default=None, help="Show a live table; on by default on a terminal.")
@click.pass_obj
def run(room: Room, live: bool | None) -> None:
    """Run the daemon until Ctrl-C or SIGTERM; SIGHUP reads the configuration again."""
    table = _live_table() if (live if live is not None else sys.stdout.isatty()) else Quiet()
    start_logging(table.log_path(room.path))
    with told():
        house = build(room.settings, Watching(table.answered, table.paid))
        house.warm_up()
        tell_problems(house.letters, room.settings)
        daemon = house.daemon
        daemon.on_reload(lambda: reload(house, room.path))

        def stop(_number: int, _frame: FrameType | None) -> None:
            daemon.stop()

        def again(_number: int, _frame: FrameType | None) -> None:
            daemon.want_reload()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        signal.signal(signal.SIGHUP, again)
        with table:
            log.info("started", config=str(room.path), customers=len(room.settings.customers))
            house.following.look_again()
            daemon.run()
        house.close()
        log.info("stopped")


def _live_table() -> Quiet:
    from dplmaild.cli.live import LiveTable  # noqa: PLC0415 - 3 MB that only a terminal needs

    return LiveTable()


def reload(house: House, path: Path) -> None:
    """Go on by the new configuration when it is good; keep the old one otherwise. Doors need a restart."""
    try:
        settings = filled(load(path))
    except ConfigurationError as error:
        log.warning("configuration refused, the old one stays in force", problems=[str(p) for p in error.problems])
        return
    with house.place.lock:  # nobody reads meanwhile
        speak(settings)
    letters = letters_of(settings)
    letters.load()
    tell_problems(letters, settings)
    house.warm_up()
    house.following.follow(settings, letters)
    log.info("configuration read again", customers=len(settings.customers))


def tell_problems(letters: Letters, settings: Settings) -> None:
    """Name what is wrong with the desk's own letters; what ships stands in for it, so the daemon goes on."""
    if settings.letters_folder is not None:
        from dplmaild.cli.own_letters import problems_of  # noqa: PLC0415 - samples that few desks need

        for problem in problems_of(letters, settings):
            log.warning("own letter refused, the shipped one stands in", problem=str(problem))


def start_logging(path: Path | None) -> None:
    """One JSON line per event, on standard error or into a file where a table has the screen (style 22)."""
    stream = os.fdopen(os.open(path, _LOG, 0o640), "a", encoding="utf-8") if path else sys.stderr
    logging.basicConfig(level=logging.WARNING, stream=stream, format="%(message)s")
    into(stream)
