"""Who is calling and what they may (zammad.md section 1)."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from servers.zammad.answers import ApiError
from servers.zammad.store import Row, Store, Token, User, Version

ROLES = {
    "Admin": {"admin"},
    "Agent": {"ticket.agent"},
    "Customer": {"ticket.customer"},
}


@dataclass(frozen=True, slots=True)
class Caller:
    """The user who acts, and the permissions that hold for this request."""

    user: User
    permissions: frozenset[str]
    version: Version

    @property
    def admin(self) -> bool:
        """Sees unmasked messages and passes maintenance."""
        return "Admin" in self.user.roles

    @property
    def agent(self) -> bool:
        """Works on tickets of the groups."""
        return self.may("ticket.agent")

    def may(self, permission: str) -> bool:
        """Whether the user and the token both have it, itself or by its parent."""
        return bool({permission, permission.partition(".")[0]} & self.permissions)

    def need(self, *permissions: str) -> None:
        """403 without one of these."""
        if not any(self.may(permission) for permission in permissions):
            old = self.version is Version.OLD
            raise ApiError(403, "Not authorized (token)!" if old else "Token authorization failed.")

    def right(self, group_id: int, right: str) -> bool:
        """Whether the agent has this right in a group; full holds all."""
        return self.agent and bool({right, "full"} & self.user.groups.get(group_id, set()))

    def sees(self, ticket: Row) -> bool:
        """Agents by group, customers their own and those of their organisation."""
        return self.right(ticket["group_id"], "read") or self._is_customer_of(ticket)

    def changes(self, ticket: Row) -> bool:
        """Whether they may edit it."""
        return self.right(ticket["group_id"], "change") or self._is_customer_of(ticket)

    def must_see(self, ticket: Row) -> None:
        """403 for a foreign ticket."""
        if not self.sees(ticket):
            raise ApiError(403, "Not authorized")

    def must_change(self, ticket: Row) -> None:
        """403 for a ticket they may not edit."""
        if not self.changes(ticket):
            raise ApiError(403, "Not authorized")

    def _is_customer_of(self, ticket: Row) -> bool:
        shared = ticket["organization_id"] is not None and ticket["organization_id"] == self.user.organization_id
        return self.may("ticket.customer") and (ticket["customer_id"] == self.user.id or shared)


def caller_of(store: Store, headers: Mapping[str, str]) -> Caller:
    """The caller of a request; raises ApiError 401 or 403."""
    caller = _authenticated(store, headers.get("Authorization", ""))
    if store.maintenance and not caller.admin:
        raise ApiError(403, "Maintenance mode enabled!")
    wanted = headers.get("From") or headers.get("X-On-Behalf-Of")
    return _on_behalf(store, caller, wanted) if wanted else caller


def _authenticated(store: Store, header: str) -> Caller:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "basic":
        return _by_password(store, rest)
    if scheme.lower() in {"token", "bearer"}:
        return _by_token(store, scheme.lower(), rest)
    raise ApiError(403, "Authentication required")


def _by_token(store: Store, scheme: str, rest: str) -> Caller:
    match = re.fullmatch(r'(?:token=)?"?([^"\s]{1,500})"?', rest.strip())
    secret = match.group(1) if match else ""
    token = store.tokens.get(secret)
    if token is not None:
        return _with_token(store, token)
    if scheme == "bearer" and secret in store.bearers:
        return _as(store, store.tables.users[store.bearers[secret]])
    raise ApiError(401, "The provided token is invalid." if scheme == "bearer" else "Can't find User for Token")


def _with_token(store: Store, token: Token) -> Caller:
    if token.expired:
        raise ApiError(401, "Not authorized (token expired)!")
    user = store.tables.users[token.user_id]
    if not user.active:
        raise ApiError(401, "User is inactive!")
    mine = _permissions(user)
    both = {p for p in mine | token.permissions if _covers(mine, p) and _covers(token.permissions, p)}
    return Caller(user, frozenset(both), store.version)


def _by_password(store: Store, rest: str) -> Caller:
    login, _, password = base64.b64decode(rest).decode().partition(":")
    user = store.user_by(login)
    if not store.password_access:
        raise ApiError(401, "API password access disabled!")
    if user is None or not user.password or user.password != password:
        raise ApiError(401, "Invalid BasicAuth credentials")
    return _as(store, user)


def _on_behalf(store: Store, caller: Caller, wanted: str) -> Caller:
    if not caller.may("admin.user"):
        raise ApiError(403, "Current user has no permission to use 'From'/'X-On-Behalf-Of'!")
    user = store.user_by(wanted)
    if user is None:
        raise ApiError(403, f"No such user '{wanted}'")
    return _as(store, user)


def _as(store: Store, user: User) -> Caller:
    return Caller(user, frozenset(_permissions(user)), store.version)


def _permissions(user: User) -> set[str]:
    return set().union(*(ROLES[role] for role in user.roles))


def _covers(held: set[str] | frozenset[str], permission: str) -> bool:
    return permission in held or permission.partition(".")[0] in held
