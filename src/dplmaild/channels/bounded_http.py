"""Answers of a calendar server within bounds: a body that never ends must end all the same."""

import time
from typing import Any

from caldav.lib.http_sync import requests  # the HTTP library that caldav itself has chosen

LARGEST_ANSWER = 20_000_000  # bytes, unpacked
PATIENCE = 120.0  # seconds for a whole answer; each piece of it has its own time-out


class BoundedDoor(requests.adapters.HTTPAdapter):  # type: ignore[misc,name-defined,unused-ignore]
    """The transport: every answer is read piece by piece; one that is too long or too slow counts as lost."""

    def send(self, request: Any, stream: bool = False, *given: Any, **named: Any) -> Any:  # noqa: ARG002 - see below
        """As the library has it, except that the body is always taken here."""
        response = super().send(request, True, *given, **named)
        body, end = bytearray(), time.monotonic() + PATIENCE
        for piece in response.iter_content(65_536):
            body += piece
            if len(body) > LARGEST_ANSWER or time.monotonic() > end:
                response.close()
                raise requests.exceptions.ContentDecodingError("the answer is too long or too slow")
        response._content = bytes(body)
        return response
