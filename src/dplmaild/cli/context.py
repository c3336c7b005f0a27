"""What every command starts from: the settings, read when first asked for."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from dplmaild.deployment.terms import Side, Speaker, Trust
from dplmaild.settings import Settings, load
from dplmaild.store.database import Database
from dplmaild.wiring import database_of, filled, speak
from dplmaild.writing.phrases import FALLBACK, LANGUAGES


class Room:
    """The configuration a command line works on."""

    def __init__(self, config: str) -> None:
        self.path = Path(config)

    @cached_property
    def settings(self) -> Settings:
        """The settings; raises ConfigurationError with every problem."""
        settings = filled(load(self.path))
        speak(settings)
        return settings

    @cached_property
    def database(self) -> Database:
        """The database of these settings."""
        return database_of(self.settings)

    def engineer(self, address: str | None) -> Speaker:
        """Who acts on this command line: an address of OPS's people, the first one unless said."""
        people = self.settings.ops.people
        for person in people:
            if address is None or person.address == address.lower():
                ids = tuple(c.id for c in self.settings.customers)
                return Speaker(person.address, Trust.OK, person.name, None, person.role, Side.OPS, ids)
        if not people:
            raise click.UsageError(f"nobody could act: name somebody of OPS in [[ops.people]] of {self.path}")
        raise click.UsageError(f"{address} is not among OPS's people in {self.path}")


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default=FALLBACK, show_default=True, help="Of the sentences."
)
json_flag = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
