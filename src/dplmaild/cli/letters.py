"""`letters`: every letter the desk can write, checked with sample facts, and a gallery of all of them to look at."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, PackageLoader, StrictUndefined

from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import Exit, told
from dplmaild.cli.own_letters import problems_of
from dplmaild.deployment.owed import Letter, LetterKind
from dplmaild.settings import Problem
from dplmaild.settings.model import Desk
from dplmaild.wiring import letters_of
from dplmaild.writing.gallery import gallery
from dplmaild.writing.letters import Letters, Written
from dplmaild.writing.message import message_bytes
from dplmaild.writing.phrases import LANGUAGES

_DATED = datetime(2027, 1, 4, 8, 15, tzinfo=UTC)  # of the sample mails


@dataclass(frozen=True, slots=True)
class Shown:
    """One sample letter in words; `name` is `en/confirmed-prod`."""

    name: str
    letter: Letter
    written: Written

    @property
    def language(self) -> str:
        """`en`."""
        return self.name.partition("/")[0]

    @property
    def case(self) -> str:
        """`confirmed-prod`."""
        return self.name.partition("/")[2]

    def as_json(self) -> dict[str, str]:
        """As `letters --json` prints it."""
        words = {"subject": self.written.subject, "text": self.written.text}
        return {"name": self.name, "kind": self.letter.kind.value, "language": self.language, **words}


@click.command("letters")
@click.option("--gallery", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write all of them there.")
@click.option("--language", "languages", type=click.Choice(LANGUAGES), multiple=True, help="Only this one; repeatable.")
@json_flag
@click.pass_obj
def letters_(room: Room, folder: Path | None, languages: tuple[str, ...], as_json: bool) -> None:
    """Word every letter with sample facts, the desk's own ones too, and say what is wrong with those.

    With --gallery each becomes a text, a page and a mail in a folder, and index.html shows them side by side.
    """
    with told():
        letters = letters_of(room.settings)
        problems = problems_of(letters, room.settings)
        shown = [Shown(*each) for each in gallery(letters, languages or LANGUAGES)]
        index = hang(folder, shown, room.settings.desk, problems) if folder else None
    if as_json:
        print_json(_in_json(letters, shown, problems, index))
    else:
        _print(letters, shown, problems, index)
    sys.exit(Exit.CONFIGURATION if problems else Exit.DONE)


def hang(folder: Path, shown: Iterable[Shown], desk: Desk, problems: Iterable[Problem]) -> Path:
    """Write the gallery; gives back its index. Raises UsageError where the folder cannot be written to."""
    rows: dict[str, list[Shown]] = {}
    try:
        for each in shown:
            rows.setdefault(each.case, []).append(each)
            path = folder / each.language / each.case
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f"{each.case}.txt").write_text(each.written.text, "utf-8")
            path.with_name(f"{each.case}.html").write_text(each.written.html, "utf-8")
            path.with_name(f"{each.case}.eml").write_bytes(_mail(each, desk))
        index = folder / "index.html"
        index.write_text(_page().render(rows=rows, problems=[str(each) for each in problems]), "utf-8")
    except OSError as error:
        raise click.UsageError(f"the gallery cannot be written to {folder}: {error.strerror}") from error
    return index


def _mail(shown: Shown, desk: Desk) -> bytes:
    return message_bytes(
        shown.letter,
        shown.written,
        message_id=f"<{shown.language}.{shown.case}@example.org>",
        sender=desk.address,
        sender_name=desk.name,
        reply_to=desk.address,
        date=_DATED,
        loop_mark=desk.instance,
    )


def _page() -> Any:
    here = Environment(loader=PackageLoader("dplmaild.cli", "."), autoescape=True, undefined=StrictUndefined)
    return here.get_template("gallery.html")


def _in_json(letters: Letters, shown: list[Shown], problems: list[Problem], index: Path | None) -> dict[str, Any]:
    return {
        "version": 1,
        "letters": [each.as_json() for each in shown],
        "own": sorted(letters.own),
        "problems": [each.as_json() for each in problems],
        "index": str(index) if index else None,
    }


def _print(letters: Letters, shown: list[Shown], problems: list[Problem], index: Path | None) -> None:
    languages = list(dict.fromkeys(each.language for each in shown))
    for kind in LetterKind:
        cases = dict.fromkeys(each.case for each in shown if each.letter.kind is kind)
        click.echo(f"{kind.value:24} {len(cases)} {'cases' if len(cases) > 1 else 'case'}: {', '.join(cases)}")
    for name in sorted(letters.own):
        click.echo(f"of your own: {name}")
    click.echo(f"{len(shown)} letters of {len(LetterKind)} kinds in {', '.join(languages)}", nl=not index)
    if index:
        click.echo(f"; look at {index}")
    for problem in problems:
        click.echo(f"{problem} (what ships stands in)", err=True)
