"""`evaluate`: a folder of mails with their expected readings held against the reader (docs/evaluate.md)."""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from dplmaild.cli.context import Room, json_flag, print_json
from dplmaild.cli.errors import Exit, told
from dplmaild.reading.evaluation import (
    CORE,
    Case,
    ExpectationError,
    Score,
    Value,
    case_of,
    layout_of,
    program_of,
    scored,
)
from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import visible

_DEFAULTS = "corpus.json"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One mail, what it is like, and how each of its values was read."""

    name: str
    language: str
    layout: str
    program: str
    values: tuple[Value, ...]


@click.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_flag
@click.pass_obj
def evaluate(room: Room, corpus: Path, as_json: bool) -> None:
    """Hold the reader against a folder of mails (.eml) with their expected readings (.json).

    Reads with the words of the configuration, where there is one.
    Ends with 1 where a value was read wrong and nobody would be asked, with 2 where the folder cannot be used.
    """
    with told():
        if room.path.exists():  # without one there are the words that ship
            _ = room.settings
    try:
        mails = [_evaluated(case) for case in _cases(corpus)]
    except (ExpectationError, OSError) as error:
        raise click.UsageError(str(error)) from error
    if not mails:
        raise click.UsageError(f"{corpus} holds no .eml beside a .json of the same name")
    wrong = [(mail.name, value) for mail in mails for value in mail.values if value.score is Score.WRONG]
    if as_json:
        print_json(_told(mails, wrong))
    else:
        _print(mails, wrong)
    sys.exit(Exit.REFUSED if wrong else Exit.DONE)


def _cases(folder: Path) -> Iterator[Case]:
    defaults = _defaults(folder / _DEFAULTS)
    for path in sorted(folder.glob("*.eml")):
        expectation = path.with_suffix(".json")
        if not expectation.exists():
            raise ExpectationError(f"{path.name} has no {expectation.name} beside it")
        yield case_of(path.stem, path.read_bytes(), expectation.read_text("utf-8"), defaults)


def _defaults(path: Path) -> Mapping[str, Any]:
    try:
        defaults = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError as error:
        raise ExpectationError(f"{path.name}: {error}") from error
    if not isinstance(defaults, dict):
        raise ExpectationError(f"{path.name}: not an object of hints")
    return defaults


def _evaluated(case: Case) -> Evaluated:
    message, meaning = read_message(case.raw), case.read()
    return Evaluated(
        case.name,
        case.expected.get("language") or meaning.language,
        case.expected.get("layout") or layout_of(message, visible(message)),
        case.expected.get("program") or program_of(message),
        scored(meaning, case.expected),
    )


def _tables(mails: list[Evaluated]) -> dict[str, dict[str, Counter[Score]]]:
    """Scores per field, and those of the core fields per language, layout and program."""
    tables: dict[str, dict[str, Counter[Score]]] = {}
    for title in ("field", "language", "layout", "program"):
        rows: defaultdict[str, Counter[Score]] = defaultdict(Counter)
        for mail in mails:
            for value in mail.values:
                if title == "field":
                    rows[value.field][value.score] += 1
                elif value.field in CORE:
                    rows[getattr(mail, title)][value.score] += 1
        tables[title] = dict(sorted(rows.items()))
    return tables


def _share(scores: Mapping[Score, int]) -> float:
    """Exact readings in percent."""
    return 100 * scores.get(Score.EXACT, 0) / max(sum(scores.values()), 1)


def _core(mails: list[Evaluated]) -> Counter[Score]:
    return Counter(value.score for mail in mails for value in mail.values if value.field in CORE)


def _told(mails: list[Evaluated], wrong: list[tuple[str, Value]]) -> dict[str, Any]:
    core = _core(mails)
    return {
        "version": 1,
        "mails": len(mails),
        "core": {"exact_percent": round(_share(core), 2), **{score.value: core[score] for score in Score}},
        "tables": {
            title: {name: {score.value: scores[score] for score in Score} for name, scores in rows.items()}
            for title, rows in _tables(mails).items()
        },
        "wrong_and_confident": [
            {"mail": name, "field": value.field, "expected": value.expected, "read": value.read}
            for name, value in wrong
        ],
    }


def _print(mails: list[Evaluated], wrong: list[tuple[str, Value]]) -> None:
    console = Console()
    for title, rows in _tables(mails).items():
        table = Table(title, *(score.value for score in Score), "exact %")
        for name, scores in rows.items():
            table.add_row(name, *(str(scores[score]) for score in Score), f"{_share(scores):.1f}")
        console.print(table)
    for name, value in wrong:
        click.echo(f"wrong and confident: {name}: {value.field}: {value.read!r}, expected {value.expected!r}")
    share = _share(_core(mails))
    click.echo(f"{len(mails)} mails, core fields exact: {share:.1f} %, wrong and confident: {len(wrong)}")
