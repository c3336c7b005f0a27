"""That the clock has jumped and is not believed yet: on record, so that a restart goes on holding (P16)."""

from sqlalchemy import delete, insert, select

from dplmaild.store.database import Database
from dplmaild.store.tables import counters

_NAME = "clock "  # in front of the boot's id, in the name of its counter
_LONGEST_BOOT = 34  # characters that are left of the name


class KeptHold:
    """The one hold there can be; its moment is one of the steady clock, which means something within its boot alone."""

    def __init__(self, database: Database, boot: str) -> None:
        self._database = database
        self._name = _NAME + boot.replace("-", "")[:_LONGEST_BOOT]
        self._known = bool(boot)  # without an id no boot is known to be the same

    def left(self, steady: float, patience: float) -> float | None:
        """Seconds until the clock is believed; all of them after a reboot; None where nothing is held."""
        with self._database.reading() as connection:
            query = select(counters.c.name, counters.c.value).where(counters.c.name.startswith(_NAME))
            rows = connection.execute(query).all()
        if not rows:
            return None
        ours = [row.value / 1000 - steady for row in rows if self._known and row.name == self._name]
        return min(max(ours), patience) if ours else patience

    def hold(self, until: float) -> None:
        """Nothing falls due before this moment of the steady clock."""
        with self._database.writing() as connection:
            connection.execute(delete(counters).where(counters.c.name.startswith(_NAME)))
            connection.execute(insert(counters).values(name=self._name, value=round(until * 1000)))

    def release(self) -> None:
        """The clock is believed again."""
        with self._database.writing() as connection:
            connection.execute(delete(counters).where(counters.c.name.startswith(_NAME)))
