"""What an endpoint gets: the store, the caller, the parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from servers.zammad.answers import Answer, ApiError
from servers.zammad.auth import Caller
from servers.zammad.store import Row, Store


@dataclass(frozen=True, slots=True)
class Call:
    """One request after authentication; `path` holds the parts that the route captured."""

    store: Store
    caller: Caller
    params: dict[str, Any]
    path: tuple[str, ...]

    @property
    def ticket(self) -> Row:
        """The ticket named first in the path."""
        return self.store.ticket(int(self.path[0]))

    def window(self, default: int, cap: int) -> slice:
        """The rows of the page asked for; the cap applies silently, per_page wins over limit."""
        asked = self.params.get("per_page") or self.params.get("limit") or default
        size, page = min(int(asked), cap), int(self.params.get("page") or 1)
        if str(self.params.get("page")) == "0":
            raise ApiError(422, "PG::InvalidRowCountInResultOffsetClause: OFFSET must not be negative", masked=True)
        return slice((page - 1) * size, page * size)


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint: method, pattern of the path below /api/v1/, permissions of which one is needed."""

    method: str
    pattern: str
    endpoint: Callable[[Call], Answer]
    needs: tuple[str, ...] = ("ticket.agent", "ticket.customer")
