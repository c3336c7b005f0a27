"""systemd's notification protocol: one datagram per word (documented in sd_notify(3))."""

import os
import socket


class Notifier:
    """Tells systemd how we are; silent where nobody listens."""

    def __init__(self, address: str | None = None) -> None:
        named = address if address is not None else os.environ.get("NOTIFY_SOCKET", "")
        # An abstract socket is written with a leading @.
        self._address = "\0" + named[1:] if named.startswith("@") else named

    def say(self, word: str) -> None:
        """Send one state, such as READY=1; trouble on this line must never stop the daemon."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.connect(self._address)
                line.sendall(word.encode())
        except OSError:
            return
