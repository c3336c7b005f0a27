"""Before a request is looked at: whom it was sent to, how long it is. After it: what a browser may do with a page."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_LONGEST = 512  # bytes of an address with what is asked


class Guard:
    """Lets through what was meant for us, and puts the headers on every answer.

    A page of somebody else's can have its own name point to this machine; what comes under such a name is refused.
    """

    def __init__(self, app: App, hosts: frozenset[str], policy: str) -> None:
        self._app = app
        self._hosts = hosts
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await (self._refused(scope) or self._app)(scope, receive, safely)

    def _refused(self, scope: Scope) -> Response | None:
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or named[0].decode("latin-1").lower() not in self._hosts:
            return PlainTextResponse("this is not whom you asked for: open the board under its own address\n", 421)
        if len(scope["raw_path"]) + len(scope["query_string"]) > _LONGEST:
            return PlainTextResponse("the address is too long\n", 414)
        return None


def hosts_of(address: str, port: int, name: str | None) -> frozenset[str]:
    """The names under which the board is asked: where it listens, this machine, and that of the proxy in front."""
    here = f"[{address}]" if ":" in address else address
    with_port = {f"{host}:{port}" for host in (here, "localhost")}
    own = {name.lower(), f"{name.lower()}:443", f"{name.lower()}:{port}"} if name else set()
    bare = {here, "localhost"} if port == 80 else set()
    return frozenset(with_port | own | bare)
