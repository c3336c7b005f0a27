"""The configuration in force, and everybody who decides by it. It changes on SIGHUP and when a feed says other days."""

from threading import RLock

from dplmaild.daemon.sources import Workplace
from dplmaild.delivery import Delivery
from dplmaild.desk import Desk, Reception
from dplmaild.desk.second_look import SecondLook
from dplmaild.desk.telling import tell_ops
from dplmaild.feeds import Shelf, Trouble, in_force
from dplmaild.log import get_logger
from dplmaild.ports import TemporaryError
from dplmaild.settings import Settings
from dplmaild.writing.letters import Letters

log = get_logger()


class Following:
    """Puts another configuration into force; what is booked is looked at again by it, and OPS hears of it once."""

    def __init__(
        self, settings: Settings, reception: Reception, delivery: Delivery, place: Workplace, shelf: Shelf
    ) -> None:
        self.settings = settings
        self._reception = reception
        self._delivery = delivery
        self._place = place
        self._shelf = shelf
        self._behind = False
        self._changing = RLock()  # one change after the other: a feed never brings an older configuration back

    def follow(self, settings: Settings, letters: Letters | None = None) -> None:
        """Decide by this configuration from the next message on, and write by these letters where they are new."""
        with self._changing:
            self.settings = settings
            self._reception.follow(Desk(settings), letters)
            self._delivery.follow(settings, letters)
            self.look_again()

    def feeds_changed(self) -> None:
        """The same configuration, with what the feeds say now."""
        with self._changing:
            self.follow(in_force(self.settings, self._shelf, self._place.now()))

    def look_again(self) -> None:
        """Judge what is booked by the calendars and profiles of now, where they are others than at the last look.

        While the database takes no writes it waits: `catch_up` tries again.
        """
        with self._changing:
            self._behind = True
            try:
                found = SecondLook(self._place.database).at(self.settings, self._place.now())
            except TemporaryError as error:
                log.warning("booked deployments are looked at later", why=str(error))
                return
            self._behind = False
        if found is not None:
            names = [f"{since.what.value} {since.name}".strip() for since in found.since]
            log.info("looked again at what is booked", since=names, affected=found.references)

    def catch_up(self) -> None:
        """The look that could not be taken."""
        if self._behind:
            self.look_again()

    def tell(self, trouble: Trouble) -> None:
        """OPS hears of a feed that cannot be read, or that can be read again."""
        seed = f"feed/{trouble.source.key}/{trouble.since.isoformat()}/{bool(trouble.why)}"
        tell_ops(self._place.database, self.settings, "Vacation feed", str(trouble), seed, self._place.now())
