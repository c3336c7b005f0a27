"""What `explain` and `simulate` show to people."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from dplmaild.deployment.terms import Ruling

PAPER = 140  # characters


def print_findings(answer: dict[str, Any]) -> None:
    """One mail: the reading, every rule, the decision and the letters."""
    sender = answer["sender"]
    click.echo(
        f"{answer['kind']}{' / ' + answer['intent'] if answer['intent'] else ''} from {sender['address']}", nl=False
    )
    click.echo(f" ({sender['customer'] or 'no customer'}, {sender['role'] or 'no role'}, {sender['trust']})")
    for deployment in answer["deployments"]:
        for found in deployment["found"]:
            click.echo(
                f"  {found['field']:20} {found['text']}   [{found['part']} line {found['line']}: {found['label']}]"
            )
    for finding in answer["findings"]:
        if finding["applies"]:
            click.echo(line_of(finding))
    click.echo(f"decision: {answer['decision']} ({answer['why']})")
    for letter in answer["letters"]:
        click.echo(f"\n--- to {', '.join(letter['to'])}\nSubject: {letter['subject']}\n\n{letter['text']}")
    for comment in answer["covered"]:
        click.echo(f"--- on ticket {comment['ticket']}, where it is the customer's: {comment['kind']}")


def line_of(finding: dict[str, Any]) -> str:
    """One rule on one line: what it found, what breaking it means, and the sentence."""
    ruling = finding["ruling"].upper() if finding["ruling"] == Ruling.BROKEN else finding["ruling"]
    return f"  {ruling:7} {finding['severity']:9} {finding['words']}"


def print_simulation(answers: list[dict[str, Any]]) -> None:
    """One line per mail."""
    table = Table("mail", "from", "read as", "decision", "why")
    for answer in answers:
        read = answer["kind"] + (f" / {answer['intent']}" if answer["intent"] else "")
        table.add_row(answer["mail"]["path"], answer["sender"]["address"], read, answer["decision"], answer["why"])
    Console().print(table)


def print_differences(whole: dict[str, Any]) -> None:
    """Per mail that is decided differently both decisions and the rules that make the difference, then the counts."""
    for one in whole["differences"]:
        click.echo(f"{one['mail']['path']}  from {one['sender']['address']}, received {one['mail']['received']}")
        each = zip(whole["profiles"], one["decisions"], one["why"], one["slots"], strict=True)
        for profile, decision, why, slots in each:
            starts = ", ".join(slot["start"] for slot in slots)
            click.echo(f"  {profile}: {decision} ({why}){': ' + starts if starts else ''}")
        for rule in one["rules"]:
            for profile, finding in zip(whole["profiles"], rule["findings"], strict=True):
                said = line_of(finding).strip() if finding else f"{rule['rule']} is no rule there"
                click.echo(f"    {profile}: {said}")
    for change in whole["changes"]:
        click.echo(f"{change['mails']:6}  {' -> '.join(change['decisions'])}")
    click.echo(f"{whole['differing']} of {whole['mails']} mails are decided differently")


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal; on paper and in a pipe as wide as a page lying on its side."""
    table = Table(*(Column(name, overflow="fold") for name in head))
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else PAPER).print(table)
