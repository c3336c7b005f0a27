"""Which deployment is meant: what was asked about a message, and the one answer that counts (P2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from dplmaild.store.tables import messages, questions


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: of which message (and of which of its deployments), and the references in their order."""

    id: int
    message: int
    part: int | None  # None: the whole message
    fits: tuple[str, ...]
    asked_at: datetime
    meant: str | None = None  # the reference that was named; None while nobody has
    again: bool = False  # it had been asked before, and the answer named none


class Questions:
    """The questions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(
        self,
        message: int,
        part: int | None,
        fits: Sequence[str],
        now: datetime,
        *,
        letter: str | None,
        ticket: int | None,
    ) -> None:
        """Note a question with the letter or ticket in which it stands."""
        row = {"message": message, "part": part, "fits": list(fits), "asked_at": now}
        self._connection.execute(insert(questions).values(message_id=letter, ticket=ticket, **row))

    def in_letter(self, message_id: str) -> Asked | None:
        """The question that a letter of ours asks."""
        return self._newest(questions.c.message_id == message_id)

    def in_ticket(self, ticket: int) -> Asked | None:
        """The newest question on a ticket."""
        return self._newest(questions.c.ticket == ticket)

    def of_sender(self, sender: str) -> Asked | None:
        """The newest question about a message of this sender: a prepared reply names no thread."""
        return self._newest(questions.c.message.in_(select(messages.c.id).where(messages.c.sender == sender)))

    def settle(self, asked: Asked, meant: str, now: datetime) -> bool:
        """It is answered, in every letter in which it was asked; False when somebody else's answer was faster."""
        same = questions.c.part.is_(None) if asked.part is None else questions.c.part == asked.part
        open_ = (questions.c.message == asked.message, same, questions.c.settled_at.is_(None))
        changed = self._connection.execute(update(questions).where(*open_).values(settled_at=now, meant=meant))
        return changed.rowcount > 0

    def _newest(self, where: Any) -> Asked | None:
        row = self._connection.execute(select(questions).where(where).order_by(questions.c.id.desc())).first()
        if row is None:
            return None
        earlier = (questions.c.message == row.message, questions.c.id < row.id)
        same = questions.c.part.is_(None) if row.part is None else questions.c.part == row.part
        count = self._connection.execute(select(func.count()).select_from(questions).where(*earlier, same)).scalar_one()
        fits = tuple(row.fits)
        return Asked(row.id, row.message, row.part, fits, row.asked_at, row.meant, again=int(count) > 0)
