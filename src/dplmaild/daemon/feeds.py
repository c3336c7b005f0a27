"""The thread that reads vacation feeds. No deadline waits for it: what was last read stays in force."""

from dplmaild.daemon.following import Following
from dplmaild.daemon.sources import Source, Workplace
from dplmaild.feeds import Refresher
from dplmaild.log import get_logger

_PAUSE = 10.0  # seconds between two looks at what is due
log = get_logger()


class FeedSource(Source):
    """Feeds that are due are read; what changed is put into force, trouble is told."""

    def __init__(self, refresher: Refresher, place: Workplace, following: Following) -> None:
        super().__init__("vacation feeds", place, _PAUSE)
        self._refresher = refresher
        self._following = following

    def turn(self) -> bool:
        """One look at all feeds."""
        self._following.catch_up()
        turned = self._refresher.turn(self._following.settings, self.place.now())
        for trouble in turned.troubles:
            log.warning("vacation feed", said=str(trouble))
        if turned.changed:
            self._following.feeds_changed()
        for trouble in turned.troubles:
            self._following.tell(trouble)
            self._refresher.told(trouble)
        return False
