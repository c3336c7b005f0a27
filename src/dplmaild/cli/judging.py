"""`explain`: what would be decided about a mail, with nothing sent or written (SEE-11)."""

import mailbox
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import click

from dplmaild.cli.context import Room, json_flag, language_option, print_json
from dplmaild.cli.errors import told
from dplmaild.cli.table import print_findings
from dplmaild.deployment.owed import Letter
from dplmaild.desk import Desk, Posted
from dplmaild.desk.explained import Voice, explained
from dplmaild.desk.rehearsal import Rehearsal
from dplmaild.desk.saying import saying
from dplmaild.desk.view import NothingOnRecord
from dplmaild.reading.mime import read_message
from dplmaild.settings import Settings
from dplmaild.wiring import letters_of
from dplmaild.writing.phrases import FALLBACK

_HEADER_END = re.compile(rb"\r?\n\r?\n")


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment with a zone (SEE-10)."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware moment; a usage error says what is wrong with it."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 moment (2026-11-23T09:00:00+01:00)", param, ctx)
        if moment.utcoffset() is None:
            self.fail(f"{value!r} has no zone: write 2026-11-23T09:00:00+01:00 or end it with Z", param, ctx)
        return moment


@click.command()
@click.argument("mail", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--received", type=Moment(), help="When it arrived; else its top Received header, else the file's time.")
@language_option
@json_flag
@click.pass_obj
def explain(room: Room, mail: Path, received: datetime | None, language: str, as_json: bool) -> None:
    """Read one mail and print the reading, the rules, the decision and the letters."""
    with told():
        judge = Judge(room.settings, language=language)
        answer = judge(mail.read_bytes(), str(mail), received, mail.stat().st_mtime)
    if as_json:
        print_json(answer)
    else:
        print_findings(answer)


class Judge:
    """The desk with nothing on record, or with a record that only lives while it judges."""

    def __init__(self, settings: Settings, *, stateful: bool = False, language: str = FALLBACK) -> None:
        self._desk = Desk(settings)
        self._letters = letters_of(settings)
        self._settings = settings
        self._language = language
        self._rehearsal = Rehearsal() if stateful else None

    def __call__(self, raw: bytes, path: str, received: datetime | None, changed: float) -> dict[str, Any]:
        """The explained answer to one mail."""
        arrived = received or arrival_of(raw, None, changed)
        view = self._rehearsal or NothingOnRecord()
        considered = self._desk.consider(Posted(raw, arrived), view, arrived)
        if self._rehearsal is not None:
            self._rehearsal.remember(considered)
        said = saying(self._letters, self._settings, considered.hearing.customer, self._language)
        return explained(considered, path, Voice(self._worded, said))

    def _worded(self, letter: Letter) -> tuple[str, str]:
        written = self._letters.render(letter)
        return written.subject, written.text


def arrival_of(raw: bytes, received: datetime | None, changed: float) -> datetime:
    """When a mail arrived: as said, else by its top Received header, else the file's own time."""
    if received is not None:
        return received
    top = read_message(_HEADER_END.split(raw, 1)[0] + b"\n\n").header("Received")
    try:
        moment = parsedate_to_datetime((top or "").rpartition(";")[2].strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return datetime.fromtimestamp(changed, UTC)
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)


def mails_of(source: Path) -> Iterator[tuple[str, bytes, float]]:
    """Every mail of a Maildir, a folder of .eml files, or an mbox: (name, bytes, file time)."""
    if source.is_file():
        changed = source.stat().st_mtime
        box = mailbox.mbox(str(source), create=False)
        for key in box.iterkeys():
            yield f"{source}#{key}", box.get_bytes(key), changed
        return
    folders = [source / name for name in ("new", "cur") if (source / name).is_dir()] or [source]
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.is_file() and (len(folders) > 1 or folder != source or path.suffix == ".eml"):
                yield str(path), path.read_bytes(), path.stat().st_mtime
