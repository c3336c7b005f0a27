"""What a daemon shows where nobody looks: nothing."""

from pathlib import Path
from typing import Self

from dplmaild.delivery import Paid
from dplmaild.desk import Answered


class Quiet:
    """No table: a daemon under systemd."""

    def log_path(self, _config: Path) -> Path | None:
        """Logs go to standard error."""
        return None

    def answered(self, answered: Answered) -> None:
        """A message was decided."""

    def paid(self, paid: Paid) -> None:
        """A debt was settled."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None
