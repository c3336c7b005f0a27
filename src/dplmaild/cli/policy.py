"""`policy`: what a policy says, and whether it decides a table of cases as somebody expects (POLICY-2)."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from dplmaild.cli.context import Room, json_flag, language_option, print_json
from dplmaild.cli.errors import Exit, told
from dplmaild.cli.table import line_of, print_table
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.terms import Ruling
from dplmaild.desk.trying import Tried, tried
from dplmaild.settings import Settings
from dplmaild.settings.casebook import read_cases
from dplmaild.wiring import letters_of
from dplmaild.writing.policy import Section, customer_section, policy_page
from dplmaild.writing.wording import Wording

VERSION = 1
Named = TypeVar("Named")


@click.group()
def policy() -> None:
    """Look at a policy, and try it on a table of cases."""


@policy.command("explain")
@click.argument("profile", required=False)
@click.option("--customer", help="The policy of this customer, with what is its own.")
@language_option
@json_flag
@click.pass_obj
def explain_(room: Room, profile: str | None, customer: str | None, language: str, as_json: bool) -> None:
    """Print a whole profile in words, to be checked on paper."""
    with told():
        chosen, whose = _chosen(room.settings, profile, customer)
        letters = letters_of(room.settings)
        pages = [_page(each, whose, room.settings, letters.wording(language, each.zone, each.zone)) for each in chosen]
    if as_json:
        print_json([page.as_json(language) for page in pages])
    else:
        for page in pages:
            page.print()


def _chosen(settings: Settings, profile: str | None, customer: str | None) -> tuple[list[Profile], Customer | None]:
    """The profiles that are meant, and whose they are; raises UsageError with what there is."""
    if profile is not None and customer is None:
        return [_named(profile, "profile", settings.profiles)], None
    if customer is None or profile is not None:
        raise click.UsageError(f"name a profile ({', '.join(sorted(settings.profiles))}) or a --customer")
    found = _named(customer, "customer", {each.id: each for each in settings.customers})
    ids = dict.fromkeys((found.profile, *(part.profile for part in found.profiles)))
    return [settings.profiles[each] for each in ids], found


def _named(name: str, what: str, known: Mapping[str, Named]) -> Named:
    if name not in known:
        raise click.UsageError(f"there is no {what} {name!r}; there are {', '.join(sorted(known))}")
    return known[name]


@dataclass(frozen=True, slots=True)
class Page:
    """One profile in words."""

    profile: Profile
    customer: str | None
    sections: tuple[Section, ...]

    def print(self) -> None:
        """For paper."""
        for section in self.sections:
            click.echo(f"\n{section.title}\n{'=' * len(section.title)}")
            for line in section.lines:
                click.echo(line)
            if section.table is not None:
                print_table(section.table.head, section.table.rows)

    def as_json(self, language: str) -> dict[str, Any]:
        """The same as data: the words, and the profile as its file has it with everything filled in."""
        sections = [
            {"title": each.title, "lines": each.lines, "head": each.table.head, "rows": each.table.rows}
            if each.table
            else {"title": each.title, "lines": each.lines, "head": (), "rows": ()}
            for each in self.sections
        ]
        named = {"version": VERSION, "profile": self.profile.id, "customer": self.customer, "language": language}
        return {**named, "sections": sections, "data": self.profile.model_dump(mode="json")}


def _page(profile: Profile, customer: Customer | None, settings: Settings, wording: Wording) -> Page:
    sections = policy_page(profile, wording)
    if customer is None:
        return Page(profile, None, sections)
    return Page(profile, customer.id, (customer_section(customer, settings.ops, wording), *sections))


@policy.command("test")
@click.argument("cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@language_option
@json_flag
@click.pass_obj
def test_(room: Room, cases: Path, language: str, as_json: bool) -> None:
    """Judge every case of a file and hold the answer against the expected one.

    Ends with 1 where one came out otherwise, with 3 where the file cannot be used.
    """
    with told():
        book, settings = read_cases(cases, room.settings)
        each = tuple(tried(book, cases.parent, settings, letters_of(settings), language))
    failed = [one for one in each if one.mismatches]
    if as_json:
        print_json(_whole(each, len(failed)))
    else:
        _print(each, failed)
    sys.exit(Exit.REFUSED if failed else Exit.DONE)


def _whole(each: Sequence[Tried], failed: int) -> dict[str, Any]:
    return {
        "version": VERSION,
        "cases": len(each),
        "failed": failed,
        "results": [
            {
                "name": one.case.name,
                "source": one.case.source,
                "passed": not one.mismatches,
                "mismatches": [{"what": m.what, "expected": m.expected, "got": m.got} for m in one.mismatches],
                "decision": one.answer["decision"],
                "why": one.answer["why"],
                "findings": one.answer["findings"],
            }
            for one in each
        ],
    }


def _print(each: Sequence[Tried], failed: Sequence[Tried]) -> None:
    marks = ("as expected", "FAILED")
    rows = [(o.case.name, o.answer["decision"], o.answer["why"], marks[bool(o.mismatches)]) for o in each]
    print_table(("case", "decision", "why", ""), rows)
    for one in failed:
        click.echo(f"{one.case.name}{f' ({one.case.source})' if one.case.source else ''}")
        for mismatch in one.mismatches:
            click.echo(f"  {mismatch.what}: expected {mismatch.expected}, got {mismatch.got}")
        for finding in one.answer["findings"]:
            if finding["ruling"] == Ruling.BROKEN:
                click.echo(f"  {line_of(finding)}")
    click.echo(f"{len(each)} cases, {len(failed)} came out otherwise")
