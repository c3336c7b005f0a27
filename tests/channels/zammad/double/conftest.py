"""A bare client for the double."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from servers.zammad import Version, ZammadDouble


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read."""

    status: int
    json: Any
    headers: dict[str, str]

    @property
    def error(self) -> str:
        """The text of an error."""
        return str(self.json.get("error"))


class Client:
    """Calls the API as the bot, or with other headers."""

    def __init__(self, double: ZammadDouble) -> None:
        self._root = double.url + "/api/v1/"
        self.headers = {"Authorization": f"Token token={double.token}"}

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        """One request; keyword arguments are headers."""
        sent = {name.replace("_", "-"): value for name, value in (self.headers | headers).items() if value}
        response = requests.request(
            method, self._root + path, json=body, headers=sent, timeout=10, allow_redirects=False
        )
        try:
            content = response.json()
        except ValueError:
            content = response.text
        return Reply(response.status_code, content, dict(response.headers))


@pytest.fixture
def old() -> Iterator[ZammadDouble]:
    """A double of the old line (5.5)."""
    with ZammadDouble(Version.OLD) as double:
        yield double


@pytest.fixture
def new() -> Iterator[ZammadDouble]:
    """A double of the new line (6.5)."""
    with ZammadDouble(Version.NEW) as double:
        yield double


@pytest.fixture
def call(old: ZammadDouble) -> Client:
    """A client of the old one."""
    return Client(old)
