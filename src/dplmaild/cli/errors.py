"""Exit codes and the one place that prints an error (SEE-10)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click

from dplmaild.ports import DplmaildError, TemporaryError
from dplmaild.settings import ConfigurationError
from dplmaild.store.writer import AlreadyRunningError
from dplmaild.wiring import SecretError


class Exit(IntEnum):
    """What a script that calls us can tell apart."""

    DONE = 0
    REFUSED = 1  # by policy
    USAGE = 2
    CONFIGURATION = 3
    OUTSIDE_DOWN = 4


def code_of(error: DplmaildError) -> Exit:
    """The exit code for an error of ours."""
    if isinstance(error, ConfigurationError | SecretError):
        return Exit.CONFIGURATION
    if isinstance(error, AlreadyRunningError):
        return Exit.USAGE  # nothing to wait for, as the unit knows
    return Exit.OUTSIDE_DOWN if isinstance(error, TemporaryError) else Exit.USAGE


@contextmanager
def told() -> Iterator[None]:
    """Print an error of ours as what to do, without a traceback, and leave with its code."""
    try:
        yield
    except DplmaildError as error:
        click.echo(f"dplmaild: {error}", err=True)
        sys.exit(code_of(error))
