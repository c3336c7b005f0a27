"""From Zammad's article to ours."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import getaddresses
from typing import Any, Final

from dplmaild.ports import TicketArticle

_AUTOMATIC: Final = ("is-auto-response", "delivery_message", "notification")


def article_from(row: Mapping[str, Any], bot_id: int) -> TicketArticle:
    """One article; raises KeyError, TypeError or ValueError when an id or the time is missing."""
    from_address, from_name = _author(_text(row, "from"))
    sender, kind = _text(row, "sender"), _text(row, "type")
    login = _text(row, "origin_by") or _text(row, "created_by")
    if kind != "email" and "@" in login:
        from_address = login.lower()  # who logged in; `from` is a bare name at best, and text at worst
    return TicketArticle(
        article_id=int(row["id"]),
        ticket_id=int(row["ticket_id"]),
        created_at=moment_from(row["created_at"]),
        sender=sender,
        type=kind,
        internal=row.get("internal") is True,
        automatic=any(_is_set(_preferences(row).get(key)) for key in _AUTOMATIC),
        from_address=from_address,
        from_name=from_name,
        to=_text(row, "to"),
        cc=_text(row, "cc"),
        subject=_text(row, "subject"),
        body=_text(row, "body"),
        content_type=_text(row, "content_type"),
        message_id=_text(row, "message_id") or None,
        marker=marker_of(row),
        created_by_us=row.get("created_by_id") == bot_id,
        attachments=tuple((int(file["id"]), _text(file, "filename")) for file in row.get("attachments") or ()),
    )


def marker_of(row: Mapping[str, Any]) -> str | None:
    """Our operation id (zammad.md 9). Not believed on a customer's article: customers can set preferences too."""
    ours = _preferences(row).get("dplmaild")
    if _text(row, "sender") == "Customer" or not isinstance(ours, Mapping):
        return None
    return _text(ours, "op") or None


def moment_from(written: object) -> datetime:
    """Zammad's UTC time; ValueError or TypeError for anything else."""
    if not isinstance(written, str):
        raise TypeError("not a time")
    moment = datetime.fromisoformat(written)
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone")
    return moment


def _author(written: str) -> tuple[str | None, str]:
    """The one address and the name; None for a bare name, and also for two addresses: nobody then is the author."""
    if "@" not in written:
        return None, written.strip()
    found = [(name, address) for name, address in getaddresses([written]) if "@" in address]
    if len(found) != 1:
        return None, written.strip()
    return found[0][1].lower(), found[0][0]


def _preferences(row: Mapping[str, Any]) -> Mapping[str, Any]:
    preferences = row.get("preferences")
    return preferences if isinstance(preferences, Mapping) else {}


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _is_set(value: object) -> bool:
    return bool(value) and value != "false"
