"""One measurement in a process of its own: `worker.py job|bare|imports ...` prints one JSON line."""

import json
import resource
import sys
from pathlib import Path
from threading import Thread
from time import monotonic, process_time, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def job(folder: Path, count: int) -> dict[str, float]:
    """Our whole daemon until so many mails are decided, paid and shown."""
    from dplmaild.cli.running import start_logging
    from dplmaild.daemon.loop import Watching
    from dplmaild.settings import load
    from dplmaild.store.inbox import Inbox
    from dplmaild.wiring import build

    start_logging(folder / "log.jsonl")
    settings = load(folder / "dplmaild.toml")
    seen = {"answered": 0, "owed": 0, "paid": 0}

    def answered(each: object) -> None:
        seen["answered"] += 1
        seen["owed"] += len(each.debts)  # type: ignore[attr-defined]

    def paid(_: object) -> None:
        seen["paid"] += 1

    house = build(settings, Watching(answered, paid))
    before = (house.database.commits, house.database.statements)

    def over() -> bool:
        if seen["answered"] < count or seen["paid"] < seen["owed"]:
            return False
        with house.database.reading() as connection:
            return not Inbox(connection).unshown(1)

    started, spent = monotonic(), process_time()
    thread = Thread(target=house.daemon.run)
    thread.start()
    while not over():
        sleep(0.005)
    seconds, spent = monotonic() - started, process_time() - spent
    commits, statements = house.database.commits - before[0], house.database.statements - before[1]
    house.daemon.stop()
    thread.join(30)
    house.close()
    return {"seconds": seconds, "cpu": spent, "commits": commits, "statements": statements, "letters": seen["paid"]}


def listen(folder: Path) -> dict[str, float]:
    """Our daemon until standard input ends; says `ready` once it listens."""
    from dplmaild.cli.running import start_logging
    from dplmaild.daemon.loop import Watching
    from dplmaild.settings import load
    from dplmaild.wiring import build

    start_logging(folder / "log.jsonl")
    house = build(load(folder / "dplmaild.toml"), Watching(lambda _: None, lambda _: None))
    thread = Thread(target=house.daemon.run)
    thread.start()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.read()
    house.daemon.stop()
    thread.join(30)
    house.close()
    return {}


def bare(folder: Path, doors: str, group: int) -> dict[str, float]:
    """The loop without rules over the same mailbox."""
    from bench.bare import Bare, database
    from bench.house import Doors

    loop = Bare(Doors.from_json(doors), database(folder / "bare.db"), group)
    started, spent = monotonic(), process_time()
    letters = loop.run()
    return {"seconds": monotonic() - started, "cpu": process_time() - spent, "letters": letters}


def imports() -> dict[str, float]:
    """Nothing but what the daemon imports."""
    import dplmaild.cli.running

    return {"modules": len(sys.modules) if dplmaild.cli.running else 0}


def peak_mb() -> float:
    """The most memory this process ever held. Linux counts what the parent held before exec into ru_maxrss."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(words: list[str]) -> None:
    """Do one of them and tell."""
    match words:
        case ["job", folder, count]:
            told = job(Path(folder), int(count))
        case ["listen", folder]:
            told = listen(Path(folder))
        case ["bare", folder, doors, group]:
            told = bare(Path(folder), doors, int(group))
        case _:
            told = imports()
    told["peak_mb"] = peak_mb()
    print(json.dumps(told), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
