"""What `explain` and `simulate` show to people."""

from typing import Any

import click
from rich.console import Console
from rich.table import Table

from dplmaild.deployment.terms import Ruling


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
