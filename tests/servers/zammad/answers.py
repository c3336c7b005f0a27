"""What the double answers, and the errors it raises to answer."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": JSON})


class ApiError(Exception):
    """An error as Zammad words it. `masked`: only admins see the text; `human`: with error_human."""

    def __init__(self, status: int, message: str, *, masked: bool = False, human: bool = True) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.masked = masked
        self.human = human


def answer(content: object, status: int = 200) -> Answer:
    """A JSON answer with Zammad's times."""
    return Answer(status, json.dumps(content, default=_written, ensure_ascii=False).encode())


def error_answer(error: ApiError, *, admin: bool) -> Answer:
    """The JSON of an error: whoever is no admin gets an error id instead of a masked text."""
    if error.masked and not admin:
        text = f"Error ID {uuid.uuid4().hex[:8]}: Please contact your administrator."
        body: dict[str, Any] = {"error": text}
    else:
        body = {"error": error.message} | ({"error_human": error.message} if error.human else {})
    headers = {"Content-Type": JSON} | ({"X-Failure": error.message} if error.status in {401, 403} else {})
    return Answer(error.status, json.dumps(body).encode(), headers)


def stamp(moment: datetime) -> str:
    """UTC with exactly three decimals."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    raise TypeError(type(value))
