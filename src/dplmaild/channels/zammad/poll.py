"""The one reliable poll: changed tickets by SQL condition, page by page (zammad.md section 5)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from dplmaild.channels.zammad.articles import moment_from
from dplmaild.channels.zammad.session import Json, Line

PAGE: Final = 200  # the server's own cap for a search


def rows_changed_since(line: Line, groups: Sequence[str], moment: datetime) -> Iterator[Json]:
    """Ticket rows of these groups changed at or after `moment`, oldest change first, each state of a ticket once.

    Pages by moving the moment, since rows move while we read. Only when more tickets than a page share one stamp
    does it turn pages, within that stamp.
    """
    page, at_the_edge = 1, set[tuple[int, str]]()
    while True:
        rows = line.search(_condition(groups, moment), page, PAGE)
        yield from (row for row in rows if _state(row) not in at_the_edge and _is_ours(row, groups))
        if len(rows) < PAGE:
            return
        last = moment_from(rows[-1]["updated_at"])
        page = page + 1 if last <= moment else 1
        if last > moment:
            moment, at_the_edge = last, set()
        at_the_edge |= {_state(row) for row in rows if moment_from(row["updated_at"]) == moment}


def _state(row: Json) -> tuple[int, str]:
    # With its stamp: a ticket from the edge of a page that changes before the next page is news again.
    return row["id"], row["updated_at"]


def _condition(groups: Sequence[str], moment: datetime) -> dict[str, Json]:
    since = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    condition: dict[str, Json] = {"ticket.updated_at": {"operator": "after (absolute)", "value": since}}
    if groups and all(group.isdigit() for group in groups):
        condition["ticket.group_id"] = {"operator": "is", "value": [int(group) for group in groups]}
    return condition


def _is_ours(row: Json, groups: Sequence[str]) -> bool:
    # Names cannot go into the condition (resolving them needs an admin), and no server is believed on a filter.
    return not groups or str(row.get("group_id")) in groups or row.get("group") in groups
