"""Killed, and killed again while recovering: nobody gets three letters, and who might have got none is told to OPS."""

from collections.abc import Callable, Sequence

from promises.steps import Step
from promises.sweep import Stage, Walked

HANDED_OVER = "after a letter is handed over"
BEATS = (0, 1, 6, 9)  # a request alone, a group of mails, a ticket, OPS at work


def _second_deaths(steps: Sequence[Step], first: Step) -> list[Step]:
    """Every later hand-over of a letter: among them is that of the letter in doubt."""
    return [step for step in steps if step.kind == HANDED_OVER and step.number > first.number]


def test_killed_while_a_letter_in_doubt_is_sent_again(
    scene: Stage, walked: tuple[Walked, ...], figures: Callable[[str], None]
) -> None:
    complaints: list[str] = []
    runs = told = 0
    for beat in (walked[number] for number in BEATS):
        for first in [step for step in beat.steps if step.kind == HANDED_OVER][:2]:
            scene.die(beat, [first])
            for second in _second_deaths(scene.steps.listed(), first)[:4]:
                stand = scene.die(beat, [first, second])
                runs += 1
                # An alarm that fails raises no alarm; it stands in the audit.
                aside = sum("set aside" in what and "triage" not in what for what in stand.letters.unpaid)
                alarms = len(stand.letters.doubts) - len(beat.after.letters.doubts)
                told += aside
                where = f"beat {beat.number}, {first.number} and {second.number}"
                complaints += [f"{where}: {aside} set aside, {alarms} told"] * (aside != alarms)
                complaints += [f"{where}: lost {row}" for row in beat.after.state["history"]
                               if row not in stand.state["history"]]  # fmt: skip
                complaints += [
                    f"{where}: {name} {times} times" for name, times in stand.letters.taken.items() if times > 2
                ]
                complaints += [f"{where}: {what}" for what in stand.letters.complaints if not what.startswith("unpaid")]
    figures(f"killed twice: {runs} runs, {told} letters in doubt a second time and told to OPS")
    assert complaints == []
    assert told > 0, "no second death struck a letter in doubt"
