"""The commands."""

from importlib import import_module

import click

from dplmaild import __version__
from dplmaild.cli.context import Room

_WHERE = {
    "audit": "looking",
    "calendar": "calendar",
    "check": "looking",
    "demo": "demo",
    "digest": "status",
    "evaluate": "evaluating",
    "explain": "judging",
    "letters": "letters",
    "list": "looking",
    "policy": "policy",
    "replay": "looking",
    "run": "running",
    "settle": "settling",
    "show": "looking",
    "simulate": "simulating",
    "slots": "slots",
    "status": "status",
}


class _Commands(click.Group):
    """Loads a command when it is called: the daemon needs neither the others nor their libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """All names, as they are shown."""
        return sorted({*_WHERE, *_verbs()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in _WHERE:
            return _verbs().get(cmd_name)
        module = import_module(f"dplmaild.cli.{_WHERE[cmd_name]}")
        return next(one for one in vars(module).values() if isinstance(one, click.Command) and one.name == cmd_name)


def _verbs() -> dict[str, click.Command]:
    from dplmaild.cli.acting import COMMANDS  # noqa: PLC0415 - as above

    return {str(command.name): command for command in COMMANDS}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
