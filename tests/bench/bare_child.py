"""The loop without rules in a process of its own: `bare_child.py FOLDER DOORS GROUP [reads]`."""

import sys
from pathlib import Path
from time import monotonic, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.bare import Bare, database
from bench.house import Doors
from bench.peak import tell
from dplmaild.reading import warm_up


def main(folder: Path, doors: str, group: int, *, reads: bool) -> None:
    """Work off the mailbox and tell how long it took."""
    if reads:
        warm_up()
    loop = Bare(Doors.from_json(doors), database(folder / "bare.db"), group, reads=reads)
    started, spent = monotonic(), process_time()
    letters = loop.run()
    tell(seconds=monotonic() - started, cpu=process_time() - spent, letters=letters)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), reads=sys.argv[4:] == ["reads"])
