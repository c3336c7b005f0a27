"""What people write of absence, returned mail, lists and calendars is theirs: a machine's mail is never answered.

`people.txt` is the table: language, subject, words.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reading.lower.mails import mail, sent_by

TABLE = Path(__file__).with_name("people.txt")


def written() -> Iterator[tuple[str, str]]:
    """Subject and words of every line."""
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            subject, _, words = line.partition(" | ")[2].partition(" :: ")
            yield subject, words.replace("\\n", "\n")


@pytest.mark.parametrize(("subject", "words"), [pytest.param(*one, id=" :: ".join(one)[:90]) for one in written()])
def test_people_are_no_machines(subject: str, words: str) -> None:
    assert sent_by(mail(words, None, f"Subject: {subject}")) is None
    quoted = f"{words}\n\nOn Mon, 23 Nov 2026, Jane wrote:\n> I am out of the office. In urgent cases call Ben.\n"
    assert sent_by(mail(quoted, None, f"Subject: {subject}")) is None
