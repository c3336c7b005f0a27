"""Files whose libraries cannot be trusted with a hostile one (PDF, winmail.dat): read in a child that may die.

The one place where reading leaves its process: docs/decisions/files-apart.md.
"""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LARGEST = 10_000_000  # bytes of a file that are handed over
MOST_SECONDS = 5  # by the wall; the child's own limits (processor, memory) are in child.py

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What stands in a file: words in up to two forms, and files inside it."""

    text: str | None = None
    html: str | None = None
    files: tuple[tuple[str, bytes], ...] = ()


def unpacked(kind: str, content: bytes) -> Unpacked | None:
    """The words of a `pdf` or `tnef`; None where it is broken, too large, takes too long, or its library is missing."""
    if len(content) > LARGEST:
        return None
    command = [sys.executable, "-I", str(_CHILD), kind]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=MOST_SECONDS, check=True)  # noqa: S603 - our own file
        said = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    files = tuple((str(name), base64.b64decode(inside)) for name, inside in said["files"])
    return Unpacked(said["text"], said["html"], files)
