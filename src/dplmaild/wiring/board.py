"""The board beside the daemon, where one is configured; nothing of it is loaded otherwise."""

from collections.abc import Callable
from datetime import datetime

from jinja2 import FileSystemLoader

from dplmaild.board import lacking
from dplmaild.daemon import Daemon, Workplace
from dplmaild.desk import Reception
from dplmaild.log import get_logger
from dplmaild.settings.load import shipped
from dplmaild.settings.model import Board
from dplmaild.writing.letters import Letters

log = get_logger()


def show_board(board: Board, daemon: Daemon, place: Workplace, letters: Letters, now: Callable[[], datetime]) -> None:
    """Let the pages be served in a thread of their own; without its libraries the desk works on, and says so."""
    missing = lacking()
    if missing:
        log.warning("board not shown", why=missing)
        return
    from dplmaild.board.pages import Pages  # noqa: PLC0415 - a room that many desks lack
    from dplmaild.board.record import House  # noqa: PLC0415 - likewise
    from dplmaild.board.server import BoardThread  # noqa: PLC0415 - likewise

    reception: Reception = place.reception
    house = House(
        desk=lambda: reception.desk,
        letters=lambda: reception.letters or letters,
        doors=lambda: [source.health for source in daemon.sources],
        now=now,
    )
    pages = Pages(FileSystemLoader(shipped("templates")))
    daemon.beside(BoardThread(board, place.database.url, house, pages, place.stopping))
