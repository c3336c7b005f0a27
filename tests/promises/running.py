"""The daemon as people run it: `python -m dplmaild run` in a process of its own, with its one-line JSON log."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds until a test gives up; nothing is measured by it


class Daemon:
    """A running daemon, at work in the folder of its configuration; its log lines as they come."""

    def __init__(self, config: Path) -> None:
        line = [sys.executable, "-m", "dplmaild", "--config", str(config), "run", "--no-live"]
        self._log = config.with_suffix(f".{time.monotonic_ns()}.log")
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                line, stderr=log, stdout=subprocess.DEVNULL, env=_environment(), cwd=config.parent
            )

    @property
    def output(self) -> str:
        """Everything it said."""
        return self._log.read_text()

    def lines(self, event: str) -> list[dict[str, Any]]:
        """Its log lines about one event."""
        whole = [json.loads(line) for line in self.output.splitlines() if line.startswith("{") and line.endswith("}")]
        return [line for line in whole if line.get("event") == event]

    def until(self, comes_true: Callable[[], bool], what: str) -> None:
        """Wait for something the daemon does."""
        end = time.monotonic() + PATIENCE
        while not comes_true():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{what} did not happen:\n{self.output}")
            time.sleep(0.05)

    def ended(self) -> int:
        """Wait for its end by itself; the exit code."""
        return self.process.wait(timeout=PATIENCE)

    def stop(self) -> int:
        """SIGTERM and its end; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended()


def command(config: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command beside the daemon, given in the same folder; with what it said."""
    line = [sys.executable, "-m", "dplmaild", "--config", str(config), *words]
    return subprocess.run(
        line, cwd=config.parent, env=_environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def _environment() -> dict[str, str]:
    """The same modules, whatever folder it is started in."""
    paths = os.pathsep.join(str(Path(each).absolute()) for each in sys.path if each)
    return {**os.environ, "PYTHONPATH": paths}


@contextmanager
def running(config: Path) -> Iterator[Daemon]:
    """A daemon that listens already, for as long as the block runs."""
    daemon = Daemon(config)
    try:
        daemon.until(lambda: bool(daemon.lines("started")), "the start")
        yield daemon
    finally:
        if daemon.process.poll() is None:
            daemon.process.kill()
            daemon.process.wait()
