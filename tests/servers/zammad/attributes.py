"""Ticket attributes: names to ids, what exists, what core workflow allows (zammad.md section 3)."""

from datetime import UTC, datetime
from typing import Any

from servers.zammad.answers import ApiError
from servers.zammad.auth import Caller
from servers.zammad.store import NOBODY, PRIORITIES, STATES, Row, Store

WRITABLE = {"title", "group_id", "state_id", "priority_id", "owner_id", "customer_id", "organization_id", "note"}
WRITABLE |= {"preferences", "pending_time"}
AGENTS_ONLY = ("owner", "owner_id", "customer", "customer_id", "preferences")


def cleaned(store: Store, caller: Caller, params: Row) -> Row:
    """The columns a request sets: names as ids, unknown attributes dropped without a word."""
    given = dict(params) if caller.agent else {k: v for k, v in params.items() if k not in AGENTS_ONLY}
    clean = {k: v for k, v in given.items() if k in WRITABLE | store.custom_fields.keys()}
    for name in ("group", "state", "priority", "owner", "customer"):
        if isinstance(given.get(name), str):
            clean[f"{name}_id"] = _looked_up(store, name, given[name])
    for name, longest in store.custom_fields.items():
        if len(str(clean.get(name) or "")) > longest:
            title = name.replace("_", " ").capitalize()
            raise ApiError(422, f"{title} is longer than the allowed length {longest}")
    return clean


def must_exist(store: Store, clean: Row) -> None:
    """422 for an id that does not exist; group and organisation are not looked at here."""
    if clean.get("owner_id", 0) in {"", None}:
        clean["owner_id"] = NOBODY
    known: dict[str, Any] = {"state_id": STATES, "priority_id": PRIORITIES}
    known |= {"owner_id": store.tables.users, "customer_id": store.tables.users}
    for key, table in known.items():
        if clean.get(key) is not None and clean[key] not in table:
            raise ApiError(422, f"Invalid value for param '{key}': {clean[key]}")


def apply_edit(store: Store, ticket: Row, clean: Row) -> bool:
    """Write the columns into a ticket as an edit; True when something beyond the preferences changed."""
    clean.pop("number", None)
    if "preferences" in clean:
        clean["preferences"] = ticket["preferences"] | dict(clean["preferences"] or {})
    if "group_id" in clean and clean["group_id"] not in store.tables.groups:
        raise ApiError(500, "Group does not exist", masked=True)
    _workflow(ticket, clean)
    changed = {key for key, value in clean.items() if ticket.get(key) != value}
    ticket |= clean
    _after_save(store, ticket, changed)
    return bool(changed - {"preferences"})


def must_be_allowed(state_id: int, pending_time: object) -> None:
    """Core workflow: a pending state needs its time."""
    if STATES[state_id].startswith("pending") and not pending_time:
        raise ApiError(422, "Missing required value for field 'pending_time'!", masked=True)


def keep_owner(store: Store, ticket: Row) -> None:
    """An owner who is inactive or lacks full rights is reset without a word."""
    owner = store.tables.users[ticket["owner_id"]]
    if not owner.active or "full" not in owner.groups.get(ticket["group_id"], set()):
        ticket["owner_id"] = NOBODY


def pending_from(written: object) -> datetime | None:
    """The time with its seconds cut."""
    if not isinstance(written, str):
        return written if isinstance(written, datetime) else None
    moment = datetime.fromisoformat(written)
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _looked_up(store: Store, name: str, value: str) -> int:
    tables: dict[str, dict[int, str]] = {
        "state": STATES,
        "priority": PRIORITIES,
        "group": {group.id: group.name for group in store.tables.groups.values()},
    }
    if name in tables:
        found = next((key for key, known in tables[name].items() if known == value), None)
    else:
        user = store.user_by(value)
        found = user.id if user else None
    if found is None:
        raise ApiError(422, f"No lookup value found for '{name}': \"{value}\"")
    return found


def _workflow(ticket: Row, clean: Row) -> None:
    state_id = (ticket | clean)["state_id"]
    if state_id != ticket["state_id"] and STATES[state_id] in {"new", "merged"}:
        raise ApiError(422, f"Invalid value '{state_id}' for field 'state_id'!", masked=True)
    if "pending_time" in clean:
        clean["pending_time"] = pending_from(clean["pending_time"])
    must_be_allowed(state_id, clean.get("pending_time", ticket["pending_time"]))
    if not STATES[state_id].startswith("pending"):
        clean["pending_time"] = None


def _after_save(store: Store, ticket: Row, changed: set[str]) -> None:
    keep_owner(store, ticket)
    if "state_id" in changed and STATES[ticket["state_id"]] == "closed":
        ticket["last_close_at"] = store.now()
        ticket["close_at"] = ticket["close_at"] or ticket["last_close_at"]
    if changed:
        store.touch(ticket["id"])
