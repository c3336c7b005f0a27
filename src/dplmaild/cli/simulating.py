"""`simulate`: a folder of mails judged under one policy, or under two to see whose decisions differ (SEE-11)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dplmaild.cli.context import Room, json_flag, language_option, print_json
from dplmaild.cli.errors import told
from dplmaild.cli.judging import Judge, arrival_of, mails_of
from dplmaild.cli.table import print_differences, print_simulation
from dplmaild.desk.differing import compared
from dplmaild.settings import Settings

Mail = tuple[str, bytes, float]
AS_CONFIGURED = "as configured"


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--profile", help="Judge every customer by this profile, not by the one of the configuration.")
@click.option("--against", help="Judge by this profile as well, and print only the mails whose decisions differ.")
@click.option("--stateful", is_flag=True, help="Let the mails build on each other, in the order of their arrival.")
@language_option
@json_flag
@click.pass_obj
def simulate(room: Room, /, source: Path, language: str, as_json: bool, **how: Any) -> None:
    """Judge every mail of a folder, a Maildir or an mbox, and print the table of decisions."""
    profiles = (how["profile"], how["against"]) if how["against"] else (how["profile"],)
    with told():
        judges = [
            Judge(under(room.settings, profile), stateful=how["stateful"], language=language) for profile in profiles
        ]
        pairs = [
            tuple(judge(raw, name, None, changed) for judge in judges)
            for name, raw, changed in in_order(mails_of(source), stateful=how["stateful"])
        ]
    if how["against"]:
        whole = compared(pairs, tuple(profile or AS_CONFIGURED for profile in profiles))
        (print_json if as_json else print_differences)(whole)
    else:
        answers = [answer for (answer,) in pairs]
        (print_json if as_json else print_simulation)(answers)


def under(settings: Settings, profile: str | None) -> Settings:
    """The same configuration with every customer under one profile; UsageError where there is none of that name."""
    if profile is None:
        return settings
    if profile not in settings.profiles:
        raise click.UsageError(f"there is no profile {profile!r}; there are {', '.join(sorted(settings.profiles))}")
    moved = tuple(customer.model_copy(update={"profile": profile, "profiles": ()}) for customer in settings.customers)
    return settings.model_copy(update={"customers": moved})


def in_order(mails: Iterator[Mail], *, stateful: bool) -> Iterator[Mail]:
    """As they lie there, or by their arrival where they build on each other."""
    return iter(sorted(mails, key=lambda mail: arrival_of(mail[1], None, mail[2]))) if stateful else mails
