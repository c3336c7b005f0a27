"""P1 to P4 and P7 under kill -9 at every step of the scenario: nothing lost, nothing done twice, every doubt told."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import structlog

from promises.child import ChildError
from promises.outside import TO_THE_MESSAGE
from promises.steps import Step
from promises.sweep import Stage, Walked, cores, differences, stage

pytestmark = pytest.mark.long

FULL = os.environ.get("DPLMAILD_SWEEP") == "full"
PLAYED_TO_THE_END = 96  # every so many deaths; what follows a beat is a function of how things stand after it


@dataclass
class Swept:
    """What one worker saw."""

    deaths: int = 0
    ends: int = 0
    resends: int = 0
    in_all: int = 0
    seconds: float = 0.0
    complaints: list[str] = field(default_factory=list)


def _chosen(walked: Sequence[Walked]) -> list[tuple[Walked, Step]]:
    """Every step; of those of the mail server that are not about a final dot, every third unless all are asked for."""
    seen: Counter[str] = Counter()
    points = []
    for beat in walked:
        for step in beat.steps:
            seen[step.kind] += 1
            dear = step.site != "smtp" or step.kind.endswith(TO_THE_MESSAGE)
            if FULL or dear or seen[step.kind] % 3 == 0:
                points.append((beat, step))
    return points


def _quiet() -> None:
    structlog.configure(processors=[_dropped])


def _dropped(_: Any, __: str, ___: MutableMapping[str, Any]) -> str:
    raise structlog.DropEvent


def _sweep(share: int, shares: int, folder: Path) -> Swept:
    """One worker's share of the deaths."""
    _quiet()
    began, swept = time.monotonic(), Swept()
    with stage(folder / str(share)) as scene:
        whole = scene.whole()
        walked = scene.walk()
        swept.complaints += whole.letters.complaints + differences(walked[-1].after.state, whole.state)
        swept.in_all = sum(len(beat.steps) for beat in walked)
        points = _chosen(walked)
        for number, (beat, step) in list(enumerate(points))[share::shares]:
            to_the_end = number % PLAYED_TO_THE_END < shares
            wanted = walked[-1] if to_the_end else beat
            swept.complaints += _die(scene, beat, step, wanted, swept)
    swept.seconds = time.monotonic() - began
    return swept


def _die(scene: Stage, beat: Walked, step: Step, wanted: Walked, swept: Swept) -> Iterator[str]:
    """One death, and what is not as in the undisturbed run."""
    where = f"killed at {step.site} {step.number} ({step.kind}) of beat {beat.number}"
    swept.deaths += 1
    swept.ends += wanted.number > beat.number
    try:
        stand = scene.die(beat, [step], to_the_end=wanted is not beat)
    except ChildError as error:
        yield f"{where}: {error}"
        return
    swept.resends += sum(times == 2 for times in stand.letters.taken.values())
    complaints = [*stand.letters.complaints, *differences(stand.state, wanted.after.state)]
    yield from (f"{where}: {complaint}" for complaint in complaints)
    if scene.deaths != 1:
        yield f"{where}: died {scene.deaths} times"


def test_a_process_killed_at_any_step_leaves_nothing_undone_and_nothing_done_twice(
    tmp_path: Path, figures: Callable[[str], None]
) -> None:
    shares = cores()
    with ProcessPoolExecutor(shares, mp_context=get_context("fork")) as workers:
        swept = list(workers.map(_sweep, range(shares), [shares] * shares, [tmp_path] * shares))
    complaints = [complaint for each in swept for complaint in each.complaints]
    deaths, resends = sum(s.deaths for s in swept), sum(s.resends for s in swept)
    figures(
        f"kill sweep: killed at {deaths} of {swept[0].in_all} steps, {sum(s.ends for s in swept)} played to the end, "
        f"{resends} letters sent again in doubt, {len(complaints)} complaints, {max(s.seconds for s in swept):.0f} s"
    )
    assert complaints[:10] == []
    assert deaths > 400
    assert resends > 0, "no letter was in doubt: the kills did not strike"
