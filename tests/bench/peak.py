"""What a child process tells when it has ended its work."""

import json
import resource
from pathlib import Path
from typing import Any


def tell(**told: Any) -> None:
    """One JSON line with the most memory this process ever held, in MB."""
    print(json.dumps({**told, "peak_mb": _peak_mb()}), flush=True)  # noqa: T201


def held_mb() -> float:
    """What this process holds now, in MB; where the system does not say so, the most it ever held."""
    return _status_mb("VmRSS:")


def _peak_mb() -> float:
    """Linux counts what the parent held before exec into ru_maxrss, but not into VmHWM."""
    return _status_mb("VmHWM:")


def _status_mb(name: str) -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith(name))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
