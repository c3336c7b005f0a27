"""How soon a reply is on the wire after a mail was delivered."""

import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import monotonic, sleep
from typing import Any

from bench.mails import mix
from bench.place import Line, MeasureError, Place, Ready, child

WANTED = 0.100  # seconds, at the 99 %
FIRST = 200_000  # numbers of these mails, apart from all others


def replies(place: Place) -> Iterator[Line]:
    """By fast polling, and by IDLE alone."""
    yield _line(place, "reply on the wire, polled every 20 ms", 0.02, place.scale.replies)
    told = _line(place, "  the same by IDLE alone", 60.0, place.scale.replies // 4)
    bare = sorted(_announced(place, place.scale.replies // 4))
    yield replace(told, beside=f"a bare client is told by Dovecot: {_figures(bare)}", ratio="", wanted="", met=None)


def _line(place: Place, what: str, poll: float, count: int) -> Line:
    with place.desk(place.mails[:50], poll=poll) as ready:
        waits = sorted(_waits(place, ready, count))
    if len(waits) < count:
        raise MeasureError(f"{what}: {count - len(waits)} of {count} mails were not answered")
    late = _at(waits, 0.99)
    limit = f"{WANTED * 1000:.0f} ms"
    return Line(what, _figures(waits), limit, f"{late / WANTED:.2f}", "<= 1.0", late <= WANTED)


def _at(waits: Sequence[float], share: float) -> float:
    return waits[min(int(len(waits) * share), len(waits) - 1)]


def _figures(waits: Sequence[float]) -> str:
    late, middle, worst = (_at(waits, share) * 1000 for share in (0.99, 0.5, 1.0))
    return f"99 %: {late:.0f} ms (median {middle:.0f}, worst {worst:.0f}, {len(waits)} mails)"


def _announced(place: Place, count: int) -> Iterator[float]:
    """Seconds until a client in IDLE, which does nothing else, is told of a delivered mail."""
    user = place.servers.imap.fresh_user()
    with place.servers.imap.client(user, None) as writer, place.servers.imap.client(user) as client:
        for raw in place.mails[:count]:
            client.idle()
            sleep(0.6)
            writer.append("INBOX", raw)
            sent = monotonic()
            while not any(line[1] == b"EXISTS" for line in client.idle_check(timeout=5) if len(line) > 1):
                pass
            yield monotonic() - sent
            client.idle_done()


def _waits(place: Place, ready: Ready, count: int) -> list[float]:
    """Seconds between the server's OK to a delivered mail and its reply being taken by the SMTP server."""
    place.servers.smtp.ask("reset")
    mails = [posted.raw for n in range(FIRST, FIRST + 100 * count, 100) for posted in _request(n, place)][:count]
    process = subprocess.Popen(child("job", ready.folder, 0), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != "ready":
            raise MeasureError("the daemon did not start")
        sleep(3.0)  # the mails that waited are answered, and it listens
        return list(_delivered(place, ready, mails))
    finally:
        process.communicate(timeout=60)


def _request(n: int, place: Place) -> Iterator[Any]:
    """The first request at or after this number."""
    return (posted for posted in mix(20, place.now, n) if posted.sort == "request")


def _delivered(place: Place, ready: Ready, mails: Sequence[bytes]) -> Iterator[float]:
    pause, at = random.Random(1), dict[str, float]()  # noqa: S311 - spreads deliveries over the polls
    with place.servers.imap.client(ready.doors.user, None) as client:
        for raw in mails:
            client.append("INBOX", raw)
            at[_id_of(raw)] = monotonic()
            sleep(0.05 + pause.random() * 0.1)
    for _ in range(100):
        stamps = dict(reversed(place.servers.smtp.ask("stamps")))
        if at.keys() <= stamps.keys():
            break
        sleep(0.1)
    return (max(stamps[name] - sent, 0.0) for name, sent in at.items() if name in stamps)


def _id_of(raw: bytes) -> str:
    line = next(one for one in raw.splitlines() if one.lower().startswith(b"message-id:"))
    return line.partition(b":")[2].strip().decode()
