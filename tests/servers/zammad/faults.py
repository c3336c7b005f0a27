"""Faults that a test orders for the next request that fits (zammad.md section 11, line 40)."""

import json
from dataclasses import dataclass
from enum import Enum, auto

from servers.zammad.answers import JSON, Answer

PAGE = b"<html><body><h1>Sign in</h1></body></html>"
HTML = {"Content-Type": "text/html"}


class Kind(Enum):
    """What goes wrong, and whether the request is applied first."""

    ERROR_BEFORE = auto()  # 500, nothing applied
    BAD_GATEWAY_AFTER = auto()  # 502 from the proxy, applied
    RESET_BEFORE = auto()  # connection reset, nothing applied
    RESET_AFTER = auto()  # connection reset, applied
    TRUNCATED_AFTER = auto()  # half a body, applied
    LATE = auto()  # 504 from the proxy; applied when the test says so
    SILENT_BEFORE = auto()  # no answer at all, nothing applied
    SILENT_AFTER = auto()  # no answer at all, applied
    TOO_MANY = auto()  # 429 with Retry-After
    UNAVAILABLE = auto()  # 503 with Retry-After
    MAINTENANCE = auto()  # 403 that is not for good
    PAGE_BEFORE = auto()  # an HTML page with 200, nothing applied
    PAGE_AFTER = auto()  # an HTML page with 200, applied
    REDIRECT = auto()  # sent elsewhere
    GUARD_SAYS_403 = auto()  # a firewall's page, nothing applied
    GUARD_SAYS_404 = auto()  # a proxy's page, nothing applied
    WRONG_JSON_AFTER = auto()  # JSON of something else with 200, applied

    @property
    def applies(self) -> bool:
        """Whether the request is carried out before it goes wrong."""
        return self.name.endswith("_AFTER")


@dataclass(slots=True)
class Fault:
    """An order for a fault: for requests with this method whose path holds this text, so many times."""

    kind: Kind
    method: str = "PUT"
    path: str = ""
    times: int = 1
    retry_after: str = "7"
    location: str = ""
    skip: int = 0  # so many fitting requests pass first

    def fits(self, method: str, path: str) -> bool:
        """Whether the fault strikes this request; counts it."""
        if method != self.method or self.path not in path or self.times == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


def faulty_answer(fault: Fault) -> Answer:
    """The answer of a fault that answers."""
    wait = {"Content-Type": "text/plain", "Retry-After": fault.retry_after}
    maintenance = json.dumps({"error": "Maintenance mode enabled!", "error_human": "Maintenance mode enabled!"})
    return {
        Kind.ERROR_BEFORE: Answer(500, b'{"error":"Error ID 12345678: Please contact your administrator."}'),
        Kind.BAD_GATEWAY_AFTER: Answer(502, b"<html>Bad Gateway</html>", HTML),
        Kind.LATE: Answer(504, b"<html>Gateway Time-out</html>", HTML),
        Kind.TOO_MANY: Answer(429, b"Retry later\n", wait),
        Kind.UNAVAILABLE: Answer(503, b"<html>Service Unavailable</html>", wait | HTML),
        Kind.MAINTENANCE: Answer(403, maintenance.encode(), {"Content-Type": JSON}),
        Kind.PAGE_BEFORE: Answer(200, PAGE, HTML),
        Kind.PAGE_AFTER: Answer(200, PAGE, HTML),
        Kind.GUARD_SAYS_403: Answer(403, PAGE, HTML),
        Kind.GUARD_SAYS_404: Answer(404, PAGE, HTML),
        Kind.REDIRECT: Answer(302, b"", {"Location": fault.location}),
        Kind.WRONG_JSON_AFTER: Answer(200, b'{"id": 0}'),
    }[fault.kind]
