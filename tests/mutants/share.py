"""`make mutants`: how many changes of the rules a test noticed; ends with 1 below the share that is asked for."""

import json
import sys
from pathlib import Path

WANTED = 90  # percent
STATS = Path("mutants") / "mutmut-cicd-stats.json"


def main() -> int:
    """Print the share; what survived is listed by `mutmut results`, and shown by `mutmut show NAME`."""
    stats = json.loads(STATS.read_text("utf-8"))
    noticed = stats["killed"] + stats["timeout"] + stats["segfault"]
    share = 100 * noticed / max(stats["total"] - stats["skipped"], 1)
    sys.stdout.write(f"{noticed} of {stats['total']} changes were noticed: {share:.1f} % (asked for: {WANTED} %)\n")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
