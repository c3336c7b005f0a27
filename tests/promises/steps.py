"""Counted steps, and the death of the process at one of them.

A site is who counts: the house itself, the mail server, the ticket system. Each counts for itself, so that a number
names the same step in every run, however threads of a server and the house happen to interleave.
"""

import mmap
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SITES = ("house", "smtp", "zammad")


@dataclass(frozen=True, slots=True)
class Step:
    """One place to die at: the site, which of its steps (from 1), and what happens there."""

    site: str
    number: int
    kind: str = ""


class Steps:
    """Lives in memory that a process shares with those it forks."""

    def __init__(self, listing: Path) -> None:
        self._memory = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("q")
        self._listing = listing
        self._deadly: frozenset[tuple[str, int]] = frozenset()
        self.victim = 0  # whom the servers kill; nothing counts before there is somebody

    def begin(self, deadly: Sequence[Step] = ()) -> None:
        """Count from the beginning, and kill at these steps. Who is forked later knows of them."""
        for site in range(len(SITES)):
            self._memory[site] = 0
        self._deadly = frozenset((step.site, step.number) for step in deadly)
        self._listing.write_text("")

    def at(self, site: str, kind: str) -> bool:
        """One step more; True when the victim was killed here (the victim itself does not return)."""
        if site != "house" and not self.victim:
            return False
        index = SITES.index(site)
        self._memory[index] += 1
        number = self._memory[index]
        with self._listing.open("a") as listing:
            listing.write(f"{site}\t{number}\t{kind}\n")
        if (site, number) not in self._deadly:
            return False
        os.kill(os.getpid() if site == "house" else self.victim, signal.SIGKILL)
        return True

    def listed(self) -> Sequence[Step]:
        """Every step so far."""
        lines = (line.split("\t") for line in self._listing.read_text().splitlines())
        return tuple(Step(site, int(number), kind) for site, number, kind in lines)
