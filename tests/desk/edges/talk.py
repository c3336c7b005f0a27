"""A conversation in few words: who says what when, and what we wrote to whom about it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk.build import ANN, ENGINEER, HOUR, INSTRUCTIONS, MANAGER, NOW, REQUEST, Mail, Running
from dplmaild.deployment.owed import Alarm, Letter
from dplmaild.desk import Answered

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, SECOND = "DPL-2026-0001", "DPL-2026-0002"
MINUTE = timedelta(minutes=1)
FRIDAY = REQUEST.replace("Tuesday, 15", "Friday, 18")  # no day for it: Monday 21 to Wednesday 23 are offered


def at(text: str) -> datetime:
    """A moment on Berlin's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


class Talk:
    """One conversation on a real record; every mail comes an hour after the one before unless it is said."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.now = NOW
        self._number = 100

    def opens(self, text: str = REQUEST, sender: str = ANN, subject: str = "Next release", **more: str) -> Answered:
        """A mail that answers nothing."""
        return self._posted(Mail(text, sender, subject, headers=more))

    def says(self, text: str, sender: str = ANN, *, about: str = FIRST, letter: str = "", **more: str) -> Answered:
        """An answer to our last letter of a case, or to the one that is named."""
        answered = letter or self.running.our_letter(about)
        headers = {"In-Reply-To": answered, "References": answered} | more
        return self._posted(Mail(text, sender, "Re: Next release", headers=headers))

    def orders(self, line: str, sender: str = MANAGER, about: str = FIRST) -> Answered:
        """A command of OPS."""
        return self._posted(Mail(line, sender, f"Re: Next release [{about}]"))

    def later(self, by: timedelta) -> "Talk":
        """The next mail comes so much after the last one."""
        self.now += by - HOUR
        return self

    def at(self, moment: str | datetime) -> "Talk":
        """The next mail comes at a moment, on Berlin's wall clock."""
        self.now = (at(moment) if isinstance(moment, str) else moment) - HOUR
        return self

    def to_the_tests(self) -> None:
        """From the request to the moment where the attendant's word is awaited: 15 December, 11:00."""
        self.opens()
        self.says(INSTRUCTIONS)
        self.orders("/override PRE-2 seen on UAT")
        self.at("2026-12-15 10:00").orders("/start", ENGINEER)
        self.at("2026-12-15 11:00").orders("/complete", ENGINEER)

    def _posted(self, mail: Mail) -> Answered:
        self.now += HOUR
        self._number += 1
        headers = dict(mail.headers)
        sent = headers.pop("Date", f"{self.now:%a, %d %b %Y %H:%M:%S %z}")
        raw = replace(mail, number=self._number, headers=headers).bytes
        return self.running.receive(raw.replace(b"Mon, 23 Nov 2026 09:00:00 +0100", sent.encode()), self.now)


def kinds(answered: Answered) -> list[str]:
    """What was written to people outside of OPS."""
    return [debt.what.kind.value for debt in answered.debts if isinstance(debt.what, Letter)]


def calls(answered: Answered) -> list[str]:
    """What OPS was told."""
    return [debt.what.letter.facts.text for debt in answered.debts if isinstance(debt.what, Alarm)]
