"""The commands."""

import click

from dplmaild import __version__
from dplmaild.cli.acting import COMMANDS
from dplmaild.cli.context import Room
from dplmaild.cli.demo import demo
from dplmaild.cli.evaluating import evaluate
from dplmaild.cli.judging import explain, simulate
from dplmaild.cli.looking import audit, check, list_, replay, show
from dplmaild.cli.running import run
from dplmaild.cli.slots import slots


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "--config",
    "-c",
    type=click.Path(dir_okay=False),
    envvar="DPLMAILD_CONFIG",
    default="config/dplmaild.toml",
    show_default=True,
    help="The configuration file.",
)
@click.pass_context
def main(context: click.Context, config: str) -> None:
    """Reads deployment requests from mail and tickets, checks them and answers."""
    context.obj = Room(config)


for command in (run, demo, check, explain, simulate, evaluate, slots, list_, show, audit, replay, *COMMANDS):
    main.add_command(command)
