"""The daemon: sources bring messages in, one thread pays what is owed, the main loop lets timers fire."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread

from dplmaild.daemon.clock import ClockWatch, jumped
from dplmaild.daemon.notify import Notifier
from dplmaild.daemon.sources import NEVER, Clock, MailSource, Source, TicketSource, Workplace
from dplmaild.delivery import Delivery, Paid
from dplmaild.desk import Answered, DailyDigest, Reception
from dplmaild.desk.missing_timers import set_missing_timers
from dplmaild.desk.telling import tell_ops
from dplmaild.log import get_logger
from dplmaild.ports import DplmaildError
from dplmaild.store.debts import Debt
from dplmaild.store.writer import TakenOverError

TURN_SECONDS = 0.5
log = get_logger()


@dataclass(frozen=True)
class Watching:
    """Who is told what happens, for the live table."""

    answered: Callable[[Answered], None]
    paid: Callable[[Paid], None]


class Trouble:
    """Says once what is wrong and once that it is over, however often it is met in between."""

    def __init__(self, event: str) -> None:
        self._event = event
        self._told: str | None = None

    def met(self, error: DplmaildError) -> None:
        """One line when it is new."""
        if self._told != str(error):
            self._told = str(error)
            log.warning(self._event, why=self._told, next_attempt=f"every {TURN_SECONDS} s")

    def over(self) -> None:
        """One line when there was any."""
        if self._told is not None:
            self._told = None
            log.info(f"{self._event} no longer")


class Payments(Thread):
    """Pays what was just decided at once, and what falls due later in its own turns."""

    def __init__(self, delivery: Delivery, now: Clock, stopping: Event, paid: Callable[[Paid], None]) -> None:
        super().__init__(name="delivery", daemon=True)
        self.queue: SimpleQueue[tuple[Debt, ...]] = SimpleQueue()
        self._delivery = delivery
        self._now = now
        self._stopping = stopping
        self._paid = paid
        self._trouble = Trouble("delivery waits")

    def run(self) -> None:
        """Until the daemon stops and everything handed over is settled."""
        while not (self._stopping.is_set() and self.queue.empty()):
            try:
                self._turn()
            except DplmaildError as error:
                self._trouble.met(error)
                self._stopping.wait(TURN_SECONDS)
            except Exception:
                log.exception("delivery failed")
                self._stopping.wait(TURN_SECONDS)
            else:
                self._trouble.over()

    def _turn(self) -> None:
        try:
            group = list(self.queue.get(timeout=TURN_SECONDS))
        except Empty:
            group = []
        while not self.queue.empty() and len(group) < 200:
            group.extend(self.queue.get())
        settled = self._delivery.pay(group, self._now) if group else ()
        for paid in (*settled, *self._delivery.turn(self._now)):
            self._paid(paid)


class Daemon:
    """Everything that runs, under one roof. `run` returns when `stop` was called."""

    def __init__(
        self, reception: Reception, delivery: Delivery, place: Workplace, watching: Watching, notifier: Notifier
    ) -> None:
        self._reception = reception
        self._delivery = delivery
        self._place = place
        self._watching = watching
        self._notifier = notifier
        self._sources: list[MailSource | TicketSource] = []
        self._beside: list[Thread] = []
        self.payments = Payments(delivery, place.now, place.stopping, watching.paid)
        self._trouble = Trouble("timers wait")
        self._digest: DailyDigest | None = None
        self._clock: ClockWatch | None = None
        self._jumps: list[str] = []  # OPS is still to be told of
        self._taken_over: TakenOverError | None = None
        self._reload: Callable[[], None] = lambda: None
        self._reload_wanted = Event()

    def add(self, source: MailSource | TicketSource) -> None:
        """One more door to listen at."""
        source.answered = self.heard
        self._sources.append(source)

    def beside(self, thread: Thread) -> None:
        """A thread that brings no messages in: nothing waits for it."""
        self._beside.append(thread)

    def in_the_morning(self, digest: DailyDigest) -> None:
        """Who gives the digest when OPS's day begins."""
        self._digest = digest

    def mind_the_clock(self, clock: ClockWatch) -> None:
        """Who notices when the wall clock jumps."""
        self._clock = clock

    @property
    def sources(self) -> Sequence[Source]:
        """The doors we listen at, each with its health."""
        return tuple(self._sources)

    def on_reload(self, reload: Callable[[], None]) -> None:
        """What SIGHUP does."""
        self._reload = reload

    def want_reload(self) -> None:
        """Read the configuration again in the next turn; safe in a signal handler."""
        self._reload_wanted.set()

    def stop(self) -> None:
        """Finish the turn and leave; safe in a signal handler."""
        self._place.stopping.set()

    def heard(self, answered: tuple[Answered, ...]) -> None:
        """What the sources decided: shown, and paid at once."""
        debts = tuple(debt for each in answered for debt in each.debts)
        if debts:
            self.payments.queue.put(debts)
        for each in answered:
            self._watching.answered(each)

    def run(self) -> None:
        """Recover, listen, pay, let timers fire, until stopped; raises TakenOverError when another daemon follows."""
        for paid in self._delivery.recover(self._place.now()):
            self._watching.paid(paid)
        self.heard(self._reception.catch_up(self._place.now()))
        set_missing_timers(self._place.database, self._reception.desk.settings, self._place.now())
        self.payments.start()
        for source in (*self._sources, *self._beside):
            source.start()
        self._notifier.say("READY=1")
        while not self._place.stopping.wait(TURN_SECONDS):
            self.turn()
        self._leave()
        if self._taken_over is not None:
            raise self._taken_over

    def turn(self) -> None:
        """One turn of the main loop: a wanted reload, timers, what is to be tried again."""
        self._notifier.say("WATCHDOG=1")
        if self._reload_wanted.is_set():
            self._reload_wanted.clear()
            self._reload()
        try:
            self._place.database.sure()
            self._fall_due()
        except TakenOverError as error:
            self._taken_over = error
            self.stop()
        except DplmaildError as error:
            self._trouble.met(error)
        else:
            self._trouble.over()

    def _fall_due(self) -> None:
        """Timers, and what waits for another attempt or is to be replayed."""
        now = self._place.now()
        if self._is_plain(now):
            self._let_fire(now)
        with self._place.lock:
            again = self._reception.catch_up(now)
        if again:
            self.heard(again)

    def _let_fire(self, now: datetime) -> None:
        """What is due, and the digest when OPS's day begins."""
        read_until = min((s.health.read_until for s in self._sources), default=now)
        with self._place.lock:
            debts = self._reception.fire(now, read_until)
        if debts:
            self.payments.queue.put(debts)
        # Without the lock: to draw a long day up may take a second, in which mail goes on being answered.
        letter = self._digest.turn(now, read_until, self._unread()) if self._digest else ()
        if letter:
            self.payments.queue.put(letter)

    def _is_plain(self, now: datetime) -> bool:
        """Whether the clock can be believed (P16): after a jump every source is read anew, and ten minutes pass."""
        if self._clock is None:
            return True
        jump = self._clock.look(now)
        if jump is not None:
            for source in self._sources:
                source.health.read_until = NEVER
            self._jumps.append(jumped(jump))
            log.warning("clock jumped", by=str(jump), now=now.isoformat())
        while self._jumps:
            settings, seed = self._reception.desk.settings, f"jump/{now.isoformat()}"
            with self._place.lock:
                tell_ops(self._place.database, settings, "Clock", self._jumps[0], seed, now)
            self._jumps.pop(0)
        with self._place.lock:
            self._clock.keep()
        return self._clock.is_plain

    def _unread(self) -> tuple[str, ...]:
        """The doors behind which nothing can be read, with what they said."""
        return tuple(f"{s.health.name}: {s.health.trouble}" for s in self._sources if s.health.trouble)

    def _leave(self) -> None:
        self._notifier.say("STOPPING=1")
        for source in self._sources:
            source.close()
        for thread in (*self._sources, *self._beside, self.payments):
            if thread.is_alive():
                thread.join(timeout=20)
