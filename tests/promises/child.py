"""A process of the house that may die: forked from a warm one, told what to do through a pipe, line by line."""

import os
import traceback
from datetime import datetime

from promises.steps import Steps
from promises.turns import Clock, Turns, Warm, counted_parts


class ChildError(Exception):
    """The house raised in its process."""


class Child:
    """A forked process. It is dead when it answers nothing."""

    def __init__(self, ready: Warm, steps: Steps) -> None:
        to_child, from_us = os.pipe()
        to_us, from_child = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(from_us)
            os.close(to_us)
            _live(ready, steps, to_child, from_child)
        os.close(to_child)
        os.close(from_child)
        self._orders, self._answers = from_us, to_us
        steps.victim = self.pid

    def do(self, order: str) -> bool:
        """Carry an order out; False when the process died of it."""
        try:
            os.write(self._orders, f"{order}\n".encode())
        except BrokenPipeError:
            return False
        answer = os.read(self._answers, 65536).decode()
        if answer not in {"", "done\n"}:
            raise ChildError(answer)
        return answer != ""

    def bury(self) -> None:
        """The end of the process, whether it has died or not."""
        os.close(self._orders)
        os.close(self._answers)
        os.waitpid(self.pid, 0)


def _live(ready: Warm, steps: Steps, orders: int, answers: int) -> None:
    """The child's whole life; never returns into the test that forked it."""
    try:
        _obey(ready, steps, orders, answers)
    except BaseException:
        os.write(answers, traceback.format_exc()[-60_000:].encode())
    finally:
        os._exit(0)


def _obey(ready: Warm, steps: Steps, orders: int, answers: int) -> None:
    turns: Turns | None = None
    with os.fdopen(orders, encoding="ascii") as lines:
        for line in lines:
            word, _, moment = line.strip().partition(" ")
            now = datetime.fromisoformat(moment)
            if turns is None:
                turns = Turns(ready, counted_parts(ready.settings, ready.database, steps), Clock(now))
                turns.recover()
            turns.clock.now = now
            {"go": turns.go, "settle": turns.settle, "end": turns.end}[word]()
            os.write(answers, b"done\n")
