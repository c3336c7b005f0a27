"""Most mail is only skimmed: read closely it would not be ours either (MSG-1)."""

from dataclasses import replace
from random import Random

from dplmaild.deployment.said import Kind
from dplmaild.reading.fields import read_fields
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.kinds import judge
from dplmaild.reading.meaning.source import words_of
from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import Line, visible
from reading.generated import examples
from reading.upper.corpus import FOLDER
from reading.upper.mails import RECEIVED, mail

_WORDS = 5  # shorter lines are labels with their values, mostly
HINTS = Hints(received=RECEIVED, own_addresses=frozenset({"desk@example.org"}))


def _sentences() -> list[str]:
    """What people wrote in the mails of the corpus, line by line."""
    mails = (visible(read_message(path.read_bytes())) for path in sorted(FOLDER.glob("*.eml")))
    lines = (block.text.strip() for seen in mails for block in seen.new if isinstance(block, Line))
    return sorted({line for line in lines if len(line.split()) >= _WORDS})


SENTENCES = _sentences()
SUBJECTS = ("A question", "Release 11.2.3", "ICM", "PRD on Tuesday", "Deployment", "10 December")


def _is_skimmed_only(dice: Random) -> bool:
    """Whether a made mail is skimmed; then it must not be ours read closely either."""
    lines, subject = dice.sample(SENTENCES, dice.randint(1, 3)), dice.choice(SUBJECTS)
    message = read_message(mail("\n".join(lines), subject))
    seen = visible(message)
    words = words_of(message, seen, HINTS, answers=False)
    if not words.read.skimmed:
        return False
    closely = read_fields(seen.new, words.clock, words.asking[len(words.own) :])
    assert judge(replace(words, read=closely), HINTS).kind is Kind.UNRELATED, (subject, lines)
    return True


def test_what_is_skimmed_would_not_be_ours_read_closely() -> None:
    dice, made = Random(25), examples(600)  # noqa: S311 - it has to be repeatable
    skimmed = sum(_is_skimmed_only(dice) for _ in range(made))
    assert skimmed > made // 10, "hardly a mail was skimmed: this test shows nothing any more"
