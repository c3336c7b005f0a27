"""Runs of the scenario, beat by beat, in processes that may die at any step.

Playing the whole scenario for each of its hundreds of steps would take long. So the undisturbed run is walked once,
with a clean stop after each beat, and the world is kept as it stood there. A death begins at the beat that holds its
step, and is judged when that beat is over: everything that is on record and everything outside has to be as in the
undisturbed run. What follows is a function of just that; for every few deaths it is played to the end all the same.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from dplmaild.store.database import Database
from promises.child import Child, ChildError
from promises.counted import CountedDatabase
from promises.desk import Where, desk_in, smtp_post, zammad
from promises.outcome import Letters, State, letters, outcome
from promises.outside import DeadlyZammad, Kept, World, post_office
from promises.scenario import Beat, beats
from promises.steps import Step, Steps
from promises.turns import Clock, Turns, Warm, plain_parts, warm
from servers.zammad.double import TOKEN

# Longer than Delivery's pause after a doubt and than Zammad's settle time; twice, since a death can come late.
PAUSES = (timedelta(minutes=6), timedelta(minutes=12))
MOST_DEATHS = 3


@dataclass(frozen=True)
class Stand:
    """How things stand."""

    state: State
    letters: Letters


@dataclass(frozen=True)
class Walked:
    """One beat of the undisturbed run: the world before it, its steps, and how things stood after it."""

    number: int
    before: Kept
    steps: tuple[Step, ...]
    after: Stand


@dataclass
class Stage:
    """A world with its servers and a warm house, for run after run."""

    folder: Path
    world: World
    steps: Steps
    ready: Warm
    deaths: int = 0
    _child: Child | None = field(default=None, init=False)

    def whole(self) -> Stand:
        """The scenario in one process, without a death."""
        self.world.begin(self.folder / "empty.db")
        self.steps.begin()
        for beat in beats():
            self._play(beat)
        self._stop()
        return self._stand()

    def walk(self) -> tuple[Walked, ...]:
        """The scenario with a clean stop after each beat, without a death."""
        self.world.begin(self.folder / "empty.db")
        walked = []
        for number, beat in enumerate(beats()):
            before = self.world.keep(self.folder / "kept" / str(number))
            self.steps.begin()
            self._play(beat)
            self._end(beat)
            walked.append(Walked(number, before, tuple(self.steps.listed()), self._stand()))
        return tuple(walked)

    def die(self, walked: Walked, deadly: Sequence[Step], *, to_the_end: bool = False) -> Stand:
        """A beat with one death, or one after the other; with `to_the_end` also all that follows."""
        script = beats()
        self.world.restore(walked.before)
        self.steps.begin(deadly)
        self.deaths = 0
        for beat in script[walked.number :] if to_the_end else script[walked.number : walked.number + 1]:
            self._play(beat)
            last = beat
        self._end(last)
        return self._stand()

    def _play(self, beat: Beat) -> None:
        self.world.bring(beat)
        self._do("go", beat.at)
        for pause in PAUSES:
            self._do("settle", beat.at + pause)

    def _end(self, beat: Beat) -> None:
        self._do("end", beat.at + PAUSES[-1])
        self._stop()

    def _do(self, word: str, at: datetime) -> None:
        """An order to the living process; when it dies, to its successor."""
        for _ in range(MOST_DEATHS):
            if self._child is None:
                self._child = Child(self.ready, self.steps)
            if self._child.do(f"{word} {at.isoformat()}"):
                return
            self._stop()
            self.deaths += 1
        raise ChildError(f"died again and again at {at}")

    def _stop(self) -> None:
        if self._child is not None:
            self._child.bury()
            self._child = None

    def _stand(self) -> Stand:
        database = self.ready.database
        try:
            return Stand(outcome(database, self.world), letters(database, self.world))
        finally:
            database.close()  # no process is forked with an open connection


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Servers and a warm house in this folder, for as long as the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    steps = Steps(folder / "steps")
    with post_office(steps) as office, DeadlyZammad(steps) as desk:
        settings = desk_in(folder, Where(post=smtp_post(office.port), zammad=zammad(desk.url)), TOKEN)
        database = Database(f"sqlite:///{folder / 'empty.db'}")
        database.migrate()
        database.close()
        world = World(folder, office, desk)
        ready = warm(settings, CountedDatabase(settings.store.url, steps))
        _rehearse(world, ready, folder / "empty.db")
        yield Stage(folder, world, steps, ready)
        shutil.rmtree(folder / "kept", ignore_errors=True)


def _rehearse(world: World, ready: Warm, empty: Path) -> None:
    """The scenario once in this very process: what it loads and compiles, every forked one has."""
    world.begin(empty)
    turns = Turns(ready, plain_parts(ready.settings, ready.database), Clock(beats()[0].at))
    for beat in beats():
        world.bring(beat)
        turns.clock.now = beat.at
        turns.go()
    turns.close()


def differences(found: State, wanted: State) -> list[str]:
    """What is not as it should be, part by part."""
    complaints = []
    for part, rows in wanted.items():
        lost = [row for row in rows if row not in found[part]]
        extra = [row for row in found[part] if row not in rows]
        if found[part] != rows:
            complaints.append(f"{part}: lost {lost[:3]}, extra {extra[:3]}, {len(found[part])} instead of {len(rows)}")
    return complaints


def cores() -> int:
    """How many processes share a sweep."""
    return min(2, len(os.sched_getaffinity(0)))
