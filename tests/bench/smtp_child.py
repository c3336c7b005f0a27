"""The SMTP server of a measurement, as a process: prints its port, then answers one word per line."""

import json
import re
import sys
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from servers.smtpd import Received, smtpd

_ANSWERED = re.compile(rb"^In-Reply-To:\s*(<[^>]+>)", re.MULTILINE | re.IGNORECASE)


class Stamps(list[Received]):
    """Keeps of each message only when it came, which mail it answers and its size."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0
        self.at: list[tuple[str, float]] = []

    def append(self, message: Received) -> None:
        """One message was taken."""
        self.bytes += len(message.content)
        found = _ANSWERED.search(message.content[:4000])
        self.at.append((found[1].decode() if found else "", monotonic()))


def main() -> None:
    """Serve until standard input ends."""
    with smtpd() as server:
        stamps = server.received = Stamps()
        print(server.port, flush=True)  # noqa: T201
        for line in sys.stdin:
            word = line.strip()
            if word == "reset":
                stamps = server.received = Stamps()
                server.connections = 0
            answer = stamps.at if word == "stamps" else [len(stamps.at), stamps.bytes, server.connections]
            print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
