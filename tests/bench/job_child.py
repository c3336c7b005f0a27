"""Our daemon in a process of its own: `job_child.py FOLDER COUNT` until so many mails are decided, paid and shown.

With COUNT 0 it says `ready` once it listens, and ends with standard input.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic, process_time, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.peak import tell
from dplmaild.cli.running import start_logging
from dplmaild.daemon.loop import Watching
from dplmaild.delivery import Paid
from dplmaild.desk import Answered
from dplmaild.settings import load
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox
from dplmaild.wiring import House, build


@dataclass
class Seen:
    """What has been done so far."""

    answered: int = 0
    owed: int = 0
    paid: int = 0

    def decided(self, each: Answered) -> None:
        """One mail was decided."""
        self.answered += 1
        self.owed += len(each.debts)

    def settled(self, _: Paid) -> None:
        """One debt was paid."""
        self.paid += 1

    def all_of(self, count: int, database: Database) -> bool:
        """Whether so many mails are decided, all they owe is paid, and every outcome is shown."""
        if self.answered < count or self.paid < self.owed:
            return False
        with database.reading() as connection:
            return not Inbox(connection).unshown(1, "inbox")


def work(house: House, seen: Seen, count: int) -> None:
    """Until the backlog is done; then tell what it took."""
    before = house.database.commits
    started, spent = monotonic(), process_time()
    thread = _begun(house)
    while not seen.all_of(count, house.database):
        sleep(0.005)
    seconds, spent = monotonic() - started, process_time() - spent
    commits = house.database.commits - before
    _end(house, thread)
    tell(seconds=seconds, cpu=spent, commits=commits, paid=seen.paid)


def listen(house: House) -> None:
    """Until standard input ends."""
    thread = _begun(house)
    print("ready", flush=True)  # noqa: T201
    sys.stdin.read()
    _end(house, thread)
    tell()


def _begun(house: House) -> Thread:
    thread = Thread(target=house.daemon.run)
    thread.start()
    return thread


def _end(house: House, thread: Thread) -> None:
    house.daemon.stop()
    thread.join(30)
    house.close()


def main(folder: Path, count: int) -> None:
    """As a daemon starts: logs as JSON lines, the configuration, the house."""
    start_logging(folder / "log.jsonl")
    seen = Seen()
    house = build(load(folder / "dplmaild.toml"), Watching(seen.decided, seen.settled))
    house.warm_up()
    if count:
        work(house, seen, count)
    else:
        listen(house)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
