"""The live table: what came, what was read, what was decided and why, what went out."""

from collections import deque
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from dplmaild.cli.quiet import Quiet
from dplmaild.delivery import Paid
from dplmaild.desk import Answered
from dplmaild.store.debts import name_of

_ROWS = 30
_COLUMNS = {"time": 2, "from": 4, "subject": 5, "read": 3, "decided": 2, "why": 6, "out": 4}  # name -> share


class LiveTable(Quiet):
    """The last messages, newest below; written again whenever something happens."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._rows: deque[dict[str, str]] = deque(maxlen=_ROWS)
        self._lock = Lock()
        self._live = Live(self._table(), console=self._console, refresh_per_second=4, transient=False)

    def log_path(self, config: Path) -> Path | None:
        """The screen belongs to the table."""
        path = config.resolve().parent.parent / "var" / "dplmaild.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def answered(self, answered: Answered) -> None:
        """A message was decided: a new row."""
        hearing = answered.hearing
        row = {
            "message": str(answered.stored.id),
            "time": f"{datetime.now().astimezone():%H:%M:%S}",
            "from": hearing.message.sender.address if hearing else "",
            "subject": hearing.message.subject if hearing else "",
            "read": _read(answered),
            "decided": answered.outcome.value,
            "why": answered.why,
            "out": "",
        }
        with self._lock:
            self._rows.append(row)
            self._live.update(self._table())

    def paid(self, paid: Paid) -> None:
        """A debt was settled: shown in the row of its message."""
        number = str(paid.debt.message)
        word = name_of(paid.debt.what) + ("" if paid.state.value == "paid" else f" ({paid.state.value})")
        with self._lock:
            for row in self._rows:
                if row["message"] == number:
                    row["out"] = ", ".join(p for p in (row["out"], word) if p)
            self._live.update(self._table())

    def _table(self) -> Table:
        table = Table(title="dplmaild", expand=True)
        for name, ratio in _COLUMNS.items():
            table.add_column(name, ratio=ratio, overflow="fold")
        for row in self._rows:
            table.add_row(*(row[column] for column in _COLUMNS))
        return table

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()


def _read(answered: Answered) -> str:
    """What was read, in a few words."""
    if answered.hearing is None:
        return ""
    meaning = answered.hearing.meaning
    words = [meaning.kind.value.replace("_", " ")]
    words += [meaning.intent.value.replace("_", " ")] if meaning.intent else []
    for deployment in meaning.deployments[:2]:
        parts = (deployment.environment, deployment.product, deployment.type, deployment.target_version)
        words.append(" ".join(str(p) for p in parts if p))
    return ", ".join(w for w in words if w)
