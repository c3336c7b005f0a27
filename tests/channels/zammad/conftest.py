"""A Zammad double, and our door to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dplmaild.channels.zammad import ZammadSettings, ZammadTickets
from dplmaild.ports import Tickets
from servers.zammad import Version, ZammadDouble

Opened = Callable[..., ZammadTickets]


@pytest.fixture(params=[Version.OLD, Version.NEW], ids=["Zammad 5.5", "Zammad 6.5"])
def desk(request: pytest.FixtureRequest) -> Iterator[ZammadDouble]:
    """A running double, of the old and of the new line."""
    with ZammadDouble(request.param) as double:
        yield double


@pytest.fixture
def opened(desk: ZammadDouble) -> Iterator[Opened]:
    """Open one more door to the desk, with other settings; doors close by themselves."""
    with ExitStack() as doors:

        def opener(**given: Any) -> ZammadTickets:
            settings: dict[str, Any] = {"url": desk.url, "token": desk.token, "read_timeout": 10.0} | given
            door = ZammadTickets(ZammadSettings(**settings))
            doors.callback(door.close)
            return door

        yield opener


@pytest.fixture
def tickets(opened: Opened) -> ZammadTickets:
    """Our door to the desk; the type checker sees here that it keeps the port."""
    door: Tickets = opened()
    assert isinstance(door, ZammadTickets)
    return door


@pytest.fixture
def long_ago() -> datetime:
    """A moment before everything a test does."""
    return datetime.now(UTC) - timedelta(days=2)
